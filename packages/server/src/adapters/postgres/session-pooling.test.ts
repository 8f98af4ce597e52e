import { expect, test } from "bun:test";
import { systemTimers } from "../../application/timers.ts";
import { mustBelongToUs } from "./session-pooling.ts";
import { StandingSession } from "./standing-session.ts";
import { migratedDatabase, silentLog } from "./testing/database.ts";

test("a session with a connection of its own is let through, and a broken one opened anew", async () => {
  await using fresh = await migratedDatabase();
  const parts = { database: fresh.database, timers: systemTimers, log: silentLog };
  await using session = new StandingSession(parts);
  await session.open();
  await mustBelongToUs(session, fresh.database);
  const reopened = Promise.withResolvers<void>();
  let closed = 0;
  session.follow({
    opened: () => closed > 0 && reopened.resolve(),
    closed: () => {
      closed += 1;
    },
  });
  const [row] = await session.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  await fresh.database.query("SELECT pg_terminate_backend($1, 5000)", [row?.pid]);
  await reopened.promise;
  expect([closed, session.isOpen]).toEqual([1, true]);
  const heard = Promise.withResolvers<string>();
  session.on("connections", heard.resolve);
  await fresh.database.query("SELECT pg_notify('msteams_notifications', 'connections ann')");
  expect(await heard.promise).toBe("ann");
});

test("one that a pooler lends to whoever asks next is told as a problem of the setup", async () => {
  await using fresh = await migratedDatabase();
  // A pooler in transaction mode: the standing session is answered by the connection that others are lent.
  const lent = {
    withConnection: (work: Parameters<typeof fresh.database.withConnection>[0]) =>
      fresh.database.withConnection(work),
  };
  const session = {
    query: (sql: string) => lent.withConnection(async (client) => (await client.query(sql)).rows),
  };
  const error = await mustBelongToUs(session as unknown as StandingSession, fresh.database).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ name: "PostgresError", code: "pooled" });
});
