import { expect, test } from "bun:test";
import { connect, createServer, type Socket } from "node:net";
import { execute, withDatabase } from "@msteams-notifications/local-postgres";
import { RecordedLog } from "../../application/testing/observed.ts";
import { ManualTimers } from "../../application/testing/time.ts";
import { Database } from "./database.ts";
import { signal, signalChannel } from "./signals.ts";
import { StandingSession } from "./standing-session.ts";
import { connectionsLeft, type MigratedDatabase, migratedDatabase, silentLog } from "./testing/database.ts";
import { killSession, until } from "./testing/inbox-node.ts";

/** Session and follower, with a clock that a test moves. */
function standing(database: Database) {
  const timers = new ManualTimers();
  const log = new RecordedLog();
  const session = new StandingSession({ database, timers, log });
  const told: string[] = [];
  const follow = () =>
    session.follow({ opened: () => told.push("opened"), closed: () => told.push("closed") });
  return { session, timers, log, told, follow };
}

async function tell(database: Database, payload: string): Promise<void> {
  await database.query("SELECT pg_notify($1, $2)", [signalChannel, payload]);
}

async function pidOf(session: StandingSession): Promise<number | undefined> {
  return (await session.query<{ pid: number }>("SELECT pg_backend_pid() AS pid"))[0]?.pid;
}

/** Nobody comes in any more; who is in stays, as the connection that a test asks on. */
async function refuse({ database, url }: MigratedDatabase): Promise<void> {
  await database.query("SELECT 1");
  await allow(url, false);
}

async function allow(url: string, isAllowed = true): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await execute(withDatabase(url, "postgres"), `ALTER DATABASE "${name}" ALLOW_CONNECTIONS ${isAllowed}`);
}

/**
 * Between a session and its server: passes on what either says until told to be silent, or until these words come by, as a
 * network that lost a host.
 */
async function silentable(url: string, lastWords?: string) {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  const world = { isSilent: false };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    sockets.push(near, far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (data) => {
        if (lastWords !== undefined && data.includes(lastWords)) world.isSilent = true;
        if (!world.isSilent) to.write(data);
      });
      from.on("error", () => undefined);
      from.on("end", () => world.isSilent || to.end());
      from.on("close", () => world.isSilent || to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const through = new URL(url);
  through.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: through.href,
    get isSilent() {
      return world.isSilent;
    },
    silence() {
      world.isSilent = true;
    },
    hear() {
      world.isSilent = false;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("a session hears what is told by topic, its own words included, and only while it listens", async () => {
  await using fresh = await migratedDatabase();
  const { session } = standing(fresh.database);
  await using _session = session;
  const heard: string[] = [];
  const last = Promise.withResolvers<void>();
  await session.open();
  session.on("connections", (told) => heard.push(`one ${told}`));
  session.on("connections", (told) => heard.push(`two ${told}`));
  session.on("chats", (told) => heard.push(`chat ${told}`));
  session.on("pauses", () => last.resolve());
  await tell(fresh.database, signal("connections", "ann"));
  await tell(fresh.database, signal("lanes", "[]"));
  await tell(fresh.database, "what a newer version tells");
  await session.query("SELECT pg_notify($1, $2)", [signalChannel, signal("chats", "19:a b")]);
  await tell(fresh.database, signal("pauses"));
  await last.promise;
  expect(heard).toEqual(["one ann", "two ann", "chat 19:a b"]);
});

test("whoever follows an open session is told so at once, and before that when it opens", async () => {
  await using fresh = await migratedDatabase();
  const { session, told, follow } = standing(fresh.database);
  await using _session = session;
  follow();
  expect([session.isOpen, told]).toEqual([false, []]);
  await session.open();
  expect([session.isOpen, told]).toEqual([true, ["opened"]]);
  follow();
  expect(told).toEqual(["opened", "opened"]);
});

test("a session notices within seconds that the other host is gone", async () => {
  await using fresh = await migratedDatabase();
  const { session } = standing(fresh.database);
  await using _session = session;
  await session.open();
  const settings: Record<string, unknown> = {};
  for (const name of ["tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count"])
    Object.assign(settings, (await session.query(`SHOW ${name}`))[0]);
  expect(settings).toEqual({
    tcp_keepalives_idle: "5",
    tcp_keepalives_interval: "3",
    tcp_keepalives_count: "3",
  });
});

test("a first session that cannot be opened is told as such, with nothing left behind", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers, told, follow } = standing(fresh.database);
  follow();
  await refuse(fresh);
  const error = await session.open().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError" });
  expect([session.isOpen, told, timers.pending]).toEqual([false, [], 0]);
  await session[Symbol.asyncDispose]();
  await allow(fresh.url);
  expect(await connectionsLeft(fresh.database)).toBe(0);
});

test("what is asked while no session is open fails at once", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers } = standing(fresh.database);
  const error = await session.query("SELECT 1").catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError", code: "unreachable" });
  expect(timers.pending).toBe(0);
});

