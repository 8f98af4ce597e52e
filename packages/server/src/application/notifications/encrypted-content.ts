/** The encrypted part of a rich notification, as it came. All fields base64 but the ids. */
export interface EncryptedContent {
  readonly data: string;
  readonly dataSignature: string;
  readonly dataKey: string;
  readonly encryptionCertificateId: string;
  readonly encryptionCertificateThumbprint?: string | undefined;
}

export interface NotificationDecryption {
  /** The decrypted JSON. Throws a {@link PermanentFailure} when the key is gone or the signature does not match. */
  decrypt(content: EncryptedContent): Promise<unknown>;
}
