import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { claimEncryptionKey, forgetEncryptionKey, isEncryptionKeyKnown } from "./encryption-key.ts";
import { SecretBox } from "./secret-box.ts";
import { migratedDatabase } from "./testing/database.ts";

const first = new SecretBox("a".repeat(32));
const second = new SecretBox("b".repeat(32));

test("the first key is remembered and any other is refused", async () => {
  await using fresh = await migratedDatabase();
  expect(await isEncryptionKeyKnown(fresh.database)).toBe(false);
  await claimEncryptionKey(fresh.database, first);
  await claimEncryptionKey(fresh.database, first);
  expect(await isEncryptionKeyKnown(fresh.database)).toBe(true);
  const error = await claimEncryptionKey(fresh.database, second).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError", code: "encryption-key-changed" });
});

test("two nodes with different keys cannot both claim the database", async () => {
  await using fresh = await migratedDatabase();
  const claims = [first, second].map((box) => claimEncryptionKey(fresh.database, box));
  const results = await Promise.allSettled(claims);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("a lost key can be given up for a new one", async () => {
  await using fresh = await migratedDatabase();
  await claimEncryptionKey(fresh.database, first);
  await forgetEncryptionKey(fresh.database);
  await claimEncryptionKey(fresh.database, second);
  expect(await isEncryptionKeyKnown(fresh.database)).toBe(true);
});

test("the statements of docs/operations.md give a lost key up", async () => {
  const operations = new URL("../../../../../docs/operations.md", import.meta.url);
  const [, section = ""] = (await readFile(operations, "utf8")).split("\n## A lost encryption key\n");
  const [, statements = ""] = /```sql\n(.*?)```/s.exec(section) ?? [];
  await using fresh = await migratedDatabase();
  await claimEncryptionKey(fresh.database, first);
  await fresh.database.pool.query(statements);
  expect(await isEncryptionKeyKnown(fresh.database)).toBe(false);
  await claimEncryptionKey(fresh.database, second);
});
