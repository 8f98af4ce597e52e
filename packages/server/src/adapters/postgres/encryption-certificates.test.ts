import { expect, test } from "bun:test";
import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  X509Certificate,
} from "node:crypto";
import type { Randomness } from "../../application/randomness.ts";
import type { Database } from "./database.ts";
import { schema } from "./database.ts";
import { StoredEncryptionCertificates } from "./encryption-certificates.ts";
import { SecretBox } from "./secret-box.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";

const dayMs = 24 * 60 * 60 * 1000;
let names = 0;
const randomness: Randomness = { token: () => `certificate-${++names}`, mattermostId: () => "unused" };

function certificates(database: Database, time: ManualTime): StoredEncryptionCertificates {
  return new StoredEncryptionCertificates(database, new SecretBox("k".repeat(32)), time, randomness);
}

test("the certificate and the stored key belong together, as Graph uses them", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const { id, certificate } = await certificates(fresh.database, time).current();
  const parsed = new X509Certificate(Buffer.from(certificate, "base64"));
  expect(parsed.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(Date.parse(parsed.validFrom)).toBeLessThan(time.now());
  expect(Date.parse(parsed.validTo)).toBeGreaterThan(time.now() + 300 * dayMs);
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" };
  const sealed = publicEncrypt(
    { key: createPublicKey(parsed.publicKey.export({ type: "spki", format: "pem" })), ...padding },
    Buffer.from("key"),
  );
  const privateKey = await certificates(fresh.database, time).privateKey(id);
  expect(privateDecrypt({ key: createPrivateKey(privateKey ?? ""), ...padding }, sealed).toString()).toBe(
    "key",
  );
});

test("private keys are not readable in the database", async () => {
  await using fresh = await migratedDatabase();
  await certificates(fresh.database, new ManualTime()).current();
  const rows = await fresh.database.query<{ private_key: Buffer }>(
    `SELECT private_key FROM ${schema}.encryption_certificates`,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.private_key.toString("latin1")).not.toContain("PRIVATE KEY");
});

test("all nodes use the same certificate, also when they ask at once", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const nodes = [1, 2, 3].map(() => certificates(fresh.database, time));
  const found = await Promise.all(nodes.map((node) => node.current()));
  expect(new Set(found.map(({ id }) => id)).size).toBe(1);
  expect(await fresh.database.query(`SELECT count(*) FROM ${schema}.encryption_certificates`)).toEqual([
    { count: 1 },
  ]);
});

test("a certificate is replaced a month before its end and stays readable until its end is past", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const node = certificates(fresh.database, time);
  const old = await node.current();
  time.nowMs += 334 * dayMs;
  expect((await node.current()).id).toBe(old.id);
  time.nowMs += 2 * dayMs;
  expect((await node.current()).id).not.toBe(old.id);
  expect(await node.privateKey(old.id)).toContain("PRIVATE KEY");
  expect(await node.removeEnded()).toBe(0);
  time.nowMs += 60 * dayMs;
  expect(await node.removeEnded()).toBe(1);
  expect(await node.privateKey(old.id)).toBeUndefined();
});
