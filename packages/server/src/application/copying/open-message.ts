import { type ChatMessage, parseChatMessage } from "../../domain/chat-message.ts";
import { chatMessageIdsOf } from "../../domain/resource-path.ts";
import type { InboxWork } from "../inbox/inbox.ts";
import type { ProcessParts } from "../notifications/message-in-hand.ts";

/** The message of an entry once more: as it was sealed when it came, or as Graph has it now. */
export async function openMessage(
  { decryption, fetchMessage }: Pick<ProcessParts<ChatMessage>, "decryption" | "fetchMessage">,
  { encryptedContent, resource }: InboxWork,
): Promise<ChatMessage> {
  if (encryptedContent !== undefined) return parseChatMessage(await decryption.decrypt(encryptedContent));
  const ids = chatMessageIdsOf(resource);
  // Nothing is stored whose resource cannot be read.
  if (ids === undefined) throw new TypeError("An inbox entry names no message.");
  return fetchMessage(ids);
}