test("a session that broke is opened anew every second until the database lets it in", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers, log, told, follow } = standing(fresh.database);
  await using _session = session;
  await session.open();
  follow();
  await refuse(fresh);
  await killSession(fresh.database, { session });
  for (const _ of [1, 2, 3]) {
    await until(fresh.database, () => timers.pending === 1);
    expect([session.isOpen, told]).toEqual([false, ["opened", "closed"]]);
    timers.advance(999);
    expect(timers.pending).toBe(1);
    timers.advance(1);
  }
  await until(fresh.database, () => timers.pending === 1);
  await allow(fresh.url);
  timers.advance(1_000);
  await until(fresh.database, () => session.isOpen);
  expect(told).toEqual(["opened", "closed", "opened"]);
  // Once for the outage, not for each attempt.
  expect(log.lines).toHaveLength(1);
  const heard = Promise.withResolvers<string>();
  session.on("chats", heard.resolve);
  await tell(fresh.database, signal("chats", "again"));
  expect(await heard.promise).toBe("again");
});

test("one that breaks right after it was opened anew is not opened again at once", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers, told, follow } = standing(fresh.database);
  await using _session = session;
  await session.open();
  follow();
  await killSession(fresh.database, { session });
  await until(fresh.database, () => session.isOpen);
  await killSession(fresh.database, { session });
  await until(fresh.database, () => !session.isOpen);
  expect([told, timers.pending]).toEqual([["opened", "closed", "opened", "closed"], 1]);
  timers.advance(1_000);
  await until(fresh.database, () => session.isOpen);
  // It stands for a second: what breaks it then is another matter.
  timers.advance(1_000);
  expect(timers.pending).toBe(0);
  await killSession(fresh.database, { session });
  await until(fresh.database, () => session.isOpen && told.length === 7);
});

test("an answer that takes ten seconds ends the session, and another is opened", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers, told, follow } = standing(fresh.database);
  await using _session = session;
  await session.open();
  follow();
  const before = await pidOf(session);
  expect(timers.pending).toBe(0);
  const answer = session.query("SELECT pg_sleep(3600)").catch((caught: unknown) => caught);
  timers.advance(9_999);
  expect([session.isOpen, timers.pending]).toEqual([true, 1]);
  timers.advance(1);
  expect(await answer).toMatchObject({ name: "PostgresError", code: "unreachable" });
  await until(fresh.database, () => session.isOpen);
  expect(told).toEqual(["opened", "closed", "opened"]);
  expect(await pidOf(session)).not.toBe(before);
});

test("a statement that fails ends the session, with locks that nobody knows of", async () => {
  await using fresh = await migratedDatabase();
  const { session, told, follow } = standing(fresh.database);
  await using _session = session;
  await session.open();
  follow();
  const error = await session
    .query("SELECT pg_try_advisory_lock(share) AND 1 / (2 - share) > 0 FROM generate_series(1, 2) AS share")
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError", code: "query-failed" });
  const locks = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory'";
  await until(fresh.database, async (database) => (await database.query(locks)).length === 0);
  await until(fresh.database, () => session.isOpen);
  expect(told).toEqual(["opened", "closed", "opened"]);
});

