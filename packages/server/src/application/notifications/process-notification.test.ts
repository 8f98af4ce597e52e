import { describe, expect, test } from "bun:test";
import type { Chat } from "../../domain/chat.ts";
import { GraphError } from "../graph/graph-error.ts";

import { MattermostError } from "../mattermost/mattermost-error.ts";
import { ann, ben } from "../subscriptions/testing/graph.ts";
import { PermanentFailure } from "../work-failure.ts";
import { catchUpOrigin } from "./inbox-entry.ts";
import { type Pipeline, pipeline, type TestMessage, type TestWork, work } from "./testing/pipeline.ts";

const annId = "8ea0e38b-efb3-4757-924a-5f94061cf8c2";
const annWithStranger = `19:${annId}_97f62344-57dc-409c-88ad-c4af14158ff5@unq.gbl.spaces`;

const outcome = async (run: Pipeline, message: Partial<TestMessage>, changed: Partial<TestWork> = {}) => {
  await run.process(work(message, changed));
  return run.deliveries.outcomes();
};

test("a rich message reaches its reader with every step timed", async () => {
  const run = pipeline({ connections: [ann] });
  expect(await outcome(run, { text: "hello" })).toEqual([`${ann.userId} delivered`]);
  expect(run.posts.posts.map(({ channelId, message }) => [channelId, message])).toEqual([
    [`dm-${ann.userId}`, "hello"],
  ]);
  const [record] = run.deliveries.all.values();
  expect(Object.keys(record?.times ?? {}).sort()).toEqual([
    "decidedAtMs",
    "decryptedAtMs",
    "endedAtMs",
    "receivedAtMs",
    "sentAtMs",
    "startedAtMs",
    "storedAtMs",
  ]);
  expect([...run.deliveries.all.values()][0]?.outcome).toMatchObject({ because: "absent" });
  expect(run.metrics.counts.get("deliveries delivered absent")).toBe(1);
  expect(run.metrics.observed.get("delivery_ms")).toHaveLength(1);
});

test("what follows a delivery is offered at every attempt that finds it made, and at no other", async () => {
  const run = pipeline({ connections: [ann, ben], present: [ben.teamsUserId] });
  await outcome(run, { text: "hello" });
  await outcome(run, { text: "hello" });
  await outcome(run, { text: "hello" }, { attempts: 1 });
  await outcome(run, { text: "hello" }, { userId: ben.userId });
  expect(run.followed).toEqual(Array(3).fill(`1 ${ann.userId}`));
  expect(run.posts.posts).toHaveLength(1);
});

test("only a message that is going to be shown is made ready", async () => {
  const run = pipeline({ connections: [ann, ben], present: [ben.teamsUserId] });
  await outcome(run, {}, { userId: ben.userId });
  expect(run.prepared).toEqual([]);
  await outcome(run, {});
  expect(run.prepared).toEqual(["1"]);
});

test("a reader who cannot be looked up is an error of the work alone, however long opening takes", async () => {
  const run = pipeline({ connections: [ann] });
  const gone = new PermanentFailure("database-gone", "The database is gone.");
  run.connections.byMattermostUser = () => Promise.reject(gone);
  const { promise: opening, resolve: open } = Promise.withResolvers<void>();
  run.holdDecryption(opening);
  // A rejection that nobody hears ends the process, and this test.
  await expect(run.process(work({}))).rejects.toBe(gone);
  open();
});

test("a message without content is fetched", async () => {
  const run = pipeline({ connections: [ann], chat: { members: [ann.teamsUserId] } });
  run.fetchable.set("19:a_b/1", { chatId: "19:a_b", messageId: "1", text: "fetched" });
  await run.process(work({ chatId: "19:a_b" }, { encryptedContent: undefined }));
  expect(run.posts.posts.map(({ message }) => message)).toEqual(["fetched"]);
});

test("a message without content of a chat that its reader is not in is given up", async () => {
  const run = pipeline({ connections: [ann, ben], chat: { members: [ben.teamsUserId] } });
  run.fetchable.set("19:a_b/1", { chatId: "19:a_b", messageId: "1", text: "of others" });
  const entry = work({ chatId: "19:a_b" }, { encryptedContent: undefined });
  const error = await run.process(entry).catch((caught: unknown) => caught);
  expect(run.tasks.decideRetry(error, entry)).toEqual({ kind: "dead", reason: "reader-not-in-chat" });
  expect(run.posts.posts).toEqual([]);
});

test("a present reader gets nothing and the reason is recorded", async () => {
  const run = pipeline({ connections: [ann], present: [ann.teamsUserId] });
  expect(await outcome(run, {})).toEqual([`${ann.userId} suppressed: present`]);
  expect(run.posts.posts).toEqual([]);
});

