import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { PostgresError } from "./postgres-error.ts";

/** The only layout so far: version, nonce, ciphertext, tag. */
const version = 1;
/** NIST SP 800-38D, section 8.2: 96 bits; random ones are safe for 2^32 secrets of one key. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals secrets at rest with AES-256-GCM. The key comes from the *encryption key* setting by HKDF. `context` names where
 * a secret belongs, so that it cannot be opened in another column or row.
 */
export class SecretBox {
  readonly #key: Uint8Array;
  /** Tells one key from another without revealing either. */
  readonly fingerprint: string;

  constructor(settingsKey: string) {
    this.#key = derive(settingsKey, "secrets at rest");
    this.fingerprint = Buffer.from(derive(settingsKey, "fingerprint")).toString("hex");
  }

  seal(plaintext: string, context: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
    return Buffer.concat([Buffer.of(version), nonce, sealed, cipher.getAuthTag()]);
  }

  /** Throws {@link PostgresError} `secret-unreadable` for another key, another context or changed bytes. */
  open(sealed: Uint8Array, context: string): string {
    try {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== version) throw new RangeError(`unknown version ${bytes[0]}`);
      const nonce = bytes.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv("aes-256-gcm", this.#key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes));
      return (
        decipher.update(bytes.subarray(1 + nonceBytes, -tagBytes), undefined, "utf8") + decipher.final("utf8")
      );
    } catch (cause) {
      throw new PostgresError(
        "secret-unreadable",
        "A stored secret cannot be read with the encryption key of the settings.",
        {
          cause,
        },
      );
    }
  }
}

function derive(settingsKey: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", settingsKey, "msteams-notifications", purpose, 32));
}
