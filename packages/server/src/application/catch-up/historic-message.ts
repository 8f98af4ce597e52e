import { type ChatMessage, ChatMessageError, parseChatMessage } from "../../domain/chat-message.ts";
import type { ChangeType, InboxEntry } from "../inbox/inbox.ts";
import type { EncryptedContent } from "../notifications/encrypted-content.ts";
import { catchUpOrigin, toInboxEntry } from "../notifications/inbox-entry.ts";

/** A message that was read instead of announced. */
export interface HistoricMessage {
  readonly message: ChatMessage;
  readonly json: unknown;
}

/** Undefined when Graph sent something that is no message of a chat: there is nothing to bring anyone. */
export function historicMessage(json: unknown): HistoricMessage | undefined {
  try {
    return { message: parseChatMessage(json), json };
  } catch (error) {
    if (error instanceof ChatMessageError) return undefined;
    throw error;
  }
}

/** An edit or a deletion; reactions change nothing that is shown. */
export interface HistoricChange {
  readonly changeType: ChangeType;
  readonly changedAtMs: number;
}

/** What was last done to a message, `undefined` when it is as it was sent. */
export function lastChange({ message }: HistoricMessage): HistoricChange | undefined {
  const { deletedAtMs, editedAtMs } = message;
  if (deletedAtMs !== undefined) return { changeType: "deleted", changedAtMs: deletedAtMs };
  return editedAtMs === undefined ? undefined : { changeType: "updated", changedAtMs: editedAtMs };
}

/**
 * The entry that a notification of the same message would be: same lane, same dedupe key. The key of a change is its time:
 * what a notification brought already is brought once more, and changes nothing. Its content comes later.
 */
export function entryFor(
  { message: { chatId, id: messageId } }: HistoricMessage,
  context: { readonly userId: string | undefined; readonly tenantId: string; readonly receivedAtMs: number },
  {
    change,
    content,
  }: {
    readonly change?: HistoricChange | undefined;
    readonly content?: EncryptedContent | undefined;
  } = {},
): InboxEntry {
  const kept = {
    subscriptionId: catchUpOrigin,
    changeType: change?.changeType ?? "created",
    resource: `chats('${quoted(chatId)}')/messages('${quoted(messageId)}')`,
    etag: change === undefined ? undefined : `changed at ${change.changedAtMs}`,
    encryptedContent: content,
  } as const;
  return toInboxEntry(kept, { ...context, ids: { chatId, messageId } });
}

/** A quote is doubled within an OData literal, and a percent sign would be read as the start of a code. */
function quoted(id: string): string {
  return id.replaceAll("%", "%25").replaceAll("'", "''");
}
