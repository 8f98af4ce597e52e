import type { ChatMessage } from "./chat-message.ts";
import { type CardReader, cardMentionsReader } from "./rendering/cards/card-mentions.ts";

/** Whom a message calls by a mention in its text or in a card, as far as one reader is concerned. */
export function whomItCalls(
  { mentions, attachments }: Pick<ChatMessage, "mentions" | "attachments">,
  reader: CardReader,
): "reader" | "everyone" | "nobody" {
  const readerId = reader.teamsUserId.toLowerCase();
  const isReaderCalled =
    mentions.some(({ target }) => target.kind === "user" && target.teamsUserId === readerId) ||
    attachments.some((each) => each.kind === "card" && cardMentionsReader(each.content, reader));
  if (isReaderCalled) return "reader";
  return mentions.some(({ target }) => target.kind === "everyone") ? "everyone" : "nobody";
}
