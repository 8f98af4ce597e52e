import { expect, test } from "bun:test";
import { schema } from "./database.ts";
import { PostgresFailedEntries } from "./failed-entries.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { inboxOn, startNode, systemClock } from "./testing/inbox-node.ts";
import { RecordedTasks } from "./testing/recorded-tasks.ts";

const here = { elsewhere: new Set<string>(), isLate: false };

test("what was given up is listed newest first, with its reason and nothing of its content", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  await inboxOn(fresh.database, time).store(
    [1, 2, 3].map((number) => entry("a", number)),
    here,
  );
  await fresh.database.query(
    `UPDATE ${schema}.inbox SET state = 'dead', failure = 'reason-' || id, ended_at_ms = id * 10 WHERE id <> 2`,
  );
  const failed = new PostgresFailedEntries(fresh.database, inboxOn(fresh.database, time), time);
  expect(await failed.failures(10)).toEqual({
    total: 2,
    newest: [
      { id: 3, reason: "reason-3", failedAtMs: 30 },
      { id: 1, reason: "reason-1", failedAtMs: 10 },
    ],
  });
  expect(await failed.failures(1)).toMatchObject({ total: 2, newest: [{ id: 3 }] });
});

test("what is put back is worked on again, from its first attempt and in its order", async () => {
  await using fresh = await migratedDatabase();
  let isBroken = true;
  const tasks = new RecordedTasks(() => {
    if (isBroken) throw new Error("broken");
  });
  await using node = await startNode(fresh.url, tasks);
  await node.worker.accept([entry("a", 1), entry("a", 2), entry("b", 1)]);
  await tasks.ended(3);
  isBroken = false;
  const failed = new PostgresFailedEntries(fresh.database, node.inbox, systemClock);
  // The last is buried a moment before its row says so.
  while ((await failed.failures(5)).total < 3);
  expect(await failed.replay("all")).toBe(3);
  await tasks.ended(6);
  expect(tasks.processed.map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
  const inLane = tasks.processed.filter(({ lane }) => lane === "a").map(({ resource }) => resource);
  expect(inLane).toEqual([1, 2].map((number) => entry("a", number).resource));
  expect((await failed.failures(5)).total).toBe(0);
});

test("one can be put back by its id, and nothing that was not given up", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  await inboxOn(fresh.database, time).store(
    [1, 2, 3].map((number) => entry("a", number)),
    here,
  );
  await fresh.database.query(
    `UPDATE ${schema}.inbox SET state = 'dead', failure = 'gone', ended_at_ms = 10 WHERE id < 3`,
  );
  const failed = new PostgresFailedEntries(fresh.database, inboxOn(fresh.database, time), time);
  expect(await Promise.all([failed.replay(3), failed.replay(99)])).toEqual([0, 0]);
  expect(await failed.replay(2)).toBe(1);
  expect((await failed.failures(5)).newest.map(({ id }) => id)).toEqual([1]);
});

test("more than one statement holds are put back too", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const entries = Array.from({ length: 1_001 }, (_, number) => entry(`lane-${number % 3}`, number));
  await inboxOn(fresh.database, time).store(entries, here);
  await fresh.database.query(`UPDATE ${schema}.inbox SET state = 'dead', failure = 'gone', ended_at_ms = 10`);
  expect(
    await new PostgresFailedEntries(fresh.database, inboxOn(fresh.database, time), time).replay("all"),
  ).toBe(1_001);
});
