import type { ChatMessageIds } from "../resource-path.ts";

const address = /\/chats\/([^/?#]+)\/messages\/([^/?#]+)\/hostedContents\/([^/?#]+)\/\$value$/i;

/**
 * The id of a hosted content when its address says that it is this message's own, otherwise undefined. The address is the
 * sender's word, and the application may read every chat: one that names another message would bring its reader, and
 * everybody the sender likes, what they may not see (facts, section 5).
 */
export function hostedContentIdOf(url: string, message: ChatMessageIds): string | undefined {
  const [, chatId, messageId, contentId] = address.exec(url.trim()) ?? [];
  if (decoded(chatId) !== message.chatId || decoded(messageId) !== message.messageId) return undefined;
  return decoded(contentId);
}

function decoded(segment: string | undefined): string | undefined {
  if (segment === undefined) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
