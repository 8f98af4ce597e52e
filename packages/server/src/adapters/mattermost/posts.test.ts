import { expect, test } from "bun:test";
import { type Api, AppError } from "@msteams-notifications/plugin-sdk";
import { Posts } from "./posts.ts";

type PostInput = Parameters<Api["posts"]["create"]>[0];

/** Mattermost's posts on memory, as far as {@link Posts} asks for them. */
function mattermost(postPriority?: boolean) {
  const all = new Map<string, PostInput>();
  const view = { lastViewedAt: 0 };
  const api = {
    channels: { getMember: async () => view },
    posts: {
      async create(post: PostInput) {
        const id = `post-${all.size + 1}`;
        all.set(id, { ...post, id, createAt: 100 + all.size });
        return { ...post, id };
      },
      async get(id: string) {
        const found = all.get(id);
        if (found === undefined)
          throw new AppError({ id: "app.post.get.app_error", message: "", statusCode: 404 });
        return { deleteAt: 0, ...found };
      },
      async inChannel(_channelId: string, page: number, perPage: number) {
        const order = [...all.keys()].reverse().slice(page * perPage, (page + 1) * perPage);
        return { order, posts: Object.fromEntries(all) };
      },
      async update(post: PostInput) {
        all.set(post.id ?? "", post);
        return post;
      },
    },
    configuration: { get: async () => ({ serviceSettings: { postPriority } }) },
  };
  // Only what is called is there.
  return { all, view, posts: new Posts(api as unknown as Api, "bot") };
}

test("a rewritten post keeps its files, its pin and the props of others", async () => {
  const { all, posts } = mattermost();
  await posts.create("dm", { message: "before", key: "k", props: { a: 1, b: 1 } });
  const made = all.get("post-1");
  all.set("post-1", {
    ...made,
    fileIds: ["file"],
    isPinned: true,
    props: { ...made?.props, from_bot: "true" },
  });
  expect(await posts.rewrite("post-1", { message: "after", props: { b: 2 } })).toBe("rewritten");
  expect(all.get("post-1")).toMatchObject({
    message: "after",
    fileIds: ["file"],
    isPinned: true,
    props: { a: 1, b: 2, from_bot: "true", msteams_notifications_key: "k" },
  });
  expect(await posts.read("post-1")).toMatchObject({ postId: "post-1", message: "after" });
});

test("a post loses the note and the files of a message that was withdrawn, and nobody else's", async () => {
  const { all, posts } = mattermost();
  await posts.create("dm", { message: "before", key: "k" });
  await posts.attach("post-1", { key: "k", fileIds: ["mine"], note: 'Not copied (gone): "plan.docx"' });
  await posts.attach("post-1", { key: "l", fileIds: ["other"], note: "another note" });
  const withdrawn = { key: "k", fileIds: ["mine", "never attached"] };
  await posts.rewrite("post-1", { message: "deleted", props: {}, withdrawn });
  expect(all.get("post-1")).toMatchObject({
    message: "deleted",
    fileIds: ["other"],
    props: { attachments: [{ text: "another note" }] },
  });
  expect(JSON.stringify(all.get("post-1"))).not.toContain("plan.docx");
});

test("a post that somebody deleted is gone", async () => {
  const { all, posts } = mattermost();
  expect(await posts.read("post-1")).toBeUndefined();
  expect(await posts.rewrite("post-1", { message: "after", props: {} })).toBe("gone");
  await posts.create("dm", { message: "before", key: "k" });
  all.set("post-1", { ...all.get("post-1"), deleteAt: 1 });
  expect(await posts.rewrite("post-1", { message: "after", props: {} })).toBe("gone");
});

test("other failures than a missing post are not taken for one", async () => {
  const failing = {
    posts: {
      get: () => Promise.reject(new AppError({ id: "store.sql.app_error", message: "", statusCode: 500 })),
    },
  };
  const posts = new Posts(failing as unknown as Api, "bot");
  await expect(posts.read("post-1")).rejects.toMatchObject({ code: "unavailable" });
});

test("a reply has no priority, which Mattermost gives to posts of their own only", async () => {
  const { all, posts } = mattermost(true);
  await posts.create("dm", { message: "now", key: "k", priority: "urgent", rootId: "root" });
  expect(all.get("post-1")?.metadata).toBeUndefined();
});

test.each([
  [true, { priority: { priority: "urgent" } }],
  [false, undefined],
  [undefined, undefined],
])("with priorities set to %p an urgent message has %p", async (setting, metadata) => {
  const { all, posts } = mattermost(setting);
  await posts.create("dm", { message: "now", key: "k", priority: "urgent" });
  expect(all.get("post-1")?.metadata).toEqual(metadata as NonNullable<PostInput["metadata"]>);
});

const parts = [{ key: "19:a/1" }, { key: "19:a/2" }];

test("a post is found by the key of each message that it shows", async () => {
  const { posts } = mattermost();
  await posts.create("dm", { message: "two", key: "19:a/1", props: { msteams_notifications_parts: parts } });
  await posts.create("dm", { message: "another", key: "19:b/1" });
  expect(await posts.findByKey("dm", "19:a/2", 0)).toEqual({ postId: "post-1" });
  expect(await posts.findByKey("dm", "19:a/1", 0)).toEqual({ postId: "post-1" });
  expect(await posts.findByKey("dm", "19:a", 0)).toBeUndefined();
});

test("a post is unseen until its reader looks at the channel, and once it is deleted it is none", async () => {
  const { all, view, posts } = mattermost();
  await posts.create("dm", { message: "one", key: "k" });
  await posts.create("dm", { message: "two", key: "l" });
  view.lastViewedAt = 99;
  expect(await posts.unseen("post-1", "dm", "ann")).toMatchObject({ postId: "post-1", message: "one" });
  view.lastViewedAt = 200;
  expect(await posts.unseen("post-1", "dm", "ann")).toBeUndefined();
  view.lastViewedAt = 0;
  all.delete("post-1");
  expect(await posts.unseen("post-1", "dm", "ann")).toBeUndefined();
});

test("the newest post is unseen until its reader looks at the channel or answers", async () => {
  const { all, view, posts } = mattermost();
  expect(await posts.newestUnseen("dm", "ann")).toBeUndefined();
  await posts.create("dm", { message: "one", key: "k" });
  await posts.create("dm", { message: "two", key: "l", rootId: "post-1" });
  view.lastViewedAt = 100;
  expect(await posts.newestUnseen("dm", "ann")).toMatchObject({
    postId: "post-2",
    message: "two",
    createdAtMs: 101,
    rootId: "post-1",
  });
  view.lastViewedAt = 101;
  expect(await posts.newestUnseen("dm", "ann")).toBeUndefined();
  view.lastViewedAt = 0;
  all.set("answer", { id: "answer", userId: "ann", createAt: 200 });
  expect(await posts.newestUnseen("dm", "ann")).toBeUndefined();
});
