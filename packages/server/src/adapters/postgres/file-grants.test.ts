import { expect, test } from "bun:test";
import { PostgresConnections } from "./connection-store.ts";
import { schema } from "./database.ts";
import { PostgresFileGrants } from "./file-grants.ts";
import { SecretBox } from "./secret-box.ts";
import { connectPeople } from "./testing/connected-people.ts";
import { type MigratedDatabase, migratedDatabase } from "./testing/database.ts";

const grant = { refreshToken: "a refresh token", grantedAtMs: 1 };

async function world(fresh: MigratedDatabase) {
  await connectPeople(fresh.database, "ann", "ben");
  const grants = new PostgresFileGrants(fresh.database, new SecretBox("k".repeat(32)));
  await grants.put("ann", grant);
  return grants;
}

test("a refresh token is sealed, and opens for its own person only", async () => {
  await using fresh = await migratedDatabase();
  const grants = await world(fresh);
  expect(await grants.find("ann")).toEqual(grant);
  expect(await grants.find("ben")).toBeUndefined();
  expect(await grants.countMissing()).toBe(1);
  const [row] = await fresh.database.query<{ refresh_token: Buffer }>(
    `SELECT refresh_token FROM ${schema}.file_grants`,
  );
  expect(row?.refresh_token.toString("latin1")).not.toContain("refresh");
  await fresh.database.query(`UPDATE ${schema}.file_grants SET user_id = 'ben'`);
  await expect(grants.find("ben")).rejects.toMatchObject({ code: "secret-unreadable" });
});

test("a renewal replaces the token of its own grant, and of no later one", async () => {
  await using fresh = await migratedDatabase();
  const grants = await world(fresh);
  await grants.renew("ann", { refreshToken: "renewed", grantedAtMs: 1 });
  expect(await grants.find("ann")).toEqual({ refreshToken: "renewed", grantedAtMs: 1 });
  await grants.put("ann", { refreshToken: "connected again", grantedAtMs: 2 });
  await grants.renew("ann", { refreshToken: "too late", grantedAtMs: 1 });
  await grants.remove("ann", 1);
  expect((await grants.find("ann"))?.refreshToken).toBe("connected again");
  await grants.remove("ann", 2);
  await grants.renew("ann", { refreshToken: "too late", grantedAtMs: 2 });
  expect(await grants.find("ann")).toBeUndefined();
});

test("it goes with the connection, and all go when copying is turned off", async () => {
  await using fresh = await migratedDatabase();
  const grants = await world(fresh);
  await grants.put("ben", grant);
  await new PostgresConnections(fresh.database).remove("ann");
  expect(await grants.find("ann")).toBeUndefined();
  expect([await grants.removeAll(), await grants.removeAll()]).toEqual([1, 0]);
});
