import type { InboxEntry } from "../../../application/inbox/inbox.ts";

/** A notification of message `number` in a lane. */
export function entry(lane: string, number: number): InboxEntry {
  return {
    dedupeKey: `${lane}|created|${String(number).padStart(13, "0")}`,
    lane,
    subscriptionId: "subscription",
    userId: "reader",
    changeType: "created",
    resource: `chats('${lane}')/messages('${number}')`,
    tenantId: "tenant",
    encryptedContent: {
      data: "ZGF0YQ==",
      dataSignature: "c2ln",
      dataKey: "a2V5",
      encryptionCertificateId: "certificate",
    },
    receivedAtMs: 1_790_000_000_000,
  };
}
