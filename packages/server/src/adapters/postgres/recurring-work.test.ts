import { expect, test } from "bun:test";
import { startPostgres } from "@msteams-notifications/local-postgres";
import { ManualTimers } from "../../application/testing/time.ts";
import { systemTimers, type Timers } from "../../application/timers.ts";
import { Database, workerSchema } from "./database.ts";
import { migrate } from "./migrate.ts";
import { type RecurringTask, RecurringWork } from "./recurring-work.ts";
import { connectionsLeft, migratedDatabase, silentLog } from "./testing/database.ts";
import { cutConnections, until } from "./testing/inbox-node.ts";

/** Its own schedule comes round once in four years: a test asks for it. */
function task(run: () => Promise<void>): RecurringTask {
  return { name: "count", schedule: "0 0 29 2 *", run };
}

/** What the schedule does when its time has come; a job that waits already is not added again. */
async function ask(database: Database): Promise<void> {
  await database.query(`SELECT ${workerSchema}.add_job('count', job_key => 'count')`);
}

function start(database: Database, run: () => Promise<void>, timers: Timers = systemTimers) {
  return RecurringWork.start({ database, recurring: [task(run)], timers, log: silentLog });
}

/** A task that counts its runs, and lets a test wait for the next. */
function counted() {
  const world = { runs: 0, next: Promise.withResolvers<void>() };
  const run = async () => {
    world.runs += 1;
    world.next.resolve();
    world.next = Promise.withResolvers();
  };
  return { world, run };
}

test("what recurs is run when it is asked for, each time", async () => {
  await using fresh = await migratedDatabase();
  const { world, run } = counted();
  await using _work = await start(fresh.database, run);
  for (const runs of [1, 2, 3]) {
    const { promise } = world.next;
    await ask(fresh.database);
    await promise;
    expect(world.runs).toBe(runs);
    const jobs = `SELECT 1 FROM ${workerSchema}.jobs`;
    await until(fresh.database, async (database) => (await database.query(jobs)).length === 0);
  }
});

test("schedules are known to the database, in UTC and without running what was missed", async () => {
  await using fresh = await migratedDatabase();
  const { world, run } = counted();
  {
    await using _work = await start(fresh.database, run);
    const known = `SELECT identifier, last_execution FROM ${workerSchema}._private_known_crontabs`;
    await until(fresh.database, async (database) => (await database.query(known)).length === 1);
    expect(await fresh.database.query(known)).toEqual([{ identifier: "count", last_execution: null }]);
  }
  expect(world.runs).toBe(0);
});

test("of two nodes one runs what was asked for once", async () => {
  await using fresh = await migratedDatabase();
  await using other = new Database({ dataSource: fresh.url, log: silentLog });
  const { world, run } = counted();
  await using _one = await start(fresh.database, run);
  await using _two = await start(other, run);
  const { promise } = world.next;
  await ask(fresh.database);
  await promise;
  const jobs = `SELECT 1 FROM ${workerSchema}.jobs`;
  await until(fresh.database, async (database) => (await database.query(jobs)).length === 0);
  expect(world.runs).toBe(1);
});

test("a run that fails does not end the queue, and stays to be tried again", async () => {
  await using fresh = await migratedDatabase();
  const { world, run } = counted();
  let isBroken = true;
  await using _work = await start(fresh.database, async () => {
    if (isBroken) throw new Error("broken");
    await run();
  });
  await ask(fresh.database);
  const failed = `SELECT 1 FROM ${workerSchema}.jobs WHERE attempts = 1 AND locked_at IS NULL AND last_error IS NOT NULL`;
  await until(fresh.database, async (database) => (await database.query(failed)).length === 1);
  isBroken = false;
  const { promise } = world.next;
  // Asked for again it is due at once.
  await ask(fresh.database);
  await promise;
  expect(world.runs).toBe(1);
});

