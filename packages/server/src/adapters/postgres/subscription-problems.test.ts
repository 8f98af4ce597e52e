import { expect, test } from "bun:test";
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
