import { expect, test } from "bun:test";
import { PostgresAccessProblems } from "./access-problems.ts";
import { PostgresConnections } from "./connection-store.ts";
import { schema } from "./database.ts";
import { PostgresDeliveryLog } from "./delivery-log.ts";
import { PostgresReaderHistories } from "./reader-histories.ts";
import { PostgresReadingProgress } from "./reading-progress.ts";
import { removeOld } from "./retention.ts";
import { connectPeople } from "./testing/connected-people.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { inboxOn } from "./testing/inbox-node.ts";

const dayMs = 24 * 60 * 60 * 1000;

test("each kind of record is removed after its own time, waiting entries never", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const inbox = inboxOn(fresh.database, time);
  await inbox.store([entry("a", 1), entry("a", 2)], { elsewhere: new Set(), isLate: false });
  await inbox.giveUp(1, "gone");
  const log = new PostgresDeliveryLog(fresh.database, time);
  await log.finish(
    { chatId: "c", messageId: "m", userId: "u" },
    { kind: "delivered", postId: "p" },
    { sentAtMs: 1, receivedAtMs: 1 },
  );
  const remaining = async () =>
    (await fresh.database.query<{ id: number }>(`SELECT id FROM ${schema}.inbox ORDER BY id`)).map(
      ({ id }) => id,
    );
  expect(await removeOld(fresh.database, time)).toBe(0);
  time.nowMs += 14 * dayMs;
  expect(await removeOld(fresh.database, time)).toBe(0);
  time.nowMs += dayMs;
  expect(await removeOld(fresh.database, time)).toBe(1);
  expect(await remaining()).toEqual([2]);
  expect(await log.recent(1)).toHaveLength(1);
  time.nowMs += 80 * dayMs;
  expect(await removeOld(fresh.database, time)).toBe(1);
  expect(await log.recent(1)).toEqual([]);
  expect(await remaining()).toEqual([2]);
});

test("what was noticed of people is removed when nobody can ask for it any more", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  await connectPeople(fresh.database, "ann");
  const histories = new PostgresReaderHistories(fresh.database);
  await histories.notePresent(["ann"], time.now());
  await histories.noteActs("ann", new Map([["19:a", time.now() + dayMs]]));
  time.nowMs += 8 * dayMs;
  expect(await removeOld(fresh.database, time)).toBe(0);
  time.nowMs += 1;
  expect(await removeOld(fresh.database, time)).toBe(1);
  expect(await histories.of("ann", "19:a")).toEqual({ actedAtMs: time.now() - 7 * dayMs - 1 });
});

test("of a person who disconnected nothing stays but how their messages ended", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  await connectPeople(fresh.database, "ann", "ben");
  const histories = new PostgresReaderHistories(fresh.database);
  const problems = new PostgresAccessProblems(fresh.database);
  for (const owner of ["ann", "ben", "application"])
    await problems.record({ owner, area: "messages", code: "forbidden", sinceMs: 1 });
  await histories.notePresent(["ann"], time.now());
  await histories.noteSwitch("ann", false, 1);
  await new PostgresReadingProgress(fresh.database).note("ann", 1);
  await new PostgresConnections(fresh.database).remove("ann");
  expect(await removeOld(fresh.database, time)).toBe(1);
  expect((await problems.list()).map(({ owner }) => owner)).toEqual(["application", "ben"]);
  for (const table of ["sightings", "notification_switches", "reading_progress"])
    expect(await fresh.database.query(`SELECT * FROM ${schema}.${table}`)).toEqual([]);
});