test("an end waits for what is under way and begins nothing more", async () => {
  await using fresh = await migratedDatabase();
  const begun = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  const order: string[] = [];
  const work = await start(fresh.database, async () => {
    begun.resolve();
    await free.promise;
    order.push("done");
  });
  await ask(fresh.database);
  await begun.promise;
  const ended = work[Symbol.asyncDispose]().then(() => order.push("ended"));
  await fresh.database.query("SELECT 1");
  expect(order).toEqual([]);
  free.resolve();
  await ended;
  expect(order).toEqual(["done", "ended"]);
  await ask(fresh.database);
  await work[Symbol.asyncDispose]();
  expect(order).toEqual(["done", "ended"]);
});

test("what recurs goes on after every connection was cut", async () => {
  await using fresh = await migratedDatabase();
  await using own = new Database({ dataSource: fresh.url, log: silentLog });
  const { world, run } = counted();
  await using _work = await start(own, run);
  await cutConnections(fresh.database);
  await until(fresh.database, async (database) => {
    await ask(database);
    return world.runs > 0;
  });
}, 30_000);

test("what recurs goes on after the database was away, and leaves nothing open at its end", async () => {
  await using postgres = await startPostgres();
  const url = await postgres.createDatabase("away");
  await using database = new Database({ dataSource: url, log: silentLog });
  await migrate(database, silentLog);
  const { world, run } = counted();
  {
    await using own = new Database({ dataSource: url, log: silentLog });
    await using _work = await start(own, run);
    // A rejection that nobody hears ends the process, and this test.
    await postgres.halt();
    await postgres.resume();
    await until(database, async () => {
      await ask(database);
      return world.runs > 0;
    });
  }
  expect(await connectionsLeft(database)).toBe(0);
}, 30_000);

/** The queue ends when another node migrates its tables to what it does not know. */
async function endQueue(database: Database, timers: ManualTimers): Promise<void> {
  const migrated = `SELECT pg_notify('worker:migrate', '{"breaking": true, "migrationNumber": 999999}')`;
  await until(database, async () => {
    await database.query(migrated);
    return timers.pending === 1;
  });
  // It sets this besides, which is for programs of its own.
  process.exitCode = 0;
}

test("a queue that ended is started again after a second, and does what was asked for", async () => {
  await using fresh = await migratedDatabase();
  const timers = new ManualTimers();
  const { world, run } = counted();
  await using _work = await start(fresh.database, run, timers);
  await endQueue(fresh.database, timers);
  await ask(fresh.database);
  const { promise } = world.next;
  timers.advance(999);
  expect(timers.pending).toBe(1);
  timers.advance(1);
  await promise;
  expect([world.runs, timers.pending]).toEqual([1, 0]);
});

test("an end before the queue was started again leaves no timer behind", async () => {
  await using fresh = await migratedDatabase();
  const timers = new ManualTimers();
  const work = await start(fresh.database, counted().run, timers);
  await endQueue(fresh.database, timers);
  await work[Symbol.asyncDispose]();
  expect(timers.pending).toBe(0);
});

test("an end while the queue is started again waits for that and ends it as well", async () => {
  await using fresh = await migratedDatabase();
  await using own = new Database({ dataSource: fresh.url, log: silentLog });
  const timers = new ManualTimers();
  const work = await start(own, counted().run, timers);
  await endQueue(fresh.database, timers);
  const order: string[] = [];
  const ended = await fresh.database.withConnection(async (client) => {
    await client.query("BEGIN");
    // The first that a queue asks for at its start.
    await client.query(`LOCK TABLE ${workerSchema}.migrations IN ACCESS EXCLUSIVE MODE`);
    timers.advance(1_000);
    const waiting = "SELECT 1 FROM pg_locks WHERE NOT granted";
    await until(fresh.database, async (database) => (await database.query(waiting)).length > 0);
    const ending = work[Symbol.asyncDispose]().then(() => order.push("ended"));
    await fresh.database.query("SELECT 1");
    order.push("begun");
    await client.query("ROLLBACK");
    return { ending };
  });
  await ended.ending;
  expect(order).toEqual(["begun", "ended"]);
  // A queue at work keeps a connection to hear of jobs.
  await until(fresh.database, () => own.pool.totalCount === own.pool.idleCount);
  expect(timers.pending).toBe(0);
});
