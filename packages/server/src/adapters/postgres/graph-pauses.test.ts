import { expect, test } from "bun:test";
import { systemTimers } from "../../application/timers.ts";
import { Database } from "./database.ts";
import { PostgresGraphPauses } from "./graph-pauses.ts";
import { StandingSession } from "./standing-session.ts";
import { ManualTime, migratedDatabase, silentLog } from "./testing/database.ts";

/** While its standing session is away a node hears nothing. */
const deaf = { isOpen: false, on: () => undefined, follow: () => undefined };

test("what one node is told, all keep within a second though they hear nothing, each kind by itself", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const [told, other] = [
    new PostgresGraphPauses(fresh.database, time, deaf),
    new PostgresGraphPauses(fresh.database, time, deaf),
  ];
  expect(await other.until("history")).toBe(0);
  const untilMs = time.now() + 60_000;
  await told.pause("history", untilMs);
  expect(await told.until("history")).toBeWithin(untilMs - 10_000, untilMs + 1);
  time.nowMs += 1_000;
  expect(await other.until("history")).toBeWithin(untilMs - 10_000, untilMs + 1_001);
  expect(await other.until("presence")).toBe(0);
});

test("a pause never gets shorter", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const [one, other] = [
    new PostgresGraphPauses(fresh.database, time, deaf),
    new PostgresGraphPauses(fresh.database, time, deaf),
  ];
  await one.pause("chats", time.now() + 500_000);
  await other.pause("chats", time.now() + 300_000);
  const untilMs = await new PostgresGraphPauses(fresh.database, time, deaf).until("chats");
  expect(untilMs - time.now()).toBeWithin(490_000, 500_001);
});

test("a node whose clock is an hour ahead pauses the others no longer than Graph asked, nor itself once it is right", async () => {
  await using fresh = await migratedDatabase();
  const [right, ahead] = [new ManualTime(), new ManualTime()];
  ahead.nowMs += 3_600_000;
  const told = new PostgresGraphPauses(fresh.database, ahead, deaf);
  await told.pause("chats", ahead.now() + 30_000);
  const other = new PostgresGraphPauses(fresh.database, right, deaf);
  expect((await other.until("chats")) - right.now()).toBeWithin(1, 30_001);
  ahead.nowMs -= 3_600_000;
  expect((await told.until("chats")) - ahead.now()).toBeWithin(1, 30_001);
});

test("requests within a second share one look", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  let looks = 0;
  const counted = Object.assign(new Database({ dataSource: fresh.url, log: silentLog, maxConnections: 1 }), {
    query: (sql: string, values?: readonly unknown[]) => {
      looks += 1;
      return fresh.database.query(sql, values);
    },
  });
  await using _open = counted;
  const pauses = new PostgresGraphPauses(counted as Database, time, deaf);
  await Promise.all([pauses.until("chats"), pauses.until("history"), pauses.until("presence")]);
  await pauses.until("chats");
  expect(looks).toBe(1);
  time.nowMs += 1_000;
  await pauses.until("chats");
  time.nowMs -= 3_600_000;
  await pauses.until("chats");
  expect(looks).toBe(3);
});

test("a node keeps what it was told when the database is away", async () => {
  await using fresh = await migratedDatabase();
  const closed = new Database({ dataSource: fresh.url, log: silentLog });
  await closed[Symbol.asyncDispose]();
  const pauses = new PostgresGraphPauses(closed, new ManualTime(), deaf);
  await pauses.pause("presence", 700);
  expect(await pauses.until("presence")).toBe(700);
});

test("a node that hears the others looks once for all, and again when one was told something", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  await using session = new StandingSession({
    database: fresh.database,
    timers: systemTimers,
    log: silentLog,
  });
  await session.open();
  let looks = 0;
  const database = {
    query: (sql: string, values?: readonly unknown[]) => {
      looks += 1;
      return fresh.database.query(sql, values);
    },
  };
  const hearing = new PostgresGraphPauses(database as Database, time, session);
  expect(await hearing.until("chats")).toBe(0);
  time.nowMs += 3_600_000;
  expect(await hearing.until("history")).toBe(0);
  expect(looks).toBe(1);
  const heard = Promise.withResolvers<void>();
  session.on("pauses", () => heard.resolve());
  await new PostgresGraphPauses(fresh.database, time, deaf).pause("chats", time.now() + 60_000);
  await heard.promise;
  expect((await hearing.until("chats")) - time.now()).toBeWithin(50_000, 60_001);
  expect(looks).toBe(2);
});
