import { afterEach, describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import { startTestInstallation } from "../testing/installation.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

async function start(answer: () => Response) {
  const { ada, plugins, mattermost } = resources.use(await startTestInstallation());
  const asked: JsonObject[] = [];
  plugins.define("teams.plugin", {
    serveHttp: async ({ body }) => {
      asked.push((await new Response(body).json()) as JsonObject);
      return answer();
    },
  });
  const channelId = mattermost.system.channels.findByName(mattermost.team.id, "town-square")?.id ?? "";
  const submit = (url: string) =>
    ada.post("/actions/dialogs/submit", {
      url,
      channel_id: channelId,
      callback_id: "c",
      state: "s",
      submission: { name: "Ada" },
      user_id: "forged",
    });
  return { submit, asked, ada, mattermost };
}

describe("a dialog", () => {
  test("is handed in by its own person, at a relative or the site's address", async () => {
    const { submit, asked, ada, mattermost } = await start(() => new Response(""));
    expect((await submit("/plugins/teams.plugin/dialog")).json).toEqual({ error: "", errors: null });
    await submit(`${mattermost.url}/plugins/teams.plugin/dialog`);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({
      type: "dialog_submission",
      callback_id: "c",
      state: "s",
      user_id: ada.id,
      submission: { name: "Ada" },
      cancelled: false,
    });
  });

  test("shows what the plugin has to say about its fields", async () => {
    const { submit } = await start(() => Response.json({ errors: { name: "Too short" } }));
    expect((await submit("/plugins/teams.plugin/dialog")).json).toEqual({
      error: "",
      errors: { name: "Too short" },
    });
  });

  test("whose plugin answers nonsense is an error", async () => {
    const { submit } = await start(() => new Response("<html>"));
    expect(await submit("/plugins/teams.plugin/dialog")).toMatchObject({
      status: 400,
      json: { detailed_error: "Its answer is no JSON." },
    });
  });
});