test("a reader who switched notifications off gets nothing, and Microsoft is asked nothing about them", async () => {
  const run = pipeline({ connections: [ann], off: [ann.userId] });
  expect(await outcome(run, {})).toEqual([`${ann.userId} suppressed: off`]);
  expect([run.presenceRequests, run.chatRequests]).toEqual([[], []]);
});

test("one's own message is suppressed without asking anyone", async () => {
  const run = pipeline({ connections: [ann] });
  expect(await outcome(run, { senderId: ann.teamsUserId })).toEqual([
    `${ann.userId} suppressed: own-message`,
  ]);
  expect([run.presenceRequests, run.chatRequests]).toEqual([[], []]);
});

test("presence that cannot be had means delivery", async () => {
  const run = pipeline({ connections: [ann], presenceError: new GraphError("forbidden", "no") });
  expect(await outcome(run, {})).toEqual([`${ann.userId} delivered`]);
  expect(run.metrics.counts.get("presence_unreachable")).toBe(1);
});

test("a one-on-one chat needs no request, a group is looked up once and remembered", async () => {
  const run = pipeline({ connections: [ann] });
  await outcome(run, { messageId: "1", chatId: annWithStranger });
  expect(run.chatRequests).toEqual([]);
  await outcome(run, { messageId: "2" });
  await outcome(run, { messageId: "3" });
  expect(run.chatRequests).toEqual(["19:group"]);
  await outcome(run, { messageId: "4", changesChat: true });
  expect(run.chatRequests).toEqual(["19:group", "19:group"]);
});

test("a group whose topic cannot be had is delivered without it", async () => {
  const run = pipeline({ connections: [ann], chatError: new GraphError("throttled", "429") });
  expect(await outcome(run, { text: "hi" })).toEqual([`${ann.userId} delivered`]);
  expect(run.log.lines.join()).not.toContain("hi");
});

test("a person who disconnected meanwhile gets nothing and nothing is remembered", async () => {
  const run = pipeline({ connections: [] });
  expect(await outcome(run, {})).toEqual([]);
  expect(run.posts.posts).toEqual([]);
});

test("a tenant-wide message reaches its connected members only", async () => {
  const run = pipeline({
    connections: [ann, ben],
    chat: { members: ["teams-ann", "teams-ben", "stranger"] },
  });
  expect(await outcome(run, { senderId: "stranger" }, { userId: undefined })).toEqual([
    `${ann.userId} delivered`,
    `${ben.userId} delivered`,
  ]);
  expect(run.presenceRequests).toHaveLength(1);
});

test("a tenant-wide message in a one-on-one chat finds its reader by the chat's id", async () => {
  const run = pipeline({ connections: [{ ...ann, teamsUserId: annId }, ben] });
  const message = {
    chatId: annWithStranger.toUpperCase().replace("@UNQ.GBL.SPACES", "@unq.gbl.spaces"),
    senderId: "stranger",
  };
  expect(await outcome(run, message, { userId: undefined, tenantId: "TENANT-ID" })).toEqual([
    `${ann.userId} delivered`,
  ]);
  expect(run.chatRequests).toEqual([]);
});

test("one failing recipient neither stops nor repeats the others", async () => {
  const run = pipeline({ connections: [ann, ben], chat: { members: ["teams-ann", "teams-ben"] } });
  const error = new MattermostError("unavailable", "busy");
  run.posts.failNext = { error, afterCreating: false, channelId: `dm-${ann.userId}` };
  const entry = work({ senderId: "stranger" }, { userId: undefined });
  await expect(run.process(entry)).rejects.toBe(error);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} posting`, `${ben.userId} delivered`]);
  await run.process({ ...entry, attempts: 1 });
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} delivered`, `${ben.userId} delivered`]);
  expect(run.posts.posts).toHaveLength(2);
});

test("a recipient who can never be reached ends as dead while the others have theirs", async () => {
  const run = pipeline({ connections: [ann, ben], chat: { members: ["teams-ann", "teams-ben"] } });
  const error = new MattermostError("not-found", "no such user");
  run.posts.failNext = { error, afterCreating: false, channelId: `dm-${ann.userId}` };
  await expect(run.process(work({ senderId: "stranger" }, { userId: undefined }))).rejects.toBe(error);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} dead: person-gone`, `${ben.userId} delivered`]);
});

test("content that cannot be read is given up and recorded for its reader", async () => {
  const error = new PermanentFailure("encryption-key-gone", "gone");
  const run = pipeline({ connections: [ann], decryptError: error });
  const entry = work({});
  await expect(run.process(entry)).rejects.toBe(error);
  expect(run.tasks.decideRetry(error, entry)).toEqual({ kind: "dead", reason: "encryption-key-gone" });
  await run.tasks.bury(entry, "encryption-key-gone");
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} dead: encryption-key-gone`]);
});

