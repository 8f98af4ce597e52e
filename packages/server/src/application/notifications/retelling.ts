import type { Connection } from "../../domain/connection.ts";
import { roomFor } from "./join-decision.ts";
import {
  chatFor,
  hasNoChatToName,
  type MessageInHand,
  type ProcessParts,
  withNamesFor,
} from "./message-in-hand.ts";
import type { PostPart } from "./post-parts.ts";

export type RetellingParts<Message> = Pick<
  ProcessParts<Message>,
  "rules" | "chats" | "names" | "prepare" | "log"
>;

export interface Retelling {
  /** Whether all that a line above the quote names is at hand. */
  readonly isWhole: boolean;
  /** The part of a post that shows the message, with its text anew; `copied` are the marks of what hangs on the post. */
  retold(part: PostPart, shown: readonly PostPart[], copied: readonly string[]): PostPart;
}

/** Makes ready to show a message once more in a post that is there, whose part remembers its author and how much to show. */
export async function retelling<Message>(
  parts: RetellingParts<Message>,
  hand: MessageInHand<Message>,
  reader: Connection,
  { author: known, shown: extent }: Pick<PostPart, "author" | "shown">,
): Promise<Retelling> {
  const { rules } = parts;
  // Whom the post has named keeps the name, whoever can be asked now.
  const asKnown = rules.withNames(hand.message, rules.namesIn(known));
  const [{ message }, chat] = await Promise.all([
    extent === "notice" ? { message: asKnown } : withNamesFor(parts, { ...hand, message: asKnown }),
    chatFor(parts, hand),
    extent === "whole" ? parts.prepare(asKnown) : undefined,
  ]);
  return {
    isWhole: chat !== undefined || hasNoChatToName(hand),
    retold(part, shown, copied) {
      const author = extent === "notice" ? null : (rules.author(message) ?? part.author);
      const isContinuation = part !== shown[0];
      const room = { isContinuation, maxRunes: roomFor(part, shown) };
      const within = { ...room, author, copied, shown: extent };
      const text = rules.render(message, reader, chat, within).message;
      return { ...part, text, copied, author, shown: extent };
    },
  };
}
