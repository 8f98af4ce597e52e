import { expect, test } from "bun:test";
import fc from "fast-check";
import { GraphError } from "../graph/graph-error.ts";

import { MattermostError } from "../mattermost/mattermost-error.ts";
import { ann, ben } from "../subscriptions/testing/graph.ts";
import { TemporaryFailure } from "../work-failure.ts";
import { followForMs } from "./change-decision.ts";
import { readParts, writeParts } from "./post-parts.ts";
import { type Pipeline, pipeline, type TestMessage, type TestWork, work } from "./testing/pipeline.ts";

const texts = (run: Pipeline) => run.posts.posts.map(({ message }) => message);
const bring = (
  run: Pipeline,
  changeType: TestWork["changeType"],
  message: Partial<TestMessage>,
  changed: Partial<TestWork> = {},
) => run.process(work({ senderId: "ben", ...message }, { changeType, ...changed }));

async function delivered(text = "before") {
  const run = pipeline({ connections: [ann] });
  await bring(run, "created", { text });
  return run;
}

test("an edit changes the post and makes no other", async () => {
  const run = await delivered();
  await bring(run, "updated", { text: "after", changedAtMs: 2 });
  expect(texts(run)).toEqual(["after"]);
  expect(run.metrics.counts.get("changes rewritten")).toBe(1);
});

test("a deletion takes the text away and names whom the message named", async () => {
  const run = await delivered();
  await run.process(work({ text: "before", changedAtMs: 2 }, { changeType: "deleted" }));
  expect(texts(run)).toEqual(["deleted by ben"]);
});

test("a deletion that is taken back brings the text back", async () => {
  const run = await delivered();
  await bring(run, "deleted", { changedAtMs: 2 });
  await bring(run, "updated", { text: "before", changedAtMs: 3 });
  expect(texts(run)).toEqual(["before"]);
});

test("with a deleted message go the files and the note of its own", async () => {
  const run = await delivered();
  const [post] = run.posts.posts;
  const key = post?.key ?? "";
  const delivery = { chatId: "19:group", messageId: "1", userId: ann.userId };
  await run.files.record(delivery, "picture", { kind: "copied", fileId: "mine" });
  await run.files.record(delivery, "file", { kind: "failed", failure: "too-large" });
  await run.posts.attach(post?.id ?? "", { key, fileIds: ["mine"], note: "too large" });
  await run.posts.attach(post?.id ?? "", { key: "another", fileIds: ["other"], note: "stays" });
  run.posts.failRewriting = { error: new MattermostError("unavailable", "busy"), afterwards: true };
  await expect(bring(run, "deleted", { changedAtMs: 2 })).rejects.toThrow("busy");
  await bring(run, "deleted", { changedAtMs: 2 });
  expect(run.posts.attached.get(post?.id ?? "")).toEqual({
    fileIds: ["other"],
    notes: new Map([
      [key, ""],
      ["another", "stays"],
    ]),
  });
  expect(run.files.all.size).toBe(0);
});

test("what an edit brings follows, and what comes back with a message, but nothing of an older state", async () => {
  const run = await delivered();
  run.followed.splice(0);
  await bring(run, "updated", { text: "with a file", changedAtMs: 3 });
  await bring(run, "updated", { text: "older", changedAtMs: 2 });
  expect(run.followed).toHaveLength(1);
  await bring(run, "deleted", { changedAtMs: 4 });
  expect(run.followed).toHaveLength(1);
  await bring(run, "updated", { text: "with a file", changedAtMs: 5 });
  expect(run.followed).toHaveLength(2);
});

test("an edit does not name again what hangs on the post, and what comes back after a deletion is named", async () => {
  const run = await delivered();
  const [post] = run.posts.posts;
  const [part] = readParts({ message: post?.message ?? "", props: post?.props ?? {} }) ?? [];
  if (post === undefined || part === undefined) throw new Error("There is no post.");
  await run.posts.rewrite(post.id, writeParts([{ ...part, copied: ["a file"] }]));
  await bring(run, "updated", { text: "after", changedAtMs: 2 });
  expect(texts(run)).toEqual(["after without a file"]);
  await bring(run, "deleted", { changedAtMs: 3 });
  await bring(run, "updated", { text: "back", changedAtMs: 4 });
  expect(texts(run)).toEqual(["back"]);
});

test("a reaction changes nothing and asks nobody for the chat", async () => {
  const run = await delivered();
  const asked = run.chatRequests.length;
  await bring(run, "updated", { text: "before", changedAtMs: 2 });
  expect([texts(run), run.posts.rewritings, run.chatRequests.length]).toEqual([["before"], 0, asked]);
  expect(run.metrics.counts.get("changes unchanged")).toBe(1);
});

test("changes in any order and number leave what stands in Teams", async () => {
  const states = fc.array(fc.record({ text: fc.constantFrom("a", "b"), isDeleted: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  });
  const scenario = states.chain((given) => {
    const changes = given.map((state, index) => ({ ...state, changedAtMs: index + 2 }));
    const repeated = fc.array(fc.constantFrom(...changes), { maxLength: 5 });
    const order = repeated.chain((more) =>
      fc.shuffledSubarray([...changes, ...more], { minLength: changes.length + more.length }),
    );
    return fc.record({ last: fc.constant(changes.at(-1)), order });
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ last, order }) => {
      const run = await delivered("a");
      for (const change of order) await bring(run, "updated", change);
      expect(texts(run)).toEqual([last?.isDeleted ? "deleted by ben" : (last?.text ?? "")]);
    }),
  );
});

