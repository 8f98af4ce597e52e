import "reflect-metadata";
import { beforeAll, expect, test } from "bun:test";
import { cryptoProvider, X509CertificateGenerator } from "@peculiar/x509";
import { CertificateSealing } from "./content-sealing.ts";
import { RichNotificationDecryption } from "./notification-decryption.ts";

const ours = { certificate: "", privateKey: "" };

beforeAll(async () => {
  cryptoProvider.set(crypto);
  const publicExponent = new Uint8Array([1, 0, 1]);
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", publicExponent, modulusLength: 2048 };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const made = await X509CertificateGenerator.createSelfSigned({ signingAlgorithm: algorithm, keys });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  ours.certificate = Buffer.from(made.rawData).toString("base64");
  ours.privateKey = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
});

const sealing = () =>
  new CertificateSealing({ current: async () => ({ id: "c1", certificate: ours.certificate }) });
const opening = () =>
  new RichNotificationDecryption(async (id) => (id === "c1" ? ours.privateKey : undefined));
const message = { id: "1", body: { content: "<p>Grüße 🙂</p>" }, from: null };

test("what was sealed is opened like a notification of Graph's", async () => {
  expect(await opening().decrypt(await sealing().seal(message))).toEqual(message);
});

test("nothing of the message can be read in what is stored", async () => {
  const stored = JSON.stringify(await sealing().seal({ body: { content: "meet me at noon" } }));
  for (const text of ["meet me", Buffer.from("meet me at noon").toString("base64")])
    expect(stored).not.toContain(text);
});

test("the same message is never sealed alike twice", async () => {
  const [one, other] = [await sealing().seal(message), await sealing().seal(message)];
  expect(one.data).not.toBe(other.data);
  expect(one.dataKey).not.toBe(other.dataKey);
});
