import { createHash } from "node:crypto";
import { type ChatMessage, ChatMessageError, parseChatMessage } from "../../domain/chat-message.ts";
import { copyablesOf } from "../../domain/copying/copyable.ts";
import { decideDelivery, reasonNotForReader, reasonNothingToShow } from "../../domain/delivery-policy.ts";
import { changedAtMs, fingerprintOf, isWithdrawn } from "../../domain/message-version.ts";
import type { RenderContext } from "../../domain/rendering/render-post.ts";
import { unnamedSenders, withNames } from "../../domain/unnamed-senders.ts";
import type { ChangeType } from "../inbox/inbox.ts";
import type { NewBotPost } from "../mattermost/bot-posts.ts";
import { PermanentFailure } from "../work-failure.ts";
import type { MessageRules } from "./message-rules.ts";
import { rememberedSender, rememberSender } from "./remembered-sender.ts";

/** Turns a message into the bot's post. */
export type Render = (
  message: ChatMessage,
  context: Omit<RenderContext, "cloud" | "snippets">,
) => Pick<NewBotPost, "message" | "props" | "priority">;

/** The domain's rules for chat messages, as the pipeline asks for them; how posts look is given. */
export function chatMessageRules(looks: {
  readonly render: Render;
  readonly renderThread: MessageRules<ChatMessage>["renderThread"];
}): MessageRules<ChatMessage> {
  return {
    read,
    facts: (message) => ({
      chatId: message.chatId,
      messageId: message.id,
      sentAtMs: message.createdAtMs,
      changedAtMs: changedAtMs(message),
      isWithdrawn: isWithdrawn(message),
      // Most system events are about names and members; looking a chat up once too often costs little.
      changesChat: message.kind === "systemEvent",
    }),
    decide: (message, { connection, ...known }) => decideDelivery({ message, reader: connection, ...known }),
    never: (message, reader, changeType) =>
      reasonNotForReader(message, reader) ??
      (changeType === "created" ? reasonNothingToShow(message) : undefined),
    fingerprint: fingerprintOf,
    author: ({ sender }) => rememberSender(sender),
    unnamed: unnamedSenders,
    withNames,
    namesIn(author) {
      const sender = rememberedSender(author);
      const isNamed = sender?.kind === "user" && sender.displayName !== undefined;
      return new Map(isNamed ? [[sender.id, sender.displayName]] : []);
    },
    render(message, reader, chat, { author = null, copied: marks = [], ...within } = {}) {
      const sender = rememberedSender(author);
      const copied = keysMarked(marks, message);
      return looks.render(message, { reader, chat, ...within, copied, ...(sender && { sender }) });
    },
    renderThread: looks.renderThread,
  };
}

/** Short, and without the addresses that keys of copyables hold. */
export function copyMark(copyableKey: string): string {
  return createHash("sha256").update(copyableKey).digest("base64url").slice(0, 22);
}

function keysMarked(marks: readonly string[], message: ChatMessage): ReadonlySet<string> {
  const keys = marks.length === 0 ? [] : copyablesOf(message).map(({ key }) => key);
  return new Set(keys.filter((key) => marks.includes(copyMark(key))));
}

function read(json: unknown, changeType: ChangeType): ChatMessage {
  try {
    const message = parseChatMessage(json);
    if (changeType !== "deleted" || message.deletedAtMs !== undefined) return message;
    // A deletion that does not say when still came after what it holds.
    return { ...message, deletedAtMs: changedAtMs(message) + 1 };
  } catch (cause) {
    if (!(cause instanceof ChatMessageError)) throw cause;
    throw new PermanentFailure("not-a-chat-message", "A notification's content is not a chat message.", {
      cause,
    });
  }
}
