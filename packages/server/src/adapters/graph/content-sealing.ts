import {
  constants,
  createCipheriv,
  createHmac,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from "node:crypto";
import type { ContentSealing } from "../../application/catch-up/catch-up-ports.ts";
import type { EncryptedContent } from "../../application/notifications/encrypted-content.ts";
import type { EncryptionCertificates } from "../../application/subscriptions/encryption-certificates.ts";

const dataKeyBytes = 32;
const ivBytes = 16;

/**
 * Encrypts a message for our own certificate exactly as Graph does for rich notifications (facts, section 4), so that a
 * message that was read takes the same way from there on. A fresh key per message, which makes the fixed IV sound.
 */
export class CertificateSealing implements ContentSealing {
  readonly #certificates: EncryptionCertificates;

  constructor(certificates: EncryptionCertificates) {
    this.#certificates = certificates;
  }

  async seal(json: unknown): Promise<EncryptedContent> {
    const { id, certificate } = await this.#certificates.current();
    const { publicKey } = new X509Certificate(Buffer.from(certificate, "base64"));
    const key = randomBytes(dataKeyBytes);
    try {
      const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, ivBytes));
      const data = Buffer.concat([cipher.update(JSON.stringify(json), "utf8"), cipher.final()]);
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      return {
        data: data.toString("base64"),
        dataSignature: createHmac("sha256", key).update(data).digest("base64"),
        dataKey: publicEncrypt({ key: publicKey, padding, oaepHash: "sha1" }, key).toString("base64"),
        encryptionCertificateId: id,
      };
    } finally {
      key.fill(0);
    }
  }
}
