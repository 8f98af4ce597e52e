import { createHash } from "node:crypto";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";
import type { InboxEntry } from "../inbox/inbox.ts";
import { laneOf, messageIdDigits } from "../notifications/inbox-entry.ts";

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

/**
 * The work of copying what a message brings that stands in its reader's post; `changedAtMs` of an edit, which may bring
 * more, or of a return. Readers of one message share a lane, and so its pictures.
 */
export function copyEntry(
  origin: Origin,
  key: DeliveryKey,
  { changedAtMs }: { readonly changedAtMs?: number | undefined } = {},
): InboxEntry<never> {
  const digest = createHash("sha256").update(`${key.chatId}/${key.messageId}`).digest();
  const lane = `${lanePrefix}${(digest[0] ?? 0) % copyLanes}`;
  const version = changedAtMs === undefined ? "copy" : `copy/${changedAtMs}`;
  const { userId, chatId, messageId } = key;
  const dedupeKey = `${laneOf(userId, chatId)}/${messageId.padStart(messageIdDigits, "0")}/${version}`;
  return { ...sharedOf(origin), userId, lane, changeType: "copy", dedupeKey };
}

/**
 * The work of attaching what has been copied so far: a moment's work in the lane of the chat, where nothing else changes
 * the same post meanwhile. Mattermost replaces posts as a whole, and deletes the files that the replacement leaves out.
 */
export function attachEntry(
  copying: Origin & Pick<InboxEntry, "dedupeKey">,
  key: DeliveryKey,
  { settled, scope }: { readonly settled: number; readonly scope: "users" | "tenant" },
): InboxEntry<never> {
  const lane = laneOf(scope === "users" ? key.userId : undefined, key.chatId);
  return {
    ...sharedOf(copying),
    userId: key.userId,
    lane,
    changeType: "attach",
    // Once for each file that this copying settles: what a message brings may be copied again, see copyEntry.
    dedupeKey: `${copying.dedupeKey}/attach/${settled}`,
  };
}

function sharedOf(origin: Origin): Origin {
  const { subscriptionId, resource, tenantId, encryptedContent, receivedAtMs } = origin;
  return { subscriptionId, resource, tenantId, encryptedContent, receivedAtMs };
}
