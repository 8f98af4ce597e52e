import { expect, test } from "bun:test";
import type { PendingSignIn } from "../../application/connections/sign-in-store.ts";
import { schema } from "./database.ts";
import { SecretBox } from "./secret-box.ts";
import { PostgresSignIns } from "./sign-in-store.ts";
import { migratedDatabase } from "./testing/database.ts";

const box = new SecretBox("k".repeat(32));
const pending: PendingSignIn = {
  stateHash: "hash",
  userId: "ann",
  browserHash: undefined,
  nonce: "nonce",
  codeVerifier: "a PKCE verifier",
  channelId: "channel",
  rootId: "root",
  ephemeralPostId: undefined,
  expiresAtMs: 1_000,
};

test("a sign-in comes back as it was put and its verifier is sealed", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresSignIns(fresh.database, box);
  await store.put(pending);
  expect(await store.get("hash")).toEqual(pending);
  const [row] = await fresh.database.query<{ code_verifier: Buffer }>(
    `SELECT code_verifier FROM ${schema}.sign_ins`,
  );
  expect(row?.code_verifier.toString("latin1")).not.toContain("verifier");
  expect(await store.get("other")).toBeUndefined();
});

test("the last browser that opened the link holds it", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresSignIns(fresh.database, box);
  await store.put(pending);
  expect(await store.bind("hash", "first")).toBe(true);
  expect(await store.bind("hash", "second")).toBe(true);
  expect((await store.get("hash"))?.browserHash).toBe("second");
  expect(await store.bind("other", "first")).toBe(false);
});

test("of many who take a sign-in one gets it", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresSignIns(fresh.database, box);
  await store.put(pending);
  const takes = await Promise.all(Array.from({ length: 8 }, () => store.take("hash")));
  expect(takes.filter((taken) => taken !== undefined)).toEqual([pending]);
});

test("expired sign-ins are removed, others stay", async () => {
  await using fresh = await migratedDatabase();
  const store = new PostgresSignIns(fresh.database, box);
  await store.put(pending);
  await store.put({ ...pending, stateHash: "later", expiresAtMs: 2_000 });
  expect(await store.removeExpired(1_500)).toBe(1);
  expect(await store.get("hash")).toBeUndefined();
  expect(await store.get("later")).toBeDefined();
});
