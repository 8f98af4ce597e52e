import type { InboxEntry } from "../inbox.ts";

/** An entry of a lane; its key is the lane's and `name`. */
export function entryOf(lane: string, name: string | number): InboxEntry<string> {
  const dedupeKey = `${lane}/${name}`;
  return {
    dedupeKey,
    lane,
    subscriptionId: "s",
    userId: undefined,
    changeType: "created",
    resource: "chats('19:a')/messages('1')",
    tenantId: "tenant-id",
    encryptedContent: undefined,
    receivedAtMs: 0,
    opened: `opened ${dedupeKey}`,
  };
}

/** Everything that follows from what was settled by now, however many promises there are in between. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
