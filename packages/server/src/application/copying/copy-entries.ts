import { createHash } from "node:crypto";
import { laneOf, messageIdDigits } from "../notifications/inbox-entry.ts";
import type { DeliveryKey, InboxEntry } from "../ports.ts";

/**
 * Copying waits in lanes of its own, so that it never holds up a message. Their number is how many messages' files are in
 * memory at once, in all nodes together: Mattermost takes a file in one piece.
 */
export const copyLanes = 2;

const lanePrefix = "copies/";

/** Whether entries of a lane may overtake one that failed: files have no order to keep, messages have. */
export function mayOvertake(lane: string): boolean {
  return lane.startsWith(lanePrefix);
}

/** What of the notification's entry its followers share. */
export type Origin = Pick<
  InboxEntry,
  "subscriptionId" | "resource" | "tenantId" | "encryptedContent" | "receivedAtMs"
>;

/** The work of copying what a delivered message brings. Readers of one message share a lane, and so its pictures. */
export function copyEntry(origin: Origin, key: DeliveryKey): InboxEntry {
  const digest = createHash("sha256").update(`${key.chatId}/${key.messageId}`).digest();
  const lane = `${lanePrefix}${(digest[0] ?? 0) % copyLanes}`;
  return entryOf(origin, key, { lane, changeType: "copy", version: "copy" });
}

/**
 * The work of attaching what has been copied so far: a moment's work in the lane of the chat, where nothing else changes
 * the same post meanwhile. Mattermost replaces posts as a whole, and deletes the files that the replacement leaves out.
 */
export function attachEntry(
  origin: Origin,
  key: DeliveryKey,
  { settled, scope }: { readonly settled: number; readonly scope: "users" | "tenant" },
): InboxEntry {
  const lane = laneOf(scope === "users" ? key.userId : undefined, key.chatId);
  return entryOf(origin, key, { lane, changeType: "attach", version: `attach/${settled}` });
}

function entryOf(
  { subscriptionId, resource, tenantId, encryptedContent, receivedAtMs }: Origin,
  { userId, chatId, messageId }: DeliveryKey,
  made: Pick<InboxEntry, "lane" | "changeType"> & { readonly version: string },
): InboxEntry {
  const { lane, changeType, version } = made;
  const dedupeKey = `${laneOf(userId, chatId)}/${messageId.padStart(messageIdDigits, "0")}/${version}`;
  return {
    dedupeKey,
    lane,
    subscriptionId,
    userId,
    changeType,
    resource,
    tenantId,
    encryptedContent,
    receivedAtMs,
  };
}
