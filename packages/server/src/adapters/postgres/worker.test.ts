import { expect, test } from "bun:test";
import { startPostgres } from "@msteams-notifications/local-postgres";
import type { InboxTasks } from "../../application/inbox/inbox.ts";
import { Database, schema, workerSchema } from "./database.ts";
import { forgottenAfterMs } from "./drain-job.ts";
import { PostgresInbox } from "./inbox.ts";
import { attemptsThatHoldOrder } from "./lane-rows.ts";
import { migrate } from "./migrate.ts";
import { connectionsLeft, migratedDatabase, silentLog } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { RecordedTasks } from "./testing/recorded-tasks.ts";
import { InboxWorker } from "./worker.ts";

const clock = { now: () => Date.now() };

function start(database: Database, tasks: InboxTasks): Promise<InboxWorker> {
  return InboxWorker.start({ database, tasks, recurring: [], clock, log: silentLog });
}

test("entries of a lane are worked one after another in order, lanes side by side", async () => {
  await using fresh = await migratedDatabase();
  const inside = new Map<string, number>();
  let lanesAtOnce = 0;
  const tasks = new RecordedTasks(async ({ lane }) => {
    inside.set(lane, (inside.get(lane) ?? 0) + 1);
    expect(inside.get(lane)).toBe(1);
    lanesAtOnce = Math.max(lanesAtOnce, [...inside.values()].filter((count) => count > 0).length);
    await fresh.database.query("SELECT pg_sleep(0.002)");
    inside.set(lane, 0);
  });
  await using _worker = await start(fresh.database, tasks);
  const inbox = new PostgresInbox(fresh.database, clock);
  for (let number = 0; number < 30; number += 1)
    await inbox.accept(["a", "b", "c"].map((lane) => entry(lane, number)));
  await tasks.ended(90);
  for (const lane of ["a", "b", "c"]) {
    const order = tasks.processed.filter((work) => work.lane === lane).map(({ resource }) => resource);
    expect(order).toEqual(Array.from({ length: 30 }, (_, number) => entry(lane, number).resource));
  }
  expect(lanesAtOnce).toBeGreaterThan(1);
});

test("two nodes share the work and keep the order of each lane", async () => {
  await using fresh = await migratedDatabase();
  await using second = new Database({ dataSource: fresh.url, log: silentLog });
  const tasks = new RecordedTasks(() => new Promise((resolve) => setImmediate(resolve)));
  await using _one = await start(fresh.database, tasks);
  await using _two = await start(second, tasks);
  const inbox = new PostgresInbox(fresh.database, clock);
  const lanes = ["a", "b", "c", "d"];
  for (let number = 0; number < 25; number += 1) await inbox.accept(lanes.map((lane) => entry(lane, number)));
  await tasks.ended(100);
  for (const lane of lanes) {
    const order = tasks.processed.filter((work) => work.lane === lane).map(({ resource }) => resource);
    expect(order).toEqual(Array.from({ length: 25 }, (_, number) => entry(lane, number).resource));
  }
});

test("a failed entry is tried again before those behind it and its content is dropped when done", async () => {
  await using fresh = await migratedDatabase();
  let failures = 2;
  const tasks = new RecordedTasks(
    ({ resource }) => {
      if (resource === entry("a", 1).resource && failures-- > 0) throw new Error("not yet");
    },
    () => ({ kind: "retry", atMs: Date.now(), code: "not-yet" }),
  );
  await using _worker = await start(fresh.database, tasks);
  await new PostgresInbox(fresh.database, clock).accept([entry("a", 1), entry("a", 2)]);
  await tasks.ended(2);
  expect(tasks.processed.map(({ resource, attempts }) => [resource, attempts])).toEqual([
    [entry("a", 1).resource, 2],
    [entry("a", 2).resource, 0],
  ]);
});

