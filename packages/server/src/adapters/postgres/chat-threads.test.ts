import { expect, test } from "bun:test";
import { PostgresChatThreads } from "./chat-threads.ts";
import { PostgresConnections } from "./connection-store.ts";
import { schema } from "./database.ts";
import { removeOld } from "./retention.ts";
import { connectPeople } from "./testing/connected-people.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";

const dayMs = 24 * 60 * 60 * 1000;
const key = { userId: "ann", chatId: "19:a" };

async function threading() {
  const fresh = await migratedDatabase();
  await connectPeople(fresh.database, "ann", "ben");
  const time = new ManualTime();
  const threads = new PostgresChatThreads(fresh.database, time);
  return { ...fresh, time, threads, [Symbol.asyncDispose]: () => fresh[Symbol.asyncDispose]() };
}

test("of many that intend a root one is first and the others see its intent", async () => {
  await using world = await threading();
  const { threads, time } = world;
  const answers = await Promise.all(Array.from({ length: 8 }, () => threads.intend(key, "channel")));
  expect(answers.filter((answer) => answer === "first")).toHaveLength(1);
  expect(answers.find((answer) => answer !== "first")).toEqual({
    generation: 1,
    rootPostId: undefined,
    channelId: "channel",
    createdAtMs: time.now(),
    intendedAtMs: time.now(),
  });
});

test("a root that is known is neither replaced nor under way again", async () => {
  await using world = await threading();
  const { threads } = world;
  await threads.intend(key, "channel");
  await threads.finish(key, "root");
  await threads.finish(key, "another");
  await threads.setUnderWay(key, true);
  expect(await threads.find(key)).toMatchObject({ rootPostId: "root", intendedAtMs: undefined });
  expect(await threads.find({ ...key, userId: "ben" })).toBeUndefined();
});

test("an attempt that is under way can end and begin again", async () => {
  await using world = await threading();
  const { threads, time } = world;
  await threads.intend(key, "channel");
  await threads.setUnderWay(key, false);
  expect((await threads.find(key))?.intendedAtMs).toBeUndefined();
  time.nowMs += 5;
  await threads.setUnderWay(key, true);
  expect((await threads.find(key))?.intendedAtMs).toBe(time.now());
});

test("a root that is gone is followed by one generation, however many notice", async () => {
  await using world = await threading();
  const { threads, time } = world;
  await threads.intend(key, "channel");
  await threads.finish(key, "root");
  time.nowMs += 5;
  await Promise.all(Array.from({ length: 4 }, () => threads.renew(key, "root")));
  const renewed = { generation: 2, rootPostId: undefined, createdAtMs: time.now(), intendedAtMs: undefined };
  expect(await threads.find(key)).toMatchObject(renewed);
});

test("a thread lives as long as it is used, and no longer than its reader's connection", async () => {
  await using world = await threading();
  const { threads, time, database } = world;
  const other = { ...key, chatId: "19:b" };
  const ben = { ...key, userId: "ben" };
  for (const each of [key, other, ben]) await threads.intend(each, "channel");
  time.nowMs += 60 * dayMs;
  await threads.find(key);
  await threads.find(ben);
  time.nowMs += 31 * dayMs;
  expect(await removeOld(database, time)).toBe(1);
  await new PostgresConnections(database).remove("ben");
  const left = await database.query<{ chat_id: string }>(`SELECT chat_id FROM ${schema}.chat_threads`);
  expect(left).toEqual([{ chat_id: "19:a" }]);
});
