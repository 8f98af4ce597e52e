import { afterEach, describe, expect, test } from "bun:test";
import type { Json, JsonObject } from "../json.ts";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";
import { ManualClock } from "../testing/manual-clock.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

interface Scene extends TestInstallation {
  readonly channelId: string;
  readonly clock: ManualClock;
}

async function start(): Promise<Scene> {
  const clock = new ManualClock();
  const installation = resources.use(await startTestInstallation({ clock }));
  const { team, system } = installation.mattermost;
  return { ...installation, clock, channelId: system.channels.findByName(team.id, "town-square")?.id ?? "" };
}
const postOf = (json: Json) => json as JsonObject & { id: string };

describe("a post", () => {
  test("is stored as it was written and read by members only", async () => {
    const { mattermost, ada, ben, channelId } = await start();
    const made = await ada.post("/posts", {
      channel_id: channelId,
      message: "Hello #world",
      props: { a: 1 },
    });
    expect(made).toMatchObject({
      status: 201,
      json: { message: "Hello #world", user_id: ada.id, props: { a: 1 }, hashtags: "#world", edit_at: 0 },
    });
    expect((await ben.get(`/posts/${postOf(made.json).id}`)).json).toEqual(made.json);
    const { id } = mattermost.addPerson({ username: "eve", email: "eve@x.example", password: "p" });
    mattermost.system.channels.removeMember(channelId, id);
    mattermost.system.teams.removeMember(mattermost.team.id, id);
    const eve = mattermost.system.tokenFor(mattermost.system.users.get(id)).token;
    const refused = await fetch(`${mattermost.url}/api/v4/posts/${postOf(made.json).id}`, {
      headers: { authorization: `Bearer ${eve}` },
    });
    expect(refused.status).toBe(403);
  });

  test("is made once for one pending id within thirty seconds", async () => {
    const { ada, channelId, clock } = await start();
    const write = async () =>
      postOf((await ada.post("/posts", { channel_id: channelId, message: "m", pending_post_id: "p" })).json)
        .id;
    const first = await write();
    clock.advance(29_999);
    expect(await write()).toBe(first);
    clock.advance(1);
    expect(await write()).not.toBe(first);
  });

  test.each([
    ["a message of 16,384 characters", { message: "😀".repeat(16_384) }, "message_length"],
    ["props of over 800,000 characters", { props: { big: "x".repeat(800_000) } }, "props"],
    ["a list of eleven files", { file_ids: Array.from({ length: 11 }, () => "f".repeat(26)) }, "file_ids"],
    ["an invented type", { type: "invented" }, "type"],
  ])("is refused for %s", async (_, more, word) => {
    const { mattermost, channelId, ada } = await start();
    const node = mattermost.nodes[0];
    const given = more as { message?: string; props?: JsonObject; file_ids?: string[]; type?: string };
    const draft = {
      userId: ada.id,
      channelId,
      message: given.message ?? "m",
      props: given.props ?? {},
      fileIds: given.file_ids ?? [],
      type: given.type ?? "",
    };
    await expect(node?.activity.posting.create(draft) ?? Promise.resolve()).rejects.toMatchObject({
      code: `model.post.is_valid.${word}.app_error`,
    });
  });

  test("may have exactly 16,383 characters", async () => {
    const { ada, channelId } = await start();
    const message = "😀".repeat(16_383);
    expect((await ada.post("/posts", { channel_id: channelId, message })).status).toBe(201);
  });

  test("answers a root of the same channel or nothing", async () => {
    const { ada, channelId } = await start();
    const write = (root_id: string) =>
      ada.post("/posts", { channel_id: channelId, message: "m", root_id }).then((answer) => answer);
    const root = postOf((await write("")).json).id;
    const reply = await write(root);
    expect(reply.status).toBe(201);
    expect((await write(postOf(reply.json).id)).status).toBe(400);
    expect((await ada.get(`/posts/${root}/thread`)).json).toMatchObject({
      order: [postOf(reply.json).id, root],
    });
    expect((await ada.get(`/posts/${root}`)).json).toMatchObject({ reply_count: 1 });
  });

  test("changes by its author alone and says that it did", async () => {
    const { mattermost, ada, ben, channelId, clock } = await start();
    const { id } = postOf((await ada.post("/posts", { channel_id: channelId, message: "one" })).json);
    expect((await ben.put(`/posts/${id}/patch`, { message: "two" })).status).toBe(403);
    clock.advance(10);
    const edited = mattermost.system.events.next(({ event }) => event === "post_edited");
    const after = await ada.put(`/posts/${id}/patch`, { message: "two" });
    expect(after.json).toMatchObject({ id, message: "two", edit_at: clock.now() });
    expect(JSON.parse(String((await edited).data.post))).toMatchObject({ id, message: "two" });
    const pinned = await ada.put(`/posts/${id}/patch`, { is_pinned: true });
    expect(pinned.json).toMatchObject({ is_pinned: true, edit_at: clock.now(), message: "two" });
  });

  test("takes its replies along when it is deleted", async () => {
    const { mattermost, ada, channelId } = await start();
    const root = postOf((await ada.post("/posts", { channel_id: channelId, message: "root" })).json).id;
    await ada.post("/posts", { channel_id: channelId, message: "reply", root_id: root });
    const gone = mattermost.system.events.next(({ event }) => event === "post_deleted");
    expect((await ada.delete(`/posts/${root}`)).status).toBe(200);
    expect((await gone).data.delete_by).toBe(ada.id);
    expect((await ada.get(`/posts/${root}`)).status).toBe(404);
    expect((await ada.get(`/channels/${channelId}/posts`)).json).toMatchObject({ order: [] });
  });

  test("gathers reactions, each person's once", async () => {
    const { ada, ben, channelId } = await start();
    const { id } = postOf((await ada.post("/posts", { channel_id: channelId, message: "m" })).json);
    const react = () => ben.post("/reactions", { user_id: ben.id, post_id: id, emoji_name: "+1" });
    await react();
    await react();
    expect((await ada.get(`/posts/${id}/reactions`)).json).toMatchObject([
      { user_id: ben.id, emoji_name: "+1" },
    ]);
  });
});

