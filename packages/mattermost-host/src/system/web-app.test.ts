import { expect, test } from "bun:test";
import { startTestInstallation } from "../testing/installation.ts";

test("every address that is no route of the server is the web app's, once there is one", async () => {
  await using installation = await startTestInstallation();
  const { url, system } = installation.mattermost;
  const ask = async (path: string, method = "GET") => {
    const { status, headers } = await fetch(`${url}${path}`, { method, redirect: "manual" });
    return [status, headers.get("location")];
  };
  expect(await ask("/contoso/messages/@msteams")).toEqual([404, null]);
  system.webApp.url = "http://127.0.0.1:1";
  expect(await ask("/contoso/messages/@msteams?a=1")).toEqual([
    302,
    "http://127.0.0.1:1/contoso/messages/@msteams?a=1",
  ]);
  expect(await ask("/")).toEqual([302, "http://127.0.0.1:1/"]);
  for (const path of ["/plugins/unknown", "/static/plugins/unknown/x.js", "/api/v5/users"])
    expect(await ask(path)).toEqual([404, null]);
  expect(await ask("/contoso", "POST")).toEqual([404, null]);
});
