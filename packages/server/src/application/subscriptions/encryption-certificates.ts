/** One certificate is current; older ones stay readable while notifications encrypted for them may arrive. */
export interface EncryptionCertificates {
  current(): Promise<{ readonly id: string; readonly certificate: string }>;
}
