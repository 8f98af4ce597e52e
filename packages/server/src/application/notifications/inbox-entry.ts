import { createHash } from "node:crypto";
import type { ChatMessageIds } from "../../domain/resource-path.ts";
import type { InboxEntry } from "../inbox/inbox.ts";
import type { EncryptedContent } from "./encrypted-content.ts";
import type { ChangeItem } from "./notification-body.ts";

/** What of a change the inbox keeps. */
export interface KeptChange extends Pick<ChangeItem, "subscriptionId" | "changeType" | "resource"> {
  readonly etag?: string | undefined;
  readonly encryptedContent?: EncryptedContent | undefined;
}

/** Stands where others name their subscription: the message was read, not announced. */
export const catchUpOrigin = "catch-up";

export interface EntryContext {
  readonly ids: ChatMessageIds;
  readonly userId: string | undefined;
  readonly tenantId: string;
  readonly receivedAtMs: number;
}

/** Long enough for the milliseconds of the next 270 years: keys of a lane sort by the time of their messages. */
export const messageIdDigits = 13;

/**
 * A notification as the inbox keeps it. Its lane is the chat for one person, so that messages keep their order there and
 * nowhere wait for other chats. Creating a message happens once; changes are told apart by their etag or content, and one
 * with neither is kept whenever it comes, because doing it twice does no harm.
 */
export function toInboxEntry(item: KeptChange, context: EntryContext): InboxEntry {
  const { chatId, messageId } = context.ids;
  const lane = laneOf(context.userId, chatId);
  const version = item.changeType === "created" ? "" : `/${versionOf(item, context)}`;
  return {
    dedupeKey: `${lane}/${messageId.padStart(messageIdDigits, "0")}/${item.changeType}${version}`,
    lane,
    subscriptionId: item.subscriptionId,
    userId: context.userId,
    changeType: item.changeType,
    resource: item.resource,
    tenantId: context.tenantId,
    encryptedContent: item.encryptedContent,
    receivedAtMs: context.receivedAtMs,
  };
}

/** Where everything about one chat for one person, or for the tenant, waits its turn. */
export function laneOf(userId: string | undefined, chatId: string): string {
  return `${userId ?? "tenant"}/${chatId}`;
}

function versionOf(item: KeptChange, { receivedAtMs }: EntryContext): string {
  const content = item.etag ?? item.encryptedContent?.dataSignature ?? `at ${receivedAtMs}`;
  return createHash("sha256").update(content).digest("base64url").slice(0, 22);
}
