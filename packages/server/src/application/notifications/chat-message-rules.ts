import { type ChatMessage, ChatMessageError, parseChatMessage } from "../../domain/chat-message.ts";
import { decideDelivery } from "../../domain/delivery-policy.ts";
import { PermanentFailure } from "../ports.ts";
import type { MessageRules } from "./message-rules.ts";

/** The domain's rules for chat messages, as the pipeline asks for them; how posts look is given. */
export function chatMessageRules(
  looks: Pick<MessageRules<ChatMessage>, "render" | "renderThread">,
): MessageRules<ChatMessage> {
  return {
    read,
    facts: (message) => ({
      chatId: message.chatId,
      messageId: message.id,
      sentAtMs: message.createdAtMs,
      // Most system events are about names and members; looking a chat up once too often costs little.
      changesChat: message.kind === "systemEvent",
    }),
    decide: (message, { connection, ...known }) => decideDelivery({ message, reader: connection, ...known }),
    ...looks,
  };
}

function read(json: unknown): ChatMessage {
  try {
    return parseChatMessage(json);
  } catch (cause) {
    if (!(cause instanceof ChatMessageError)) throw cause;
    throw new PermanentFailure("not-a-chat-message", "A notification's content is not a chat message.", {
      cause,
    });
  }
}
