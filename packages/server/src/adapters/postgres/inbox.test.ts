import { expect, test } from "bun:test";
import { schema, workerSchema } from "./database.ts";
import { PostgresInbox } from "./inbox.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";

test("an entry is stored together with the work of its lane", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  expect(await inbox.accept([entry("a", 1), entry("a", 2), entry("b", 1)])).toBe(3);
  const jobs = await fresh.database.query(`SELECT key FROM ${workerSchema}.jobs ORDER BY key`);
  expect(jobs).toEqual([{ key: "a" }, { key: "b" }]);
  expect(await inbox.counts()).toEqual({ pending: 3, dead: 0 });
});

test("a repeated entry is stored once and wakes nothing", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  await inbox.accept([entry("a", 1)]);
  await fresh.database.query(`DELETE FROM ${workerSchema}._private_jobs`);
  expect(await inbox.accept([entry("a", 1), entry("a", 1)])).toBe(0);
  expect(await fresh.database.query(`SELECT count(*) FROM ${workerSchema}.jobs`)).toEqual([{ count: 0 }]);
});

test("entries of one request keep the order of their messages", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  await inbox.accept([entry("a", 3), entry("a", 1), entry("a", 2)]);
  const rows = await fresh.database.query<{ resource: string }>(
    `SELECT resource FROM ${schema}.inbox ORDER BY id`,
  );
  expect(rows.map(({ resource }) => resource)).toEqual(
    [1, 2, 3].map((number) => entry("a", number).resource),
  );
});

test("requests that bring the same entries in another order at once store each once", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  const entries = Array.from({ length: 40 }, (_, index) => entry(`lane-${index % 7}`, index));
  const requests = [entries, entries.toReversed(), entries.slice(10), entries.slice(0, 30).toReversed()];
  const stored = await Promise.all(requests.map((request) => inbox.accept(request)));
  expect(stored.reduce((sum, count) => sum + count, 0)).toBe(40);
});

test("a lane whose job is being fetched at that moment gets another", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  await inbox.accept([entry("a", 1)]);
  const worker = await fresh.database.openSession();
  await worker.query("BEGIN");
  await worker.query(`UPDATE ${workerSchema}._private_jobs SET locked_at = now(), locked_by = 'worker'`);
  const accepted = inbox.accept([entry("a", 2)]);
  const waitsForWorker = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  while ((await fresh.database.query(waitsForWorker)).length === 0);
  await worker.query("COMMIT");
  await worker.end();
  expect(await accepted).toBe(1);
  const free = `SELECT key FROM ${workerSchema}.jobs WHERE locked_at IS NULL`;
  expect(await fresh.database.query(free)).toEqual([{ key: "a" }]);
});

test("nothing is stored when its work cannot be", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  await fresh.database.query(
    `ALTER TABLE ${workerSchema}._private_jobs ADD CONSTRAINT closed CHECK (key <> 'b')`,
  );
  const error = await inbox.accept([entry("a", 1), entry("b", 1)]).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError", code: "query-failed" });
  expect(await inbox.counts()).toEqual({ pending: 0, dead: 0 });
});

test("no entries need no statement", async () => {
  await using fresh = await migratedDatabase();
  expect(await new PostgresInbox(fresh.database, new ManualTime()).accept([])).toBe(0);
});

test("of keys those that never came are told, whether worked on or not", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  await inbox.accept([entry("a", 1), entry("a", 2)]);
  await fresh.database.query(`UPDATE ${schema}.inbox SET state = 'done' WHERE id = 1`);
  const keys = [1, 2, 3].map((number) => entry("a", number).dedupeKey);
  expect(await inbox.unknown(keys)).toEqual(new Set(keys.slice(2)));
  expect(await inbox.unknown([])).toEqual(new Set());
});

test("what waits is counted up to a limit", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  await inbox.accept([1, 2, 3].map((number) => entry("a", number)));
  expect([await inbox.pending(10), await inbox.pending(2)]).toEqual([3, 2]);
});

test("a lane with much to do goes behind others, and what is late behind both", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  const priorities = async () => {
    const rows = await fresh.database.query<{ key: string; priority: number }>(
      `SELECT key, priority FROM ${workerSchema}.jobs ORDER BY key`,
    );
    return Object.fromEntries(rows.map(({ key, priority }) => [key, priority]));
  };
  await inbox.accept(Array.from({ length: 10 }, (_, number) => entry("busy", number)));
  await inbox.accept(Array.from({ length: 9 }, (_, number) => entry("quiet", number)));
  await inbox.acceptLate([entry("late", 1)]);
  expect(await priorities()).toEqual({ busy: 0, late: 2, quiet: 0 });
  await inbox.accept([entry("busy", 10), entry("quiet", 9)]);
  await inbox.acceptLate([entry("busy", 11)]);
  await inbox.accept([entry("late", 2)]);
  expect(await priorities()).toEqual({ busy: 2, late: 0, quiet: 0 });
});

test("a lane keeps its place in the queue when more comes for it", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  const order = async () =>
    (
      await fresh.database.query<{ key: string }>(
        `SELECT key FROM ${workerSchema}.jobs ORDER BY priority, run_at`,
      )
    ).map(({ key }) => key);
  for (const lane of ["a", "b", "c"]) await inbox.accept([entry(lane, 1)]);
  await inbox.accept([entry("a", 2)]);
  expect(await order()).toEqual(["a", "b", "c"]);
});

test("requests that come together each learn how many of their entries were new", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, new ManualTime());
  const requests = Array.from({ length: 300 }, (_, number) =>
    inbox.accept([entry(`lane-${number % 100}`, 1)]),
  );
  const stored = await Promise.all(requests);
  expect(stored.reduce((sum, count) => sum + count, 0)).toBe(100);
  expect(await inbox.counts()).toEqual({ pending: 100, dead: 0 });
});
