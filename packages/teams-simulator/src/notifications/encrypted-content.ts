import { constants, createCipheriv, createHmac, publicEncrypt } from "node:crypto";
import type { Randomness } from "../tenant/randomness.ts";
import type { EncryptionCertificate } from "./subscription.ts";

/** The `encryptedContent` of a rich notification; the first three are base64. */
export interface EncryptedContent {
  readonly data: string;
  readonly dataSignature: string;
  readonly dataKey: string;
  readonly encryptionCertificateId: string;
  readonly encryptionCertificateThumbprint: string;
}

// AES-256 and its block (section 4).
const keyBytes = 32;
const blockBytes = 16;

/**
 * Encrypts a resource for the subscriber (section 4): a fresh key per item, AES-256-CBC with PKCS#7 and the key's first 16
 * bytes as initialization vector, HMAC-SHA256 over the ciphertext, the key wrapped by RSA-OAEP with SHA-1.
 */
export function encryptedContent(
  resource: unknown,
  certificate: EncryptionCertificate,
  randomness: Randomness,
): EncryptedContent {
  const key = randomness.bytes(keyBytes);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, blockBytes));
  const data = Buffer.concat([cipher.update(JSON.stringify(resource), "utf8"), cipher.final()]);
  const oaep = { key: certificate.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" };
  return {
    data: data.toString("base64"),
    dataSignature: createHmac("sha256", key).update(data).digest("base64"),
    dataKey: publicEncrypt(oaep, key).toString("base64"),
    encryptionCertificateId: certificate.id,
    encryptionCertificateThumbprint: certificate.thumbprint,
  };
}
