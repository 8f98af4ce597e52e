import { expect, test } from "bun:test";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { MemoryDeliveries } from "../testing/memory-deliveries.ts";
import { MemoryPosts } from "../testing/memory-posts.ts";
import { FixedClock } from "../testing/time.ts";
import { TemporaryFailure } from "../work-failure.ts";
import { deliver, settleMs } from "./deliver.ts";

const key = { chatId: "19:a", messageId: "1", userId: "ann" };
const unavailable = new MattermostError("unavailable", "timed out");

function delivering() {
  const clock = new FixedClock();
  const posts = new MemoryPosts();
  const log = new MemoryDeliveries(clock);
  const times = () => ({ sentAtMs: 1, receivedAtMs: clock.now() });
  const run = (changedAtMs = 1) =>
    deliver({ posts, log, clock }, key, { post: { message: "hello" }, changedAtMs }, times);
  return { clock, posts, log, run };
}

test("the first attempt posts without looking anything up", async () => {
  const { posts, log, run } = delivering();
  expect(await run()).toEqual({ kind: "delivered", postId: "post-1", isRepeated: false });
  expect(posts.posts).toEqual([{ id: "post-1", channelId: "dm-ann", key: "19:a/1", message: "hello" }]);
  expect([posts.lookUps, log.outcomes()]).toEqual([0, ["ann delivered"]]);
});

test("a repeated delivery finds the post of the first", async () => {
  const { posts, run } = delivering();
  await run();
  expect(await run()).toEqual({ kind: "delivered", postId: "post-1", isRepeated: true });
  expect(posts.posts).toHaveLength(1);
});

test("a call that failed after creating the post is found by its key and not repeated", async () => {
  const { posts, run, log } = delivering();
  posts.failNext = { error: unavailable, afterCreating: true };
  await expect(run()).rejects.toBe(unavailable);
  expect(await run()).toMatchObject({ postId: "post-1" });
  expect([posts.posts.length, log.outcomes()]).toEqual([1, ["ann delivered"]]);
});

test("a call that failed before creating the post is repeated at once", async () => {
  const { posts, run } = delivering();
  posts.failNext = { error: unavailable, afterCreating: false };
  await expect(run()).rejects.toBe(unavailable);
  expect(await run()).toMatchObject({ postId: "post-1" });
  expect(posts.posts).toHaveLength(1);
});

test("a call that was never answered is not repeated before it has settled", async () => {
  const { clock, posts, run } = delivering();
  posts.failNext = { error: new MattermostError("unanswered", "silence"), afterCreating: false };
  await expect(run()).rejects.toMatchObject({ code: "unanswered" });
  await expect(run()).rejects.toBeInstanceOf(TemporaryFailure);
  expect(posts.posts).toEqual([]);
  clock.nowMs += settleMs;
  await run();
  expect(posts.posts).toHaveLength(1);
});

test("an attempt cut off by a crash is waited for, then looked up, then repeated", async () => {
  const { clock, posts, log, run } = delivering();
  await log.intend(key, "dm-ann", { sentAtMs: 1, receivedAtMs: 1 });
  const error = await run().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TemporaryFailure);
  expect(error).toMatchObject({ retryAtMs: clock.now() + settleMs });
  expect(posts.posts).toEqual([]);
  clock.nowMs += settleMs;
  expect(await run()).toMatchObject({ postId: "post-1" });
  expect(posts.lookUps).toBe(2);
});

test("a crash between posting and recording it leaves one post", async () => {
  const { posts, log, run } = delivering();
  await log.intend(key, "dm-ann", { sentAtMs: 1, receivedAtMs: 1 });
  await posts.create("dm-ann", { message: "hello", key: "19:a/1" });
  expect(await run()).toMatchObject({ postId: "post-1", isRepeated: false });
  expect([posts.posts.length, log.outcomes()]).toEqual([1, ["ann delivered"]]);
});

test("a delivery given up earlier can be made after all", async () => {
  const { posts, log, run } = delivering();
  await log.finish(key, { kind: "dead", reason: "gave-up" }, { sentAtMs: 1, receivedAtMs: 1 });
  await run();
  expect([posts.posts.length, log.outcomes()]).toEqual([1, ["ann delivered"]]);
});

test("a call that seems to lie in the future, as the clock was set back, is waited for no longer", async () => {
  const { clock, posts, run } = delivering();
  posts.failNext = { error: new MattermostError("unanswered", "silence"), afterCreating: false };
  await expect(run()).rejects.toMatchObject({ code: "unanswered" });
  clock.nowMs -= 60 * 60_000;
  expect(await run()).toMatchObject({ postId: "post-1" });
});

test("what was changed before it arrived is not posted as it was", async () => {
  const { posts, log, run } = delivering();
  await log.noteChange(key, 5, { sentAtMs: 1, receivedAtMs: 1 });
  expect(await run(4)).toEqual({ kind: "outdated" });
  expect([posts.posts, log.outcomes()]).toEqual([[], ["ann awaited"]]);
  expect(await run(5)).toMatchObject({ postId: "post-1" });
  expect(log.outcomes()).toEqual(["ann delivered"]);
});

test("what was kept from its reader before is not posted, and stays kept", async () => {
  const { posts, log, run } = delivering();
  await log.finish(key, { kind: "suppressed", reason: "busy" }, { sentAtMs: 1, receivedAtMs: 1 });
  expect(await run()).toEqual({ kind: "not-to-be-posted" });
  expect([posts.posts, posts.lookUps, log.outcomes()]).toEqual([[], 0, ["ann suppressed: busy"]]);
});

test("nothing is posted to who is not connected any more, nor recorded", async () => {
  const { posts, log, run } = delivering();
  log.departed.add("ann");
  expect(await run()).toEqual({ kind: "not-to-be-posted" });
  expect([posts.posts, log.outcomes()]).toEqual([[], []]);
});
