import { expect, test } from "bun:test";

import { MattermostError } from "../mattermost/mattermost-error.ts";
import { ann } from "../subscriptions/testing/graph.ts";
import { settleMs } from "./deliver.ts";
import { joinedRunes, pauseMs } from "./join-decision.ts";
import { type Pipeline, pipeline, type TestMessage, type TestWork, work } from "./testing/pipeline.ts";

const texts = (run: Pipeline) => run.posts.posts.map(({ message }) => message);
const bring = (
  run: Pipeline,
  messageId: string,
  message: Partial<TestMessage>,
  changed: Partial<TestWork> = {},
) => run.process(work({ senderId: "ben", messageId, ...message }, changed));

/** Ann wants bursts in one post and has the first message. */
async function together() {
  const run = pipeline({ connections: [ann] });
  await run.preferences.change(ann.userId, { together: "on" });
  await bring(run, "1", { text: "one" });
  run.clock.nowMs += 1_000;
  return run;
}

async function burst() {
  const run = await together();
  await bring(run, "2", { text: "two" });
  await bring(run, "3", { text: "three" });
  return run;
}

test("messages of a burst stand one below the other in one post, and each is recorded with it", async () => {
  const run = await burst();
  expect(texts(run)).toEqual(["one\n\nand two\n\nand three"]);
  const outcomes = [...run.deliveries.all.values()].map(({ outcome }) => outcome);
  expect(outcomes).toEqual([1, 2, 3].map(() => ({ kind: "delivered", postId: "post-1", because: "absent" })));
});

test("whoever did not ask for it has a post for each message", async () => {
  const run = pipeline({ connections: [ann] });
  await bring(run, "1", { text: "one" });
  await bring(run, "2", { text: "two" });
  expect(texts(run)).toEqual(["one", "two"]);
});

test("who looks at the channel has a post for each message, so that none appears unseen", async () => {
  const run = await together();
  run.posts.looking.add(ann.userId);
  await bring(run, "2", { text: "two" });
  expect(texts(run)).toEqual(["one", "two"]);
});

test("another chat or an answer in between begins a post, and so does a pause", async () => {
  const run = await together();
  await bring(run, "2", { text: "two", chatId: "19:other" });
  await bring(run, "3", { text: "three" });
  expect(texts(run)).toEqual(["one", "two", "three"]);
  await run.posts.create(`dm-${ann.userId}`, { message: "an answer", key: "none" });
  await bring(run, "4", { text: "four" });
  run.clock.nowMs += pauseMs + 1;
  await bring(run, "5", { text: "five" });
  expect(texts(run)).toEqual(["one", "two", "three", "an answer", "four", "five"]);
});

test("what has no room below others has a post of its own", async () => {
  const run = await together();
  await bring(run, "2", { text: "x".repeat(joinedRunes) });
  expect(run.posts.posts).toHaveLength(2);
});

test("edits and deletions within a burst change only their message", async () => {
  const run = await burst();
  const updated = { changeType: "updated" } as const;
  await bring(run, "2", { text: "2", changedAtMs: 2 }, updated);
  expect(texts(run)).toEqual(["one\n\nand 2\n\nand three"]);
  await bring(run, "1", { changedAtMs: 3 }, { changeType: "deleted" });
  await bring(run, "3", { text: "three, and more", changedAtMs: 4 }, updated);
  expect(texts(run)).toEqual(["deleted by ben\n\nand 2\n\nand three, and more"]);
  await bring(run, "4", { text: "four" });
  expect(texts(run)).toEqual(["deleted by ben\n\nand 2\n\nand three, and more\n\nand four"]);
});

test("a burst whose text somebody changed is neither joined nor changed", async () => {
  const run = await burst();
  const [post] = run.posts.posts;
  if (post !== undefined) run.posts.posts[0] = { ...post, message: "changed by another plugin" };
  await bring(run, "2", { text: "2", changedAtMs: 2 }, { changeType: "updated" });
  await bring(run, "4", { text: "four" });
  expect(texts(run)).toEqual(["changed by another plugin", "four"]);
  expect(run.metrics.counts.get("changes post-altered")).toBe(1);
});

test("a message that joined although the call failed is found and not repeated", async () => {
  const run = await together();
  const error = new MattermostError("unavailable", "lost answer");
  run.posts.failRewriting = { error, afterwards: true };
  await expect(bring(run, "2", { text: "two" })).rejects.toBe(error);
  await bring(run, "2", { text: "two" }, { attempts: 1 });
  expect(texts(run)).toEqual(["one\n\nand two"]);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} delivered`, `${ann.userId} delivered`]);
});

test("a message that could not join has a post of its own at the next attempt", async () => {
  const run = await together();
  const error = new MattermostError("unanswered", "silence");
  run.posts.failRewriting = { error };
  await expect(bring(run, "2", { text: "two" })).rejects.toBe(error);
  run.clock.nowMs += settleMs;
  await bring(run, "2", { text: "two" }, { attempts: 1 });
  expect(texts(run)).toEqual(["one", "two"]);
});

test("a message that Mattermost does not take below others has a post of its own at once", async () => {
  const run = await together();
  run.posts.failRewriting = { error: new MattermostError("rejected", "no") };
  await bring(run, "2", { text: "two" });
  expect(texts(run)).toEqual(["one", "two"]);
});

test("messages of a chat's thread join in the thread", async () => {
  const run = pipeline({ connections: [ann] });
  await run.preferences.change(ann.userId, { together: "on", threads: "chats" });
  await bring(run, "1", { text: "one" });
  await bring(run, "2", { text: "two" });
  expect(run.posts.posts.map(({ message, rootId }) => [message, rootId])).toEqual([
    [expect.any(String), undefined],
    ["one\n\nand two", "post-1"],
  ]);
});
