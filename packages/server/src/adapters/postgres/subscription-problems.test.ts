import { expect, test } from "bun:test";
import { PostgresResyncRequests } from "./resync-requests.ts";
import { PostgresSubscriptionProblems } from "./subscription-problems.ts";
import { migratedDatabase } from "./testing/database.ts";

test("a problem keeps the time it was first seen until another takes its place", async () => {
  await using fresh = await migratedDatabase();
  const problems = new PostgresSubscriptionProblems(fresh.database);
  await problems.record("ann", "forbidden", 1);
  await problems.record("ann", "forbidden", 2);
  expect(await problems.list()).toEqual([{ owner: "ann", code: "forbidden", sinceMs: 1 }]);
  await problems.record("ann", "limit-reached", 3);
  expect(await problems.list()).toEqual([{ owner: "ann", code: "limit-reached", sinceMs: 3 }]);
  await problems.clear("ann");
  expect(await problems.list()).toEqual([]);
});

test("a gap begins at the earliest time noted for it", async () => {
  await using fresh = await migratedDatabase();
  const resync = new PostgresResyncRequests(fresh.database);
  await resync.note("ann", 20);
  await resync.note("ann", 10);
  await resync.note("ann", 30);
  await resync.note("tenant", 5);
  expect(await resync.list()).toEqual([
    { owner: "tenant", sinceMs: 5 },
    { owner: "ann", sinceMs: 10 },
  ]);
  await resync.remove("ann");
  expect(await resync.list()).toEqual([{ owner: "tenant", sinceMs: 5 }]);
});
