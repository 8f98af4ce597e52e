import { type ChatMessage, ChatMessageError, parseChatMessage } from "../../domain/chat-message.ts";
import { catchUpOrigin, toInboxEntry } from "../notifications/inbox-entry.ts";
import type { EncryptedContent, InboxEntry } from "../ports.ts";

/** A message that was read instead of announced. */
export interface HistoricMessage {
  readonly message: Pick<ChatMessage, "id" | "chatId" | "createdAtMs">;
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

/** The entry that a notification of the same message would be: same lane, same dedupe key. Its content comes later. */
export function entryFor(
  { message: { chatId, id: messageId } }: HistoricMessage,
  context: { readonly userId: string | undefined; readonly tenantId: string; readonly receivedAtMs: number },
  encryptedContent?: EncryptedContent,
): InboxEntry {
  const resource = `chats('${quoted(chatId)}')/messages('${quoted(messageId)}')`;
  const change = {
    subscriptionId: catchUpOrigin,
    changeType: "created",
    resource,
    encryptedContent,
  } as const;
  return toInboxEntry(change, { ...context, ids: { chatId, messageId } });
}

/** A quote is doubled within an OData literal, and a percent sign would be read as the start of a code. */
function quoted(id: string): string {
  return id.replaceAll("%", "%25").replaceAll("'", "''");
}
