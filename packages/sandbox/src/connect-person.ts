import { paths, pluginId } from "@msteams-notifications/server/contract";
import { Browser, chooseAccount } from "@msteams-notifications/teams-simulator/testing";
import type { MattermostRestClient } from "./mattermost/rest-client.ts";

/** Connects a person without a visible browser: asks for a link, follows it, chooses the account, comes back. */
export async function connectPerson(person: MattermostRestClient, account: string): Promise<void> {
  const { url } = await person.request<{ url: string }>("POST", `/plugins/${pluginId}${paths.connection}`);
  const browser = new Browser((request) => {
    // The person's Mattermost session, which their browser would send as a cookie.
    if (request.url.startsWith(person.url)) request.headers.set("authorization", `Bearer ${person.token}`);
    return fetch(request);
  });
  const start = await browser.open(url);
  if (start.location === undefined)
    throw new Error(`The link did not lead to Microsoft: ${start.status} ${start.html}`);
  const back = await chooseAccount(browser, start.location, account);
  const finished = await browser.open(back);
  if (finished.status >= 400) throw new Error(`The sign-in was refused: ${finished.status} ${finished.html}`);
}
