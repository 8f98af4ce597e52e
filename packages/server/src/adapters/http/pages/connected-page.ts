import type { Page } from "./page.ts";

export function connectedPage(username: string, account: string): Page {
  return {
    title: "You are connected",
    happened: `The Teams account ${account} is connected to ${username} in Mattermost. While you are away from Teams, your chat messages arrive there.`,
    doThis: "You can close this window.",
  };
}