test("a host that is silent while a session is opened anew is tried again", async () => {
  await using fresh = await migratedDatabase();
  await using between = await silentable(fresh.url);
  await using own = new Database({ dataSource: between.url, log: silentLog });
  const { session, timers, told, follow } = standing(own);
  await using _session = session;
  await session.open();
  follow();
  between.silence();
  const hung = session.query("SELECT 1").catch((caught: unknown) => caught);
  timers.advance(10_000);
  expect(await hung).toMatchObject({ code: "unreachable" });
  expect(told).toEqual(["opened", "closed"]);
  // Connecting has a limit of its own.
  await until(fresh.database, () => timers.pending === 1);
  between.hear();
  timers.advance(1_000);
  await until(fresh.database, () => session.isOpen);
  expect(told).toEqual(["opened", "closed", "opened"]);
}, 20_000);

test("a host that falls silent between the connection and the first words is given ten seconds", async () => {
  await using fresh = await migratedDatabase();
  await using between = await silentable(fresh.url, "LISTEN");
  await using own = new Database({ dataSource: between.url, log: silentLog });
  const { session, timers } = standing(own);
  const opened = session.open().catch((caught: unknown) => caught);
  await until(fresh.database, () => between.isSilent);
  timers.advance(10_000);
  expect(await opened).toMatchObject({ name: "PostgresError", code: "unreachable" });
  expect([session.isOpen, timers.pending]).toEqual([false, 0]);
  await session[Symbol.asyncDispose]();
});

test("an end closes the session for good, without telling that it broke", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers, log, told, follow } = standing(fresh.database);
  await session.open();
  follow();
  await session[Symbol.asyncDispose]();
  await session[Symbol.asyncDispose]();
  expect([session.isOpen, told, log.lines, timers.pending]).toEqual([false, ["opened"], [], 0]);
  expect(await connectionsLeft(fresh.database)).toBe(0);
});

test("an end while the database is away leaves no timer, and nothing is opened any more", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers } = standing(fresh.database);
  await session.open();
  await refuse(fresh);
  await killSession(fresh.database, { session });
  await until(fresh.database, () => timers.pending === 1);
  await session[Symbol.asyncDispose]();
  await allow(fresh.url);
  expect([timers.pending, session.isOpen]).toEqual([0, false]);
  expect(await connectionsLeft(fresh.database)).toBe(0);
});

test("an end while a session is opened anew closes that one as well", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers } = standing(fresh.database);
  await session.open();
  const closed = Promise.withResolvers<void>();
  session.follow({ opened: () => undefined, closed: closed.resolve });
  await killSession(fresh.database, { session });
  await closed.promise;
  await session[Symbol.asyncDispose]();
  expect([session.isOpen, timers.pending]).toEqual([false, 0]);
  expect(await connectionsLeft(fresh.database)).toBe(0);
});

test("an end during the first opening closes what was opened", async () => {
  await using fresh = await migratedDatabase();
  const { session, timers } = standing(fresh.database);
  const opening = session.open();
  await session[Symbol.asyncDispose]();
  await opening;
  expect([session.isOpen, timers.pending]).toEqual([false, 0]);
  expect(await connectionsLeft(fresh.database)).toBe(0);
});

test("an end waits a second at most for a host that does not answer", async () => {
  await using fresh = await migratedDatabase();
  await using between = await silentable(fresh.url);
  await using own = new Database({ dataSource: between.url, log: silentLog });
  const { session, timers } = standing(own);
  await session.open();
  between.silence();
  let hasEnded = false;
  const end = session[Symbol.asyncDispose]().then(() => {
    hasEnded = true;
  });
  await until(fresh.database, () => timers.pending === 1);
  expect(hasEnded).toBe(false);
  timers.advance(1_000);
  await end;
  expect(timers.pending).toBe(0);
});