test("an entry given up is buried and those behind it go on", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks(
    ({ resource }) => {
      if (resource === entry("a", 1).resource) throw new Error("never");
    },
    () => ({ kind: "dead", reason: "gone" }),
  );
  {
    await using _worker = await start(fresh.database, tasks);
    await new PostgresInbox(fresh.database, clock).accept([entry("a", 1), entry("a", 2)]);
    await tasks.ended(2);
  }
  expect(tasks.buried).toEqual([{ resource: entry("a", 1).resource, reason: "gone" }]);
  const rows = await fresh.database.query(
    `SELECT state, failure, content IS NULL AS emptied FROM ${schema}.inbox ORDER BY id`,
  );
  expect(rows).toEqual([
    { state: "dead", failure: "gone", emptied: false },
    { state: "done", failure: null, emptied: true },
  ]);
});

test("an entry that failed often lets those behind it pass", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks(
    ({ resource }) => {
      if (resource === entry("a", 1).resource) throw new Error("stuck");
    },
    (_error, { attempts }) => ({
      kind: "retry",
      atMs: Date.now() + (attempts < attemptsThatHoldOrder - 1 ? 0 : 3_600_000),
      code: "stuck",
    }),
  );
  await using _worker = await start(fresh.database, tasks);
  await new PostgresInbox(fresh.database, clock).accept([entry("a", 1), entry("a", 2)]);
  await tasks.ended(1);
  expect(tasks.processed.map(({ resource }) => resource)).toEqual([entry("a", 2).resource]);
  expect(tasks.retries).toHaveLength(attemptsThatHoldOrder);
});

test("files do not wait for one that failed before them, and a retry comes in its time", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks(
    ({ resource, attempts }) => {
      if (resource === entry("copies/0", 1).resource && attempts === 0) throw new Error("once");
    },
    () => ({ kind: "retry", atMs: Date.now() + 50, code: "once" }),
  );
  await using _worker = await start(fresh.database, tasks);
  await new PostgresInbox(fresh.database, clock).accept([entry("copies/0", 1), entry("copies/0", 2)]);
  await tasks.ended(2);
  expect(tasks.processed.map(({ resource }) => resource)).toEqual(
    [2, 1].map((number) => entry("copies/0", number).resource),
  );
});

test("files that come later do not wait for the retry of one that failed", async () => {
  await using fresh = await migratedDatabase();
  const { promise: failed, resolve } = Promise.withResolvers<void>();
  const tasks = new RecordedTasks(
    ({ resource }) => {
      if (resource === entry("copies/0", 1).resource) throw new Error("down");
    },
    () => {
      resolve();
      return { kind: "retry", atMs: Date.now() + 3_600_000, code: "down" };
    },
  );
  await using _worker = await start(fresh.database, tasks);
  const inbox = new PostgresInbox(fresh.database, clock);
  await inbox.accept([entry("copies/0", 1)]);
  await failed;
  const planned = `SELECT 1 FROM ${workerSchema}.jobs WHERE run_at > now() + interval '1 minute'`;
  while ((await fresh.database.query(planned)).length === 0);
  await inbox.accept([entry("copies/0", 2)]);
  await tasks.ended(1);
  expect(tasks.processed.map(({ resource }) => resource)).toEqual([entry("copies/0", 2).resource]);
});

test("a stopped worker finishes the entry in hand and leaves the rest for the next", async () => {
  await using fresh = await migratedDatabase();
  const inbox = new PostgresInbox(fresh.database, clock);
  const entered = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  const first = new RecordedTasks(async () => {
    entered.resolve();
    await leave.promise;
  });
  const worker = await start(fresh.database, first);
  await inbox.accept([entry("a", 1), entry("a", 2)]);
  await entered.promise;
  const stopped = worker[Symbol.asyncDispose]();
  leave.resolve();
  await stopped;
  expect(first.processed.map(({ resource }) => resource)).toEqual([entry("a", 1).resource]);
  const next = new RecordedTasks();
  await using _next = await start(fresh.database, next);
  await next.ended(1);
  expect(next.processed.map(({ resource }) => resource)).toEqual([entry("a", 2).resource]);
});

