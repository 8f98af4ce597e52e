import { afterEach, describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import { EphemeralPosting } from "../system/ephemeral-posting.ts";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

interface Scene extends TestInstallation {
  readonly press: (action: string, body?: JsonObject) => ReturnType<TestInstallation["ada"]["post"]>;
  readonly asked: { readonly url: string; readonly userId: string | null; readonly body: JsonObject }[];
  readonly postId: string;
}

/** A post of Ben's with a button and a menu whose plugin gives `answer`. */
async function start(answer: Response): Promise<Scene> {
  const installation = resources.use(await startTestInstallation());
  const { ada, ben, plugins } = installation;
  const asked: Scene["asked"][number][] = [];
  plugins.define("teams.plugin", {
    serveHttp: async ({ url, headers, body }) => {
      const json = (await new Response(body).json()) as JsonObject;
      asked.push({ url, userId: headers.get("mattermost-user-id"), body: json });
      return answer.clone();
    },
  });
  const channel = (await ada.post("/channels/direct", [ada.id, ben.id])).json as { id: string };
  const integration = { url: "/plugins/teams.plugin/press?x=1", context: { chat: "c" } };
  const actions = [
    { id: "button", name: "Press", integration },
    { id: "menu", name: "Choose", type: "select", integration },
    { name: "Unnamed", integration },
  ];
  const post = await ben.post("/posts", {
    channel_id: channel.id,
    message: "",
    props: { attachments: [{ text: "t", actions }], kept: "yes", override_username: "Teams" },
  });
  const postId = (post.json as { id: string }).id;
  const press = (action: string, body: JsonObject = {}) =>
    ada.post(`/posts/${postId}/actions/${action}`, body);
  return { ...installation, press, asked, postId };
}

describe("a button of a post", () => {
  test("asks its plugin in the name of who pressed it", async () => {
    const { press, asked, ada, postId } = await start(new Response(""));
    const answer = await press("button");
    expect(answer).toMatchObject({ status: 200, json: { status: "OK" } });
    expect(asked).toMatchObject([
      {
        url: "/press?x=1",
        userId: ada.id,
        body: { user_id: ada.id, user_name: "ada", post_id: postId, type: "button", context: { chat: "c" } },
      },
    ]);
    // The client's trigger id is another than the integration's, which is as good as a signature.
    expect((answer.json as JsonObject).trigger_id).toHaveLength(26);
    expect((answer.json as JsonObject).trigger_id).not.toBe(asked[0]?.body.trigger_id);
  });

  test("tells the choice of a menu", async () => {
    const { press, asked } = await start(Response.json({}));
    await press("menu", { selected_option: "later" });
    expect(asked[0]?.body).toMatchObject({
      type: "select",
      context: { chat: "c", selected_option: "later" },
    });
  });

  test("rewrites its post and shows a text to who pressed it", async () => {
    const update = { message: "Done", props: { new: "prop", override_username: "forged" } };
    const { press, mattermost, ada, postId } = await start(
      Response.json({ update, ephemeral_text: "Thanks" }),
    );
    const shown = mattermost.system.events.next(({ event }) => event === "ephemeral_message");
    await press("button");
    expect((await shown).broadcast.userId).toBe(ada.id);
    expect((await ada.get(`/posts/${postId}`)).json).toMatchObject({
      message: "Done",
      props: { new: "prop", override_username: "Teams" },
    });
  });

  test("leaves the props alone when its answer has none", async () => {
    const { press, ada, postId } = await start(Response.json({ update: { message: "Done" } }));
    await press("button");
    expect((await ada.get(`/posts/${postId}`)).json).toMatchObject({
      message: "Done",
      props: { kept: "yes", attachments: [{ text: "t" }] },
    });
  });

  test("gets an id when it has none and shows nobody its integration", async () => {
    const { ada, postId } = await start(new Response(""));
    const { json } = await ada.get(`/posts/${postId}`);
    expect(JSON.stringify(json)).not.toContain("integration");
    const { props } = json as { props: { attachments: { actions: { id: string }[] }[] } };
    expect(props.attachments[0]?.actions.map(({ id }) => id.length)).toEqual([6, 4, 26]);
  });

  test("that does not exist or whose plugin fails is an error", async () => {
    const { press, plugins } = await start(new Response("no", { status: 500 }));
    expect((await press("unknown")).status).toBe(404);
    expect((await press("button")).json).toMatchObject({
      id: "api.post.do_action.action_integration.app_error",
      detailed_error: "It answered 500.",
    });
    await plugins.disable("teams.plugin");
    expect((await press("button")).json).toMatchObject({ detailed_error: "The plugin is not running." });
  });

  test("of a post that is not stored is pressed with its cookie, which is good for that post alone", async () => {
    const { ada, asked, mattermost } = await start(new Response("{}"));
    const channelId = mattermost.system.channels.direct(ada.id, ada.id).channel.id;
    const integration = { url: "/plugins/teams.plugin/press", context: { chat: "c" } };
    const shown = mattermost.system.events.next(({ event }) => event === "ephemeral_message");
    const draft = {
      userId: ada.id,
      channelId,
      message: "",
      props: { attachments: [{ text: "t", actions: [{ id: "button", name: "Press", integration }] }] },
    };
    new EphemeralPosting(mattermost.system).send(ada.id, draft);
    const post = JSON.parse(String((await shown).data.post));
    const { cookie, integration: hidden } = post.props.attachments[0].actions[0];
    expect(hidden).toBeUndefined();
    const press = (id: string, body: JsonObject) => ada.post(`/posts/${id}/actions/button`, body);
    expect((await press(post.id, { cookie })).status).toBe(200);
    expect(asked).toMatchObject([
      { body: { post_id: post.id, channel_id: channelId, context: { chat: "c" } } },
    ]);
    expect((await press(post.id, {})).status).toBe(404);
    expect((await press(post.id, { cookie: `${cookie.slice(0, -4)}AAAA` })).status).toBe(404);
    expect((await press("a".repeat(26), { cookie })).status).toBe(400);
    expect(asked.length).toBe(1);
  });
});