test("the roster of a tenant-wide group is needed: without it the message waits", async () => {
  const run = pipeline({
    connections: [ann],
    chatError: new GraphError("throttled", "429", { retryAfterMs: 5_000 }),
  });
  const entry = work({}, { userId: undefined });
  const error = await run.process(entry).catch((caught: unknown) => caught);
  expect(run.tasks.decideRetry(error, entry)).toEqual({
    kind: "retry",
    atMs: run.clock.now() + 5_000,
    code: "graph-throttled",
  });
});

test("a rendered chat is the one that was looked up", async () => {
  const run = pipeline({ connections: [ann], chat: { topic: "Plans" } });
  await outcome(run, { text: "hello" });
  const seen: readonly (Chat | undefined)[] = run.renderedChats;
  expect(seen.map((chat) => chat?.topic)).toEqual(["Plans"]);
});

const minuteMs = 60_000;

test("what was noticed of the reader is asked for when a message is late, and only then", async () => {
  const run = pipeline({ connections: [ann], history: { actedAtMs: 1 } });
  await outcome(run, { messageId: "1", ageMs: minuteMs });
  expect(run.historyRequests).toEqual([]);
  await outcome(run, { messageId: "2", ageMs: minuteMs + 1 });
  expect(run.historyRequests).toEqual([`${ann.userId} 19:group`]);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} delivered`, `${ann.userId} suppressed: seen`]);
});

test("a late message that has its outcome keeps it, whatever the reader does now", async () => {
  const present = [ann.teamsUserId];
  const run = pipeline({ connections: [ann], present });
  await outcome(run, { ageMs: 1 });
  present.pop();
  expect(await outcome(run, { ageMs: 2 * minuteMs }, { dedupeKey: "another" })).toEqual([
    `${ann.userId} suppressed: present`,
  ]);
  expect(run.posts.posts).toEqual([]);
});

describe("a post that was made is delivered, though its reader looks at Teams by the time that is noticed", () => {
  const made = async () => {
    const present: string[] = [];
    const run = pipeline({ connections: [ann], present });
    const error = new MattermostError("unanswered", "silence");
    run.posts.failNext = { error, afterCreating: true };
    await expect(run.process(work({}))).rejects.toBe(error);
    present.push(ann.teamsUserId);
    return run;
  };

  test.each([
    ["by the next attempt", { attempts: 1 }],
    ["by another node after the first died", { attempts: 0 }],
  ])("%s", async (_, changed) => {
    const run = await made();
    expect(await outcome(run, {}, changed)).toEqual([`${ann.userId} delivered`]);
    expect([run.posts.posts.length, run.followed.length]).toEqual([1, 1]);
  });

  test("when it was given up and is put back, and there is no second", async () => {
    const run = await made();
    await run.tasks.bury(work({}), "gave-up-mattermost-unavailable");
    expect(await outcome(run, { ageMs: 60 * minuteMs })).toEqual([`${ann.userId} delivered`]);
    expect(run.posts.posts).toHaveLength(1);
  });
});

test("an entry whose node died while giving it up is given up by the next, and does not vanish", async () => {
  const run = pipeline({ connections: [ann] });
  const error = new MattermostError("rejected", "no");
  await run.tasks.bury(work({}), "refused-by-mattermost");
  run.posts.failNext = { error, afterCreating: false };
  await expect(run.process(work({}, { attempts: 1 }))).rejects.toBe(error);
});

test("a message that was given up is delivered when it is put back, at whatever age", async () => {
  for (const ageMs of [1, 60 * minuteMs]) {
    const run = pipeline({ connections: [ann] });
    const error = new MattermostError("rejected", "no");
    run.posts.failNext = { error, afterCreating: false };
    const entry = work({ ageMs });
    await expect(run.process(entry)).rejects.toBe(error);
    await run.tasks.bury(entry, "refused-by-mattermost");
    expect(run.deliveries.outcomes()).toEqual([`${ann.userId} dead: refused-by-mattermost`]);
    expect(await outcome(run, { ageMs })).toEqual([`${ann.userId} delivered`]);
  }
});

test("what was read instead says nothing about how late Graph is", async () => {
  const run = pipeline({ connections: [ann] });
  await outcome(run, { messageId: "1" }, { subscriptionId: catchUpOrigin });
  expect(run.metrics.observed.has("graph_delay_ms")).toBe(false);
  await outcome(run, { messageId: "2" });
  expect(run.metrics.observed.get("graph_delay_ms")).toHaveLength(1);
});

const openedAs = (message: TestMessage, run: Pipeline): Partial<TestWork> => ({
  isUntouched: true,
  opened: {
    message,
    facts: {
      chatId: message.chatId,
      messageId: message.messageId,
      sentAtMs: run.clock.now() - (message.ageMs ?? 100),
      changedAtMs: message.changedAtMs ?? 1,
      isWithdrawn: message.isDeleted ?? false,
      changesChat: false,
    },
    openedAtMs: run.clock.now() - 1,
  },
});

describe("an entry that comes straight from being stored", () => {
  const message: TestMessage = { chatId: "19:group", messageId: "1", text: "as it was opened" };
  const counting = (world: Partial<Parameters<typeof pipeline>[0]> = {}) => {
    const run = pipeline({ connections: [ann], ...world });
    const asked: string[] = [];
    const { find } = run.deliveries;
    run.deliveries.find = (key) => {
      asked.push(key.messageId);
      return find.call(run.deliveries, key);
    };
    return { run, asked };
  };

  test("is not opened again, and times say when it was", async () => {
    const { run } = counting({ decryptError: new Error("opened again") });
    await outcome(run, {}, openedAs(message, run));
    expect(run.posts.posts.map(({ message: text }) => text)).toEqual(["as it was opened"]);
    const [record] = run.deliveries.all.values();
    expect(record?.times.decryptedAtMs).toBe(run.clock.now());
  });

  test.each<[string, Partial<TestMessage>, Partial<Parameters<typeof pipeline>[0]>, string]>([
    ["delivered", {}, {}, "delivered"],
    ["delivered late", { ageMs: 2 * minuteMs }, {}, "delivered"],
    ["kept from who is present", {}, { present: [ann.teamsUserId] }, "suppressed: present"],
    ["kept from who wants none", {}, { off: [ann.userId] }, "suppressed: off"],
  ])("is %s without a look at its record, which there cannot be", async (_, changed, world, expected) => {
    const { run, asked } = counting(world);
    await outcome(run, {}, openedAs({ ...message, ...changed }, run));
    expect(run.deliveries.outcomes()).toEqual([`${ann.userId} ${expected}`]);
    expect(asked).toEqual([]);
  });

  test("is looked up when it comes back", async () => {
    const { run, asked } = counting();
    await outcome(run, {}, { ...openedAs(message, run), opened: undefined, isUntouched: false, attempts: 1 });
    expect(asked).toEqual(["1"]);
  });
});

test("what became of an entry is told once for each reader, and recorded by nobody else", async () => {
  const run = pipeline({
    connections: [ann, ben],
    present: [ben.teamsUserId],
    chat: { members: [ann.teamsUserId, ben.teamsUserId] },
  });
  const told: string[] = [];
  await run.tasks.process(work({ senderId: "stranger" }, { userId: undefined }), ({ key, outcome: end }) =>
    told.push(`${key.userId} ${end.kind}`),
  );
  expect(told.toSorted()).toEqual([`${ann.userId} delivered`, `${ben.userId} suppressed`]);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} posting`]);
});

