import { expect, test } from "bun:test";
import type { Outcome } from "../../application/deliveries/delivery-log.ts";
import { PostgresDeliveryLog } from "./delivery-log.ts";
import { connectPeople } from "./testing/connected-people.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";

const key = { chatId: "chat", messageId: "message", userId: "ann" };
const times = { sentAtMs: 1, receivedAtMs: 2 };

test("of many that intend a delivery one is first and the others see its intent", async () => {
  await using fresh = await migratedDatabase();
  await connectPeople(fresh.database, "ann");
  const time = new ManualTime();
  const log = new PostgresDeliveryLog(fresh.database, time);
  const answers = await Promise.all(Array.from({ length: 8 }, () => log.intend(key, "channel", times)));
  expect(answers.filter((answer) => answer === "first")).toHaveLength(1);
  expect(answers.find((answer) => answer !== "first")).toEqual({
    ...key,
    outcome: { kind: "posting" },
    channelId: "channel",
    intendedAtMs: time.now(),
    changedAtMs: undefined,
    times,
  });
});

test("a delivered outcome is never overwritten", async () => {
  await using fresh = await migratedDatabase();
  await connectPeople(fresh.database, "ann");
  const log = new PostgresDeliveryLog(fresh.database, new ManualTime());
  await log.intend(key, "channel", times);
  await log.finish(key, { kind: "delivered", postId: "post" }, { ...times, endedAtMs: 3 });
  await log.finish(key, { kind: "dead", reason: "late" }, times);
  expect(await log.find(key)).toMatchObject({
    outcome: { kind: "delivered", postId: "post" },
    times: { sentAtMs: 1, receivedAtMs: 2, endedAtMs: 3 },
  });
});

test("a suppressed or dead outcome gives way to a later delivery", async () => {
  await using fresh = await migratedDatabase();
  const log = new PostgresDeliveryLog(fresh.database, new ManualTime());
  await log.finish(key, { kind: "suppressed", reason: "available" }, times);
  expect((await log.find(key))?.outcome).toEqual({ kind: "suppressed", reason: "available" });
  await log.finish(key, { kind: "delivered", postId: "post" }, times);
  expect((await log.find(key))?.outcome).toEqual({ kind: "delivered", postId: "post" });
});

test("the newest outcomes come first", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const log = new PostgresDeliveryLog(fresh.database, time);
  for (const messageId of ["a", "b", "c"]) {
    time.nowMs += 1;
    await log.finish({ ...key, messageId }, { kind: "suppressed", reason: "off" }, times);
  }
  expect((await log.recent(2)).map(({ messageId }) => messageId)).toEqual(["c", "b"]);
  expect(await log.find({ ...key, messageId: "unknown" })).toBeUndefined();
});

test("an attempt that ended uncertainly is no longer under way, and a delivered one stays delivered", async () => {
  await using fresh = await migratedDatabase();
  await connectPeople(fresh.database, "ann");
  const time = new ManualTime();
  const log = new PostgresDeliveryLog(fresh.database, time);
  await log.intend(key, "channel", times);
  await log.setEnded(key);
  expect((await log.find(key))?.intendedAtMs).toBeUndefined();
  time.nowMs += 5;
  await log.setUnderWay(key, "channel");
  expect(await log.find(key)).toMatchObject({ outcome: { kind: "posting" }, intendedAtMs: time.now() });
  await log.finish(key, { kind: "delivered", postId: "post" }, times);
  await log.setUnderWay(key, "channel");
  expect(await log.find(key)).toMatchObject({ outcome: { kind: "delivered", postId: "post" } });
});

test("a change that comes before its message is noted, and the message can still be delivered", async () => {
  await using fresh = await migratedDatabase();
  await connectPeople(fresh.database, "ann");
  const log = new PostgresDeliveryLog(fresh.database, new ManualTime());
  await log.noteChange(key, 7, times);
  await log.noteChange(key, 6, times);
  const noted = { ...key, outcome: { kind: "awaited" as const }, changedAtMs: 7, times };
  expect(await log.find(key)).toMatchObject(noted);
  expect(await log.recent(1)).toEqual([]);
  expect(await log.intend(key, "channel", times)).toMatchObject(noted);
  await log.setUnderWay(key, "channel");
  await log.finish(key, { kind: "delivered", postId: "post" }, times);
  expect(await log.find(key)).toMatchObject({ outcome: { kind: "delivered" }, changedAtMs: 7 });
});

test("a change noted of a delivered message leaves its outcome, and the latest one stays", async () => {
  await using fresh = await migratedDatabase();
  const log = new PostgresDeliveryLog(fresh.database, new ManualTime());
  await log.finish(key, { kind: "delivered", postId: "post" }, times);
  for (const changedAtMs of [5, 9, 7]) await log.noteChange(key, changedAtMs, { ...times, sentAtMs: 100 });
  const outcome = { kind: "delivered" as const, postId: "post" };
  expect(await log.find(key)).toMatchObject({ outcome, changedAtMs: 9, times });
});

test("a person's own come newest first, with why, and without what is asked to be left out", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const log = new PostgresDeliveryLog(fresh.database, time);
  const ended = async (messageId: string, outcome: Outcome, userId = "ann") => {
    time.nowMs += 1_000;
    await log.finish({ chatId: "chat", messageId, userId }, outcome, times);
  };
  await ended("1", { kind: "delivered", postId: "post", because: "away" });
  await ended("2", { kind: "suppressed", reason: "own-message" });
  await ended("3", { kind: "suppressed", reason: "muted" });
  await ended("4", { kind: "dead", reason: "own-message" });
  await ended("5", { kind: "suppressed", reason: "busy" }, "ben");
  await log.noteChange({ chatId: "chat", messageId: "6", userId: "ann" }, 5, times);
  const outcomes = async (limit: number) =>
    (await log.ofPerson("ann", limit, ["own-message"])).map(({ outcome }) => outcome);
  expect(await outcomes(10)).toEqual([
    { kind: "dead", reason: "own-message" },
    { kind: "suppressed", reason: "muted" },
    { kind: "delivered", postId: "post", because: "away" },
  ]);
  expect(await outcomes(1)).toEqual([{ kind: "dead", reason: "own-message" }]);
});

test("of deliveries intended at once each learns its own, and one of a person who left is not begun", async () => {
  await using fresh = await migratedDatabase();
  await connectPeople(fresh.database, "ann", "ben");
  const log = new PostgresDeliveryLog(fresh.database, new ManualTime());
  await log.finish({ ...key, userId: "ben" }, { kind: "suppressed", reason: "off" }, times);
  const answers = await Promise.all(
    ["ann", "ben", "gone"].map((userId) => log.intend({ ...key, userId }, "channel", times)),
  );
  expect(answers).toMatchObject(["first", { outcome: { kind: "suppressed", reason: "off" } }, "departed"]);
  expect(await log.find({ ...key, userId: "gone" })).toBeUndefined();
});