test("a change of a message that was kept from its reader is not even decrypted", async () => {
  const run = pipeline({ connections: [ann], present: [ann.teamsUserId], decryptError: new Error("opened") });
  const key = { chatId: "19:group", messageId: "1", userId: ann.userId };
  await run.deliveries.finish(
    key,
    { kind: "suppressed", reason: "available" },
    { sentAtMs: 1, receivedAtMs: 1 },
  );
  await bring(run, "updated", { text: "after", changedAtMs: 2 });
  expect(texts(run)).toEqual([]);
});

test("an edit that comes before its message does not deliver it, and the message then arrives as edited", async () => {
  const run = pipeline({ connections: [ann] });
  await bring(run, "updated", { text: "after", changedAtMs: 2 });
  expect([texts(run), run.deliveries.outcomes()]).toEqual([[], [`${ann.userId} awaited`]]);
  run.fetchable.set("19:group/1", { chatId: "19:group", messageId: "1", text: "after", changedAtMs: 2 });
  await bring(run, "created", { text: "before" });
  expect([texts(run), run.fetched]).toEqual([["after"], ["1"]]);
  await bring(run, "updated", { text: "after", changedAtMs: 2 });
  expect(texts(run)).toEqual(["after"]);
});

test("a message that was deleted before it arrived is kept from its reader", async () => {
  const run = pipeline({ connections: [ann] });
  await bring(run, "deleted", { changedAtMs: 2 });
  const deleted = { chatId: "19:group", messageId: "1", text: "", isDeleted: true, changedAtMs: 2 };
  run.fetchable.set("19:group/1", deleted);
  await bring(run, "created", { text: "before" });
  expect([texts(run), run.deliveries.outcomes()]).toEqual([[], [`${ann.userId} suppressed: deleted`]]);
});

test("a message that was changed waits until Graph shows the change", async () => {
  const run = pipeline({ connections: [ann] });
  await bring(run, "updated", { text: "after", changedAtMs: 2 });
  run.fetchable.set("19:group/1", { chatId: "19:group", messageId: "1", text: "before" });
  await expect(bring(run, "created", { text: "before" })).rejects.toBeInstanceOf(TemporaryFailure);
  expect(texts(run)).toEqual([]);
});

test("a change waits while its message may be on its way into a post", async () => {
  const run = pipeline({ connections: [ann] });
  run.posts.failNext = { error: new MattermostError("unavailable", "busy"), afterCreating: true };
  await expect(bring(run, "created", { text: "before" })).rejects.toBeInstanceOf(MattermostError);
  await expect(bring(run, "updated", { text: "after", changedAtMs: 2 })).rejects.toBeInstanceOf(
    TemporaryFailure,
  );
  await bring(run, "created", { text: "before" }, { attempts: 1 });
  await bring(run, "updated", { text: "after", changedAtMs: 2 });
  expect(texts(run)).toEqual(["after"]);
});

test("a post that somebody deleted stays deleted", async () => {
  const run = await delivered();
  run.posts.deleted.add("post-1");
  await bring(run, "updated", { text: "after", changedAtMs: 2 });
  expect(run.posts.rewritings).toBe(0);
  expect(run.metrics.counts.get("changes post-gone")).toBe(1);
});

test("after a week a post stays as it is", async () => {
  const run = await delivered();
  await bring(run, "updated", { text: "after", changedAtMs: 2, ageMs: followForMs + 1 });
  expect(texts(run)).toEqual(["before"]);
});

test("a change that failed is made by the next attempt", async () => {
  const run = await delivered();
  const error = new MattermostError("unavailable", "busy");
  run.posts.failRewriting = { error };
  const edit = () => bring(run, "updated", { text: "after", changedAtMs: 2 });
  await expect(edit()).rejects.toBe(error);
  await edit();
  expect(texts(run)).toEqual(["after"]);
});

test("a change without content is fetched, and what is gone is deleted", async () => {
  const run = pipeline({ connections: [ann], chat: { members: [ann.teamsUserId] } });
  await bring(run, "created", { text: "before" });
  run.fetchable.set("19:group/1", { chatId: "19:group", messageId: "1", text: "after", changedAtMs: 2 });
  await bring(run, "updated", {}, { encryptedContent: undefined });
  expect(texts(run)).toEqual(["after"]);
  run.fetchable.clear();
  await bring(run, "deleted", {}, { encryptedContent: undefined });
  expect(texts(run)).toEqual(["deleted by ben"]);
});

test("a change that cannot be followed leaves the record of its message", async () => {
  const run = await delivered();
  const entry = work({}, { changeType: "updated" });
  const error = new GraphError("not-found", "gone");
  expect(run.tasks.decideRetry(error, entry)).toEqual({ kind: "dead", reason: "gone-in-teams" });
  await run.tasks.bury({ ...entry, resource: "chats('19:group')/messages('2')" }, "gone-in-teams");
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} delivered`]);
});

test("a change of a tenant-wide message reaches every post of it, and only posts", async () => {
  const chat = { members: [ann.teamsUserId, ben.teamsUserId] };
  const run = pipeline({ connections: [ann, ben], present: [ben.teamsUserId], chat });
  await bring(run, "created", { text: "before", senderId: "stranger" }, { userId: undefined });
  await bring(run, "updated", { text: "after", changedAtMs: 2 }, { userId: undefined });
  expect([texts(run), run.deliveries.outcomes().toSorted()]).toEqual([
    ["after"],
    [`${ann.userId} delivered`, `${ben.userId} suppressed: present`],
  ]);
});
