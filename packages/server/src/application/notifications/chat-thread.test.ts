import { expect, test } from "bun:test";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { MemoryPosts } from "../testing/memory-posts.ts";
import { MemoryThreads } from "../testing/memory-threads.ts";
import { FixedClock } from "../testing/time.ts";
import { TemporaryFailure } from "../work-failure.ts";
import { refusedReply, threadRoot } from "./chat-thread.ts";
import { settleMs } from "./deliver.ts";

const key = { userId: "ann", chatId: "19:a" };
const unavailable = new MattermostError("unavailable", "timed out");

function threading() {
  const clock = new FixedClock();
  const posts = new MemoryPosts();
  const threads = new MemoryThreads(clock);
  const parts = { clock, posts, threads };
  return { ...parts, parts, root: (of = key) => threadRoot(parts, of, () => `chat ${of.chatId}`) };
}

test("the root of a chat's thread is posted once and then remembered", async () => {
  const { posts, root } = threading();
  expect([await root(), await root()]).toEqual(["post-1", "post-1"]);
  expect(posts.posts).toEqual([
    { id: "post-1", channelId: "dm-ann", key: "19:a/thread-1", message: "chat 19:a" },
  ]);
  expect(posts.lookUps).toBe(0);
});

test("each chat and each reader has a thread of its own", async () => {
  const { root } = threading();
  const roots = [await root(), await root({ ...key, chatId: "19:b" }), await root({ ...key, userId: "ben" })];
  expect(new Set(roots).size).toBe(3);
});

test("a root whose call failed after creating it is found and not repeated", async () => {
  const { posts, root } = threading();
  posts.failNext = { error: unavailable, afterCreating: true };
  await expect(root()).rejects.toBe(unavailable);
  expect(await root()).toBe("post-1");
  expect(posts.posts).toHaveLength(1);
});

test("a root cut off by a crash is waited for, then looked up, then posted", async () => {
  const { clock, posts, threads, root } = threading();
  await threads.intend(key, "dm-ann");
  await expect(root()).rejects.toBeInstanceOf(TemporaryFailure);
  clock.nowMs += settleMs;
  expect(await root()).toBe("post-1");
  expect([posts.posts.length, posts.lookUps]).toEqual([1, 2]);
});

test("a root that was posted before the crash is the root", async () => {
  const { posts, threads, root } = threading();
  await threads.intend(key, "dm-ann");
  await posts.create("dm-ann", { message: "chat 19:a", key: "19:a/thread-1" });
  expect(await root()).toBe("post-1");
  expect(posts.posts).toHaveLength(1);
});

test("a root that was deleted is followed by another, at once and as a post of its own", async () => {
  const { posts, root } = threading();
  await root();
  posts.deleted.add("post-1");
  expect([await root(), await root()]).toEqual(["post-2", "post-2"]);
  expect(posts.posts.map((post) => post.key)).toEqual(["19:a/thread-1", "19:a/thread-2"]);
});

test("a reply that was refused because its root has just been deleted is tried again at once", async () => {
  const { clock, parts, posts, root } = threading();
  const rootId = await root();
  const refused = new MattermostError("rejected", "no such root");
  expect(await refusedReply(parts, rootId, refused)).toBe(refused);
  posts.deleted.add(rootId);
  expect(await refusedReply(parts, rootId, unavailable)).toBe(unavailable);
  expect(await refusedReply(parts, undefined, refused)).toBe(refused);
  expect(await refusedReply(parts, rootId, refused)).toMatchObject({ retryAtMs: clock.now() });
});
