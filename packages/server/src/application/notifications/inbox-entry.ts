import { createHash } from "node:crypto";
import type { ChatMessageIds } from "../../domain/resource-path.ts";
import type { InboxEntry } from "../ports.ts";
import type { ChangeItem } from "./notification-body.ts";

export interface EntryContext {
  readonly ids: ChatMessageIds;
  readonly userId: string | undefined;
  readonly tenantId: string;
  readonly receivedAtMs: number;
}

/** Long enough for the milliseconds of the next 270 years: keys of a lane sort by the time of their messages. */
const messageIdDigits = 13;

/**
 * A notification as the inbox keeps it. Its lane is the chat for one person, so that messages keep their order there and
 * nowhere wait for other chats. Creating a message happens once; changes are told apart by their etag or content.
 */
export function toInboxEntry(item: ChangeItem, context: EntryContext): InboxEntry {
  const { chatId, messageId } = context.ids;
  const lane = `${context.userId ?? "tenant"}/${chatId}`;
  const version = item.changeType === "created" ? "" : `/${versionOf(item)}`;
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

function versionOf(item: ChangeItem): string {
  const content = item.etag ?? item.encryptedContent?.dataSignature ?? "";
  return createHash("sha256").update(content).digest("base64url").slice(0, 22);
}
