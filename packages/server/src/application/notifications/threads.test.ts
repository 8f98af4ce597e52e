import { expect, test } from "bun:test";
import type { Connection } from "../../domain/connection.ts";
import { pipeline, work } from "./testing/pipeline.ts";

const ann: Connection = {
  userId: "ann".padEnd(26, "0"),
  tenantId: "tenant-id",
  teamsUserId: "teams-ann",
  teamsAccount: "ann@example.com",
  connectedAtMs: 1,
};

function threaded() {
  const run = pipeline({ connections: [ann] });
  run.preferences.chosen.set(ann.userId, { threads: "chats" });
  return run;
}

const shown = ({ posts }: ReturnType<typeof pipeline>) =>
  posts.posts.map(({ message, rootId }) => (rootId === undefined ? message : `${rootId} > ${message}`));

test("the messages of one chat are replies to one post that names the chat", async () => {
  const run = threaded();
  await run.process(work({ messageId: "1", text: "one" }));
  await run.process(work({ messageId: "2", text: "two" }));
  await run.process(work({ messageId: "3", text: "elsewhere", chatId: "19:other" }));
  expect(shown(run)).toEqual([
    "thread of 19:group",
    "post-1 > one",
    "post-1 > two",
    "thread of 19:other",
    "post-4 > elsewhere",
  ]);
});

test("the choice counts from the next message on, both ways, and a thread goes on where it was", async () => {
  const run = pipeline({ connections: [ann] });
  for (const [number, threads] of (["flat", "chats", "flat", "chats"] as const).entries()) {
    await run.preferences.change(ann.userId, { threads });
    await run.process(work({ messageId: `${number}`, text: threads }));
  }
  expect(shown(run)).toEqual(["flat", "thread of 19:group", "post-2 > chats", "flat", "post-2 > chats"]);
});

test("a message that is suppressed begins no thread", async () => {
  const run = pipeline({ connections: [ann], present: [ann.teamsUserId] });
  run.preferences.chosen.set(ann.userId, { threads: "chats" });
  await run.process(work({}));
  expect([run.posts.posts, run.threads.all.size]).toEqual([[], 0]);
});

test("a root that is deleted between look and reply costs an attempt and no message", async () => {
  const run = threaded();
  await run.process(work({ messageId: "1", text: "one" }));
  const { exists } = run.posts;
  // Mattermost answers that the root is there, and has deleted it by the time of the reply.
  run.posts.exists = async (postId) => {
    run.posts.exists = exists;
    run.posts.deleted.add(postId);
    return true;
  };
  const next = work({ messageId: "2", text: "two" });
  const error: unknown = await run.process(next).catch((caught: unknown) => caught);
  expect(run.tasks.decideRetry(error, next)).toEqual({
    kind: "retry",
    atMs: run.clock.now(),
    code: "temporary",
  });
  await run.process({ ...next, attempts: 1 });
  expect(shown(run)).toEqual(["thread of 19:group", "post-1 > one", "thread of 19:group", "post-3 > two"]);
});
