import { expect, test } from "bun:test";
import { PostgresAccessProblems } from "./access-problems.ts";
import { migratedDatabase } from "./testing/database.ts";

const forbidden = { owner: "ann", area: "messages", code: "forbidden", sinceMs: 1 } as const;

test("of all nodes that notice a problem one is the first, and it keeps its time", async () => {
  await using fresh = await migratedDatabase();
  const problems = new PostgresAccessProblems(fresh.database);
  const told = await Promise.all([1, 2, 3].map(() => problems.record(forbidden)));
  expect(told.toSorted()).toEqual(["known", "known", "new"]);
  expect(await problems.record({ ...forbidden, sinceMs: 5 })).toBe("known");
  expect(await problems.list()).toEqual([forbidden]);
});

test("another problem takes its place, and areas stand side by side", async () => {
  await using fresh = await migratedDatabase();
  const problems = new PostgresAccessProblems(fresh.database);
  await problems.record(forbidden);
  expect(await problems.record({ ...forbidden, code: "not-found", sinceMs: 2 })).toBe("new");
  await problems.record({ owner: "application", area: "presence", code: "forbidden", sinceMs: 3 });
  expect((await problems.list()).map(({ owner, code }) => `${owner} ${code}`)).toEqual([
    "ann not-found",
    "application forbidden",
  ]);
});

test("a problem that ended was there once", async () => {
  await using fresh = await migratedDatabase();
  const problems = new PostgresAccessProblems(fresh.database);
  await problems.record(forbidden);
  expect(await problems.clear("ann", "presence")).toBe(false);
  expect(await problems.clear("ann", "messages")).toBe(true);
  expect(await problems.clear("ann", "messages")).toBe(false);
  expect(await problems.record(forbidden)).toBe("new");
});