test("a person who left while their message was decided about gets nothing, and nothing is told or counted", async () => {
  const run = pipeline({ connections: [ann] });
  run.deliveries.departed.add(ann.userId);
  const told: unknown[] = [];
  await run.tasks.process(work({}), (ending) => told.push(ending));
  expect([told, run.posts.posts, run.followed, run.deliveries.outcomes()]).toEqual([[], [], [], []]);
  expect([...run.metrics.counts.keys()].filter((name) => name.startsWith("deliveries"))).toEqual([]);
});

test("a change of what was kept from its reader is not even opened", async () => {
  const present = [ann.teamsUserId];
  const run = pipeline({ connections: [ann], present });
  await outcome(run, {});
  const unopened = pipeline({ connections: [ann], decryptError: new Error("opened") });
  for (const [key, record] of run.deliveries.all) unopened.deliveries.all.set(key, record);
  expect(await outcome(unopened, {}, { changeType: "updated" })).toEqual([
    `${ann.userId} suppressed: present`,
  ]);
});

test("people whom a message does not name are looked for when it is delivered, and not before", async () => {
  const run = pipeline({ connections: [ann, ben], present: [ben.teamsUserId] });
  const unnamed = [ann.teamsUserId];
  const oneOnOne = { chatId: "19:x@unq.gbl.spaces", unnamed };
  await run.process(work(oneOnOne, { userId: ben.userId }));
  expect([run.posts.posts.length, run.chatRequests]).toEqual([0, []]);
  await run.process(work(oneOnOne, { userId: ann.userId, tenantId: ann.tenantId }));
  expect(run.posts.posts.map(({ message }) => message)).toEqual([`text of user ${ann.userId}`]);
  expect(run.chatRequests).toEqual([oneOnOne.chatId]);
});
