import { expect, test } from "bun:test";
import { PostgresSubscriptions } from "./subscription-store.ts";
import { migratedDatabase } from "./testing/database.ts";

const one = {
  id: "one",
  userId: "ann",
  resource: "/r",
  clientStateHash: "h",
  certificateId: "c",
  expiresAtMs: 10,
};

test("a subscription is kept, changed and removed", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresSubscriptions(fresh.database);
  await store.save(one);
  await store.save({ ...one, id: "tenant", userId: undefined });
  expect(await store.byId("one")).toEqual(one);
  await store.save({ ...one, expiresAtMs: 20 });
  expect((await store.byId("one"))?.expiresAtMs).toBe(20);
  expect([...(await store.byIds(["one", "tenant", "unknown"])).keys()].sort()).toEqual(["one", "tenant"]);
  expect((await store.byId("tenant"))?.userId).toBeUndefined();
  await store.remove("one");
  expect((await store.list()).map(({ id }) => id)).toEqual(["tenant"]);
});

test("those that concern a person are theirs and the one for all, the longest lasting first", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresSubscriptions(fresh.database);
  for (const [id, userId, expiresAtMs] of [
    ["one", "ann", 10],
    ["two", "ann", 99],
    ["of ben", "ben", 50],
    ["tenant", undefined, 20],
  ] as const)
    await store.save({ ...one, id, userId, expiresAtMs });
  expect((await store.concerning("ann")).map(({ id }) => id)).toEqual(["two", "tenant", "one"]);
  expect((await store.concerning("cleo")).map(({ id }) => id)).toEqual(["tenant"]);
});

test("a subscription is active until the moment it expires", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresSubscriptions(fresh.database);
  await store.save(one);
  await store.save({ ...one, id: "two", expiresAtMs: 11 });
  expect([await store.countActive(9), await store.countActive(10), await store.countActive(11)]).toEqual([
    2, 1, 0,
  ]);
});
