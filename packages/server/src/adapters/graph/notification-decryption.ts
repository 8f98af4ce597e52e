import { createDecipheriv, createHmac, createPrivateKey, timingSafeEqual } from "node:crypto";
import type {
  EncryptedContent,
  NotificationDecryption,
} from "../../application/notifications/encrypted-content.ts";
import { PermanentFailure } from "../../application/work-failure.ts";

/** Why a notification's content cannot be read. The reason of the {@link PermanentFailure}. */
export type DecryptionRefusal =
  | "encryption-key-gone"
  | "data-key-unreadable"
  | "content-signature"
  | "content-unreadable";

/** The private key (PEM) of a certificate by its id; `undefined` when it is not ours or no longer kept. */
export type PrivateKeys = (certificateId: string) => Promise<string | undefined>;

const dataKeyBytes = 32;
const ivBytes = 16;

function refused(reason: DecryptionRefusal, message: string, cause?: unknown): PermanentFailure {
  return new PermanentFailure(reason, message, { cause });
}

/** RSA-OAEP with SHA-1, which is what Graph uses. */
const sealing = { name: "RSA-OAEP", hash: "SHA-1" } as const;

/** Step 2. Web Crypto computes beside the event loop: a millisecond for each message would keep all others waiting. */
async function openDataKey(sealed: string, privateKey: Promise<CryptoKey>): Promise<Buffer> {
  let key: Buffer;
  try {
    key = Buffer.from(await crypto.subtle.decrypt(sealing, await privateKey, Buffer.from(sealed, "base64")));
  } catch (cause) {
    throw refused(
      "data-key-unreadable",
      "The key of a notification cannot be decrypted with our certificate.",
      cause,
    );
  }
  if (key.length !== dataKeyBytes)
    throw refused("data-key-unreadable", "The key of a notification has the wrong length.");
  return key;
}

async function importKey(pem: string): Promise<CryptoKey> {
  const der = createPrivateKey(pem).export({ type: "pkcs8", format: "der" });
  return crypto.subtle.importKey("pkcs8", new Uint8Array(der), sealing, false, ["decrypt"]);
}

/** Step 3: compared in constant time and before anything is decrypted, so that nobody can feed the cipher. */
function checkSignature(data: Buffer, signature: string, key: Buffer): void {
  const expected = createHmac("sha256", key).update(data).digest();
  const actual = Buffer.from(signature, "base64");
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
    throw refused("content-signature", "The content of a notification does not match its signature.");
  }
}

/** Steps 4 and 5: AES-256-CBC with the key's first half as its IV, then UTF-8 JSON. */
function readContent(data: Buffer, key: Buffer): unknown {
  try {
    const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, ivBytes));
    return JSON.parse(Buffer.concat([decipher.update(data), decipher.final()]).toString("utf8"));
  } catch {
    // The cause would quote the text that failed to parse.
    throw refused("content-unreadable", "The content of a notification cannot be decrypted or is not JSON.");
  }
}

/** Opens the encrypted part of rich notifications (change-notifications-with-resource-data, "Decrypting resource data"). */
export class RichNotificationDecryption implements NotificationDecryption {
  readonly #privateKeys: PrivateKeys;
  /** The key used last; certificates change about once a year. */
  #imported: { readonly pem: string; readonly key: Promise<CryptoKey> } | undefined;

  constructor(privateKeys: PrivateKeys) {
    this.#privateKeys = privateKeys;
  }

  async decrypt(content: EncryptedContent): Promise<unknown> {
    const privateKey = await this.#privateKeys(content.encryptionCertificateId);
    if (privateKey === undefined) {
      throw refused(
        "encryption-key-gone",
        "A notification was encrypted for a certificate that is no longer kept.",
      );
    }
    const key = await openDataKey(content.dataKey, this.#import(privateKey));
    try {
      const data = Buffer.from(content.data, "base64");
      checkSignature(data, content.dataSignature, key);
      return readContent(data, key);
    } finally {
      key.fill(0);
    }
  }

  /** Reading a key from its text takes a third of the time that using it does. */
  #import(pem: string): Promise<CryptoKey> {
    if (this.#imported?.pem !== pem) this.#imported = { pem, key: importKey(pem) };
    return this.#imported.key;
  }
}
