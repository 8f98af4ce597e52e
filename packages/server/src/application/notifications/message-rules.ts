import type { Chat } from "../../domain/chat.ts";
import type { Connection } from "../../domain/connection.ts";
import type { ReaderHistory } from "../../domain/delivery-policy.ts";
import type { ReaderPreferences } from "../../domain/reader-preferences.ts";
import type { PostProps } from "../ports.ts";
import type { KnownPresence } from "./presence-batch.ts";

/** What the pipeline itself must know of a message; everything else is between reading and rendering. */
export interface MessageFacts {
  readonly chatId: string;
  readonly messageId: string;
  readonly sentAtMs: number;
  /** A system event that changed the chat's name or members: what is remembered of the chat is out of date. */
  readonly changesChat: boolean;
}

export type Decision =
  | { readonly kind: "deliver"; readonly because: string }
  | { readonly kind: "suppress"; readonly reason: string };

export interface DecisionInput {
  readonly connection: Connection;
  readonly presence: KnownPresence;
  readonly preferences: ReaderPreferences;
  /** Present for a message that is decided about late. */
  readonly history?: ReaderHistory | undefined;
}

/** The domain's word on messages of type `Message`: reading, deciding, rendering; all pure. */
export interface MessageRules<Message> {
  /** Throws a `PermanentFailure` when it is not a chat message. */
  read(json: unknown): Message;
  facts(message: Message): MessageFacts;
  decide(message: Message, input: DecisionInput): Decision;
  /** `chat` is absent when it could not be looked up: a message with less in its header beats a late one. */
  render(
    message: Message,
    reader: Connection,
    chat: Chat | undefined,
  ): { readonly message: string; readonly props?: PostProps };
  /** The root post of the thread that the message's chat has for a reader: it names the chat and holds nothing of the message. */
  renderThread(message: Message, reader: Connection, chat: Chat | undefined): string;
}