test("work whose job is lost with its node is found again", async () => {
  await using fresh = await migratedDatabase();
  await new PostgresInbox(fresh.database, clock).accept([entry("a", 1)]);
  await fresh.database.query(`UPDATE ${schema}.inbox SET due_at_ms = due_at_ms - ${forgottenAfterMs + 1}`);
  await fresh.database.query(
    `UPDATE ${workerSchema}._private_jobs SET locked_by = 'a dead node', locked_at = now(), attempts = 1`,
  );
  const tasks = new RecordedTasks();
  await using worker = await start(fresh.database, tasks);
  expect(await worker.sweep()).toBe(1);
  await tasks.ended(1);
  expect(tasks.processed).toHaveLength(1);
});

test("a node whose clock is an hour ahead holds up nobody, and tries again in time", async () => {
  await using fresh = await migratedDatabase();
  const ahead = { now: () => Date.now() + 3_600_000 };
  await new PostgresInbox(fresh.database, ahead).accept([entry("a", 1)]);
  const tasks = new RecordedTasks(
    ({ attempts }) => {
      if (attempts === 0) throw new Error("once");
    },
    () => ({ kind: "retry", atMs: ahead.now() + 10, code: "once" }),
  );
  {
    const parts = { recurring: [], log: silentLog, tasks };
    await using _fast = await InboxWorker.start({ ...parts, database: fresh.database, clock: ahead });
    await tasks.ended(1);
  }
  await new PostgresInbox(fresh.database, ahead).accept([entry("a", 2)]);
  const others = new RecordedTasks();
  await using _right = await start(fresh.database, others);
  await others.ended(1);
  expect([tasks.processed.length, others.processed.length]).toEqual([1, 1]);
});

test("nothing is left open after a worker was disposed", async () => {
  await using fresh = await migratedDatabase();
  const worker = await start(fresh.database, new RecordedTasks());
  await worker[Symbol.asyncDispose]();
  await worker[Symbol.asyncDispose]();
  await fresh.database[Symbol.asyncDispose]();
  expect(fresh.database.pool.totalCount).toBe(0);
  await using other = new Database({ dataSource: fresh.url, log: silentLog, maxConnections: 1 });
  expect(await connectionsLeft(other)).toBe(0);
});

test("work goes on after every connection to the database was cut", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks();
  await using _worker = await start(fresh.database, tasks);
  const inbox = new PostgresInbox(fresh.database, clock);
  await inbox.accept([entry("a", 1)]);
  await tasks.ended(1);
  await using other = new Database({ dataSource: fresh.url, log: silentLog, maxConnections: 1 });
  await other.query(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await new PostgresInbox(other, clock).accept([entry("a", 2), entry("b", 1)]);
  await tasks.ended(3);
  expect(tasks.processed.map(({ resource }) => resource).sort()).toEqual([
    entry("a", 1).resource,
    entry("a", 2).resource,
    entry("b", 1).resource,
  ]);
}, 20_000);

test("work goes on after the database was away in the middle of it", async () => {
  await using postgres = await startPostgres();
  const url = await postgres.createDatabase("away");
  await using database = new Database({ dataSource: url, log: silentLog });
  await migrate(database, silentLog);
  const halfway = Promise.withResolvers<void>();
  const tasks = new RecordedTasks(
    async () => {
      await database.query("SELECT pg_sleep(0.002)");
      if (tasks.processed.length === 50) halfway.resolve();
    },
    () => ({ kind: "retry", atMs: Date.now() + 100, code: "database" }),
  );
  const lanes = Array.from({ length: 20 }, (_, index) => `lane-${index}`);
  await new PostgresInbox(database, clock).accept(
    lanes.flatMap((lane) => [1, 2, 3, 4, 5].map((number) => entry(lane, number))),
  );
  await using _worker = await start(database, tasks);
  await halfway.promise;
  // A rejection that nobody hears ends the process, and this test.
  await postgres.halt();
  await postgres.resume();
  // What was done when the record of it was lost is done again; its delivery is found in the log then.
  const different = () => new Set(tasks.processed.map(({ resource }) => resource)).size;
  for (let ended = 100; different() < 100; ended += 1) await tasks.ended(ended);
  expect(different()).toBe(100);
}, 30_000);