describe("the posts of a channel", () => {
  test("come newest first, page by page and around a post", async () => {
    const { ada, channelId } = await start();
    const ids: string[] = [];
    for (const message of ["1", "2", "3", "4", "5"]) {
      ids.unshift(postOf((await ada.post("/posts", { channel_id: channelId, message })).json).id);
    }
    const order = async (query: string) =>
      ((await ada.get(`/channels/${channelId}/posts?${query}`)).json as JsonObject).order as string[];
    expect(await order("")).toEqual(ids);
    expect(await order("page=1&per_page=2")).toEqual(ids.slice(2, 4));
    expect(await order(`before=${ids[1]}&per_page=2`)).toEqual(ids.slice(2, 4));
    expect(await order(`after=${ids[3]}&per_page=2`)).toEqual(ids.slice(1, 3));
    const { json } = await ada.get(`/channels/${channelId}/posts?page=1&per_page=2`);
    expect(json).toMatchObject({ next_post_id: ids[1], prev_post_id: ids[4] });
  });

  test("since a time include what was deleted", async () => {
    const { ada, channelId, clock } = await start();
    const write = async (message: string) =>
      postOf((await ada.post("/posts", { channel_id: channelId, message })).json).id;
    const [old, gone] = [await write("old"), await write("gone")];
    clock.advance(1_000);
    const since = clock.now();
    await ada.delete(`/posts/${gone}`);
    const { json } = await ada.get(`/channels/${channelId}/posts?since=${since}`);
    expect(json).toMatchObject({ order: [gone], posts: { [gone]: { delete_at: since } } });
    expect(JSON.stringify(json)).not.toContain(old);
  });
});
