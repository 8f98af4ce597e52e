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
  expect((await store.byUser("ann"))?.expiresAtMs).toBe(20);
  expect([...(await store.byIds(["one", "tenant", "unknown"])).keys()].sort()).toEqual(["one", "tenant"]);
  expect((await store.byId("tenant"))?.userId).toBeUndefined();
  await store.remove("one");
  expect((await store.list()).map(({ id }) => id)).toEqual(["tenant"]);
  expect(await store.byUser("ann")).toBeUndefined();
});

test("of two subscriptions of a person the one that lasts longer counts", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresSubscriptions(fresh.database);
  await store.save(one);
  await store.save({ ...one, id: "two", expiresAtMs: 99 });
  expect((await store.byUser("ann"))?.id).toBe("two");
});
