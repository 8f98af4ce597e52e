import { expect, test } from "bun:test";
import { PostgresConnections } from "./connection-store.ts";
import { migratedDatabase } from "./testing/database.ts";

const ann = {
  userId: "ann",
  tenantId: "t",
  teamsUserId: "teams-ann",
  teamsAccount: "ann@example.com",
  connectedAtMs: 5,
};
const ben = { ...ann, userId: "ben", teamsUserId: "teams-ben", teamsAccount: "ben@example.com" };

test("a connection is found from both sides and in full", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresConnections(fresh.database);
  expect(await store.add(ann)).toBe("added");
  expect(await store.add(ben)).toBe("added");
  expect(await store.byMattermostUser("ann")).toEqual(ann);
  expect(await store.byTeamsAccount("t", "teams-ben")).toEqual(ben);
  expect(await store.byTeamsAccount("other-tenant", "teams-ben")).toBeUndefined();
  expect(await store.byTeamsUsers("t", ["teams-ben", "teams-ann", "stranger"])).toEqual([ann, ben]);
  expect(await store.byTeamsUsers("t", [])).toEqual([]);
  expect(await store.list()).toEqual([ann, ben]);
  expect(await store.count()).toBe(2);
});

test("one person has one account and one account one person", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresConnections(fresh.database);
  await store.add(ann);
  expect(await store.add({ ...ben, userId: "ann" })).toBe("person-taken");
  expect(await store.add({ ...ben, teamsUserId: "teams-ann" })).toBe("account-taken");
  const racers = await Promise.all([store.add(ben), store.add({ ...ben, userId: "cid" })]);
  expect(racers.sort()).toEqual(["account-taken", "added"]);
});

test("it is known who of some is connected, and whether anybody else is", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresConnections(fresh.database);
  expect(await store.hasOthers("ann")).toBe(false);
  await store.add(ann);
  expect([await store.hasOthers("ann"), await store.hasOthers("ben")]).toEqual([false, true]);
  await store.add(ben);
  expect(await store.hasOthers("ann")).toBe(true);
  expect(await store.connectedAmong(["ann", "stranger"])).toEqual(new Set(["ann"]));
  expect(await store.connectedAmong([])).toEqual(new Set());
});

test("removing returns the connection once", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresConnections(fresh.database);
  await store.add(ann);
  expect(await store.remove("ann")).toEqual(ann);
  expect(await store.remove("ann")).toBeUndefined();
  expect(await store.count()).toBe(0);
});
