import type { Attachment } from "./attachment.ts";
import type { ChatMessage } from "./chat-message.ts";
import type { Sender } from "./sender.ts";

/** Names of people by their Teams id in lower case. */
export type Names = ReadonlyMap<string, string>;

/**
 * The people, by their Teams id, whom a message tells of without their name: who wrote it, what it answers, or the
 * original of what is forwarded (facts, section 5). Each once.
 */
export function unnamedSenders(message: Pick<ChatMessage, "sender" | "attachments">): readonly string[] {
  const senders = [
    message.sender,
    ...message.attachments.flatMap((each) => ("sender" in each ? each.sender : [])),
  ];
  return [...new Set(senders.flatMap((sender) => (isUnnamed(sender) ? sender.id : [])))];
}

/** The message with the names that it does not tell itself, as far as they are known. */
export function withNames(message: ChatMessage, names: Names): ChatMessage {
  if (names.size === 0) return message;
  const attachments = message.attachments.map(
    (each): Attachment => ("sender" in each ? { ...each, sender: named(each.sender, names) } : each),
  );
  return { ...message, sender: named(message.sender, names), attachments };
}

function named(sender: Sender, names: Names): Sender {
  if (!isUnnamed(sender)) return sender;
  return { ...sender, displayName: names.get(sender.id) };
}

function isUnnamed(sender: Sender): sender is Extract<Sender, { kind: "user" }> {
  return sender.kind === "user" && (sender.displayName ?? "").trim() === "";
}
