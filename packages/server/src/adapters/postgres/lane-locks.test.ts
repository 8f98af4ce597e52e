import { expect, test } from "bun:test";
import { Database } from "./database.ts";
import { LaneLocks } from "./lane-locks.ts";
import { migratedDatabase, silentLog } from "./testing/database.ts";

test("a lane belongs to one node until it lets go", async () => {
  await using fresh = await migratedDatabase();
  await using one = new LaneLocks(fresh.database, silentLog);
  await using two = new LaneLocks(fresh.database, silentLog);
  const lease = await one.tryAcquire("lane");
  if (typeof lease === "string") throw new Error("the lane was free");
  expect(await two.tryAcquire("lane")).toBe("busy-elsewhere");
  expect(typeof (await two.tryAcquire("other"))).toBe("object");
  await lease.release();
  expect(typeof (await two.tryAcquire("lane"))).toBe("object");
});

test("the holder learns once that somebody wanted its lane", async () => {
  await using fresh = await migratedDatabase();
  await using locks = new LaneLocks(fresh.database, silentLog);
  const lease = await locks.tryAcquire("lane");
  if (typeof lease === "string") throw new Error("the lane was free");
  expect(lease.takeWish()).toBe(false);
  expect(await locks.tryAcquire("lane")).toBe("busy-here");
  expect(lease.takeWish()).toBe(true);
  expect(lease.takeWish()).toBe(false);
});

test("a broken session loses its lanes, and others may have them", async () => {
  await using fresh = await migratedDatabase();
  await using one = new LaneLocks(fresh.database, silentLog);
  await using two = new LaneLocks(fresh.database, silentLog);
  const lease = await one.tryAcquire("lane");
  if (typeof lease === "string") throw new Error("the lane was free");
  await fresh.database.query(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
  );
  expect(typeof (await two.tryAcquire("lane"))).toBe("object");
  expect(lease.isLost).toBe(true);
  await lease.release();
  expect(await one.tryAcquire("lane")).toBe("busy-elsewhere");
});

test("an unreachable database leaves the lane free for the next attempt", async () => {
  await using database = new Database({ dataSource: "postgres://nobody@127.0.0.1:1/none", log: silentLog });
  await using locks = new LaneLocks(database, silentLog);
  const attempts = [
    await locks.tryAcquire("lane").catch((error: unknown) => error),
    await locks.tryAcquire("lane").catch((error: unknown) => error),
  ];
  for (const attempt of attempts)
    expect(attempt).toMatchObject({ name: "PostgresError", code: "unreachable" });
});
