import { expect, test } from "bun:test";
import type { DueReader } from "../../application/catch-up/catch-up-ports.ts";
import { PostgresConnections } from "./connection-store.ts";
import { schema } from "./database.ts";
import { PostgresReaderHistories } from "./reader-histories.ts";
import { PostgresReadingProgress } from "./reading-progress.ts";
import { connectedAtMs, connectPeople } from "./testing/connected-people.ts";
import { migratedDatabase } from "./testing/database.ts";

const hourMs = 3_600_000;
const nowMs = connectedAtMs + 10 * hourMs;

async function reading(...names: readonly string[]) {
  const fresh = await migratedDatabase();
  await connectPeople(fresh.database, ...names);
  const progress = new PostgresReadingProgress(fresh.database);
  const due = async (atMs = nowMs) =>
    (await progress.due(atMs, hourMs, 10)).map(({ connection, readUntilMs, wantedSinceMs }) => [
      connection.userId,
      readUntilMs,
      wantedSinceMs,
    ]);
  const one = async (): Promise<DueReader> => {
    const [reader] = await progress.due(nowMs, hourMs, 1);
    if (reader === undefined) throw new Error("nobody is due");
    return reader;
  };
  return { ...fresh, progress, due, one, [Symbol.asyncDispose]: () => fresh[Symbol.asyncDispose]() };
}

test("everybody is due an hour after they connected, and an hour after they were read", async () => {
  await using world = await reading("ann", "ben");
  expect(await world.due(connectedAtMs + hourMs - 1)).toEqual([]);
  expect(await world.due(connectedAtMs + hourMs)).toEqual([
    ["ann", connectedAtMs, undefined],
    ["ben", connectedAtMs, undefined],
  ]);
  await world.progress.advance(await world.one(), nowMs, nowMs);
  expect(await world.due()).toEqual([["ben", connectedAtMs, undefined]]);
  expect(await world.due(nowMs + hourMs)).toEqual([
    ["ben", connectedAtMs, undefined],
    ["ann", nowMs, undefined],
  ]);
});

test("a gap begins at the earliest time noted for it, and goes before everybody else", async () => {
  await using world = await reading("ann", "ben", "carol");
  await world.progress.note("ben", 20);
  await world.progress.note("ben", 10);
  await world.progress.note("ben", 30);
  expect((await world.due())[0]).toEqual(["ben", connectedAtMs, 10]);
  await world.progress.note("tenant", 15);
  expect(await world.due()).toEqual([
    ["ann", connectedAtMs, 15],
    ["ben", connectedAtMs, 10],
    ["carol", connectedAtMs, 15],
  ]);
  expect(await world.progress.waiting()).toBe(3);
});

test("a reading that was interrupted goes on where its last part ended", async () => {
  await using world = await reading("ann");
  await world.progress.note("ann", nowMs - 5 * hourMs);
  await world.progress.advance(await world.one(), nowMs - 3 * hourMs, nowMs);
  expect(await world.due()).toEqual([["ann", nowMs - 3 * hourMs, nowMs - 3 * hourMs]]);
  await world.progress.advance(await world.one(), nowMs, nowMs);
  expect(await world.due()).toEqual([]);
  expect(await world.progress.waiting()).toBe(0);
});

test("a gap noted during a reading is read after it", async () => {
  await using world = await reading("ann");
  await world.progress.note("ann", nowMs - 2 * hourMs);
  const reader = await world.one();
  await world.progress.note("ann", nowMs - hourMs);
  await world.progress.advance(reader, nowMs, nowMs);
  expect(await world.due()).toEqual([["ann", nowMs, nowMs - 2 * hourMs]]);
  await world.progress.advance(await world.one(), nowMs, nowMs);
  expect(await world.due()).toEqual([]);
});

test("a clock that was set back makes people due once more and leaves no time to come behind", async () => {
  await using world = await reading("ann");
  await world.progress.advance(await world.one(), nowMs + 9 * hourMs, nowMs + 9 * hourMs);
  expect(await world.due()).toEqual([["ann", nowMs + 9 * hourMs, undefined]]);
  await world.progress.advance(await world.one(), nowMs, nowMs);
  expect(await world.due()).toEqual([]);
  expect(await world.due(nowMs + hourMs)).toEqual([["ann", nowMs, undefined]]);
});

test("a person who was put off is left alone until then, or until a new gap is noted", async () => {
  await using world = await reading("ann");
  await world.progress.postpone(await world.one(), nowMs + 10);
  expect(await world.due(nowMs + 9)).toEqual([]);
  expect(await world.due(nowMs + 10)).toEqual([["ann", connectedAtMs, undefined]]);
  await world.progress.note("ann", 5);
  expect(await world.due()).toEqual([["ann", connectedAtMs, 5]]);
});

test("since when notifications are on comes along", async () => {
  await using world = await reading("ann");
  const histories = new PostgresReaderHistories(world.database);
  expect((await world.one()).notificationsOnSinceMs).toBeUndefined();
  await histories.noteSwitch("ann", false, 5);
  expect((await world.one()).notificationsOnSinceMs).toBeUndefined();
  await histories.noteSwitch("ann", true, 6);
  expect((await world.one()).notificationsOnSinceMs).toBe(6);
});

test("nothing is kept of a person who disconnects, or was never connected", async () => {
  await using world = await reading("ann");
  const reader = await world.one();
  await world.progress.note("ann", 1);
  await world.progress.note("stranger", 1);
  await new PostgresConnections(world.database).remove("ann");
  await world.progress.advance(reader, nowMs, nowMs);
  await world.progress.postpone(reader, nowMs);
  expect(await world.database.query(`SELECT * FROM ${schema}.reading_progress`)).toEqual([]);
});
