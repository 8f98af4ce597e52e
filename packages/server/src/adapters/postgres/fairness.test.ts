import { expect, test } from "bun:test";
import { type Database, schema, workerSchema } from "./database.ts";
import { agedAfterMs, wakeForgotten } from "./drain-job.ts";
import { PostgresInbox } from "./inbox.ts";
import { turnMs } from "./lane-drain.ts";
import { ManualTime, migratedDatabase, silentLog } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { RecordedTasks } from "./testing/recorded-tasks.ts";
import { InboxWorker } from "./worker.ts";

/** A node's workers, and so the turns that are under way when something new comes. */
const workers = 24;
const messageMs = turnMs / 5;

/** A clock that moves with the work, so that a turn holds five messages however fast the machine is. */
class WorkedTime extends ManualTime {
  override nowMs = Date.now();
}

function start(database: Database, tasks: RecordedTasks, clock: ManualTime): Promise<InboxWorker> {
  return InboxWorker.start({ database, tasks, recurring: [], clock, log: silentLog });
}

const range = (count: number) => Array.from({ length: count }, (_, number) => number);

test("a group that never stops writing delays nobody else by more than the turns under way", async () => {
  await using fresh = await migratedDatabase();
  const time = new WorkedTime();
  const inbox = new PostgresInbox(fresh.database, time);
  // One group of sixty connected people: each message comes once for each of them.
  const [people, messages] = [60, 20];
  await inbox.accept(
    range(people).flatMap((person) => range(messages).map((number) => entry(`p${person}`, number))),
  );
  const begun = Promise.withResolvers<void>();
  let worked = 0;
  let workedWhenStored = 0;
  const tasks = new RecordedTasks(async ({ lane }) => {
    worked += 1;
    time.nowMs += Math.round(messageMs / workers);
    if (worked === 1) begun.resolve();
    if (lane !== "quiet") await fresh.database.query("SELECT pg_sleep(0.002)");
  });
  await using _worker = await start(fresh.database, tasks, time);
  await begun.promise;
  await inbox.accept([entry("quiet", 1)]);
  workedWhenStored = worked;
  await tasks.ended(people * messages + 1);
  const place = tasks.processed.findIndex(({ lane }) => lane === "quiet");
  // The turns under way and those of the jobs fetched along with them, a small part of the twelve hundred.
  expect(place - workedWhenStored).toBeLessThan(people * messages * 0.3);
}, 20_000);

test("a long lane gives way after its turn, and goes on when the others have had theirs", async () => {
  await using fresh = await migratedDatabase();
  const time = new WorkedTime();
  const inbox = new PostgresInbox(fresh.database, time);
  await inbox.accept(range(40).map((number) => entry("long", number)));
  const tasks = new RecordedTasks(() => {
    time.nowMs += messageMs;
  });
  await using _worker = await start(fresh.database, tasks, time);
  await tasks.ended(40);
  expect(tasks.processed.map(({ resource }) => resource)).toEqual(
    range(40).map((number) => entry("long", number).resource),
  );
});

test("a lane that has waited a minute behind others is brought forward", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const inbox = new PostgresInbox(fresh.database, time);
  await inbox.acceptLate([entry("late", 1)]);
  const priority = async () =>
    (await fresh.database.query<{ priority: number }>(`SELECT priority FROM ${workerSchema}.jobs`))[0]
      ?.priority;
  const wait = (ms: number) =>
    fresh.database.query(`UPDATE ${schema}.inbox SET due_at_ms = due_at_ms - $1::bigint`, [ms]);
  await wait(agedAfterMs / 2);
  expect(await wakeForgotten(fresh.database)).toBe(0);
  expect(await priority()).toBe(2);
  await wait(agedAfterMs / 2);
  expect(await wakeForgotten(fresh.database)).toBe(1);
  expect(await priority()).toBe(0);
});
