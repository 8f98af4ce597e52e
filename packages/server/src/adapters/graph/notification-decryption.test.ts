import { expect, test } from "bun:test";
import { createCipheriv, createHmac, generateKeyPairSync, publicEncrypt, randomBytes } from "node:crypto";
import type { EncryptedContent } from "../../application/notifications/encrypted-content.ts";
import { PermanentFailure } from "../../application/work-failure.ts";
import { type DecryptionRefusal, RichNotificationDecryption } from "./notification-decryption.ts";

const ours = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const decryption = new RichNotificationDecryption(async (id) =>
  id === "ours" ? ours.privateKey : undefined,
);

/** Encrypts as the documentation says Graph does. */
function encrypted(
  plain: string | Uint8Array,
  options: { readonly key?: Buffer; readonly id?: string; readonly publicKey?: string } = {},
): EncryptedContent {
  const key = options.key ?? randomBytes(32);
  const cipher = createCipheriv(
    "aes-256-cbc",
    key.length === 32 ? key : randomBytes(32),
    key.subarray(0, 16),
  );
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    data: data.toString("base64"),
    dataSignature: createHmac("sha256", key).update(data).digest("base64"),
    dataKey: publicEncrypt({ key: options.publicKey ?? ours.publicKey, oaepHash: "sha1" }, key).toString(
      "base64",
    ),
    encryptionCertificateId: options.id ?? "ours",
  };
}

async function refusalOf(content: EncryptedContent): Promise<PermanentFailure & { readonly reason: string }> {
  const error = await decryption.decrypt(content).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PermanentFailure)) throw new Error("The content was not refused.", { cause: error });
  return error;
}

test("what was encrypted for our certificate is read, umlauts and emoji included", async () => {
  const message = { id: "1612289765949", body: { contentType: "html", content: "<p>Grüße 😛</p>" } };
  expect(await decryption.decrypt(encrypted(JSON.stringify(message)))).toEqual(message);
});

test("a certificate that is no longer kept is named as the reason", async () => {
  expect((await refusalOf(encrypted("{}", { id: "gone" }))).reason).toBe(
    "encryption-key-gone" satisfies DecryptionRefusal,
  );
});

test("one changed bit anywhere in the data fails the signature", async () => {
  const content = encrypted('{"id":"1"}');
  const data = Buffer.from(content.data, "base64");
  for (let position = 0; position < data.length; position += 1) {
    const changed = Buffer.from(data);
    changed[position] = (changed[position] ?? 0) ^ 1;
    expect((await refusalOf({ ...content, data: changed.toString("base64") })).reason).toBe(
      "content-signature",
    );
  }
});

test("a signature of another length is refused, not compared", async () => {
  expect((await refusalOf({ ...encrypted("{}"), dataSignature: "AAAA" })).reason).toBe("content-signature");
});

test("a data key encrypted for somebody else is unreadable", async () => {
  const content = encrypted("{}");
  const stranger = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const dataKey = publicEncrypt({ key: stranger.publicKey, oaepHash: "sha1" }, randomBytes(32)).toString(
    "base64",
  );
  const { reason } = await refusalOf({ ...content, dataKey });
  // A runtime with implicit rejection answers noise instead of an error; the signature then fails.
  expect(["data-key-unreadable", "content-signature"]).toContain(reason);
});

test("a new certificate is read with its own key, and the old one still with its own", async () => {
  const next = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const rotating = new RichNotificationDecryption(async (id) => (id === "next" ? next : ours).privateKey);
  for (const [id, { publicKey }] of [
    ["ours", ours],
    ["next", next],
    ["ours", ours],
  ] as const) {
    expect(await rotating.decrypt(encrypted(`"${id}"`, { id, publicKey }))).toBe(id);
  }
});

test("a private key that is none makes the data key unreadable", async () => {
  const broken = new RichNotificationDecryption(async () => "no key");
  await expect(broken.decrypt(encrypted("{}"))).rejects.toMatchObject({ reason: "data-key-unreadable" });
});

test("a data key of the wrong length is unreadable", async () => {
  expect((await refusalOf(encrypted("{}", { key: randomBytes(16) }))).reason).toBe("data-key-unreadable");
});

test("content that is not JSON is refused without quoting it", async () => {
  const error = await refusalOf(encrypted("the secret plan"));
  expect(error.reason).toBe("content-unreadable");
  expect(Bun.inspect(error)).not.toContain("secret plan");
});
