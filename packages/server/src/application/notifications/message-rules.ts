import type { Chat } from "../../domain/chat.ts";
import type { Choices } from "../../domain/choices.ts";
import type { Connection } from "../../domain/connection.ts";
import type { ReaderHistory } from "../../domain/delivery-policy.ts";
import type { ReaderPreferences } from "../../domain/reader-preferences.ts";
import type { Names } from "../../domain/unnamed-senders.ts";
import type { Here } from "../../domain/until.ts";
import type { ChangeType } from "../inbox/inbox.ts";
import type { Json, NewBotPost } from "../mattermost/bot-posts.ts";
import type { KnownPresence } from "./presence-batch.ts";

/** What the pipeline itself must know of a message; everything else is between reading and rendering. */
export interface MessageFacts {
  readonly chatId: string;
  readonly messageId: string;
  readonly sentAtMs: number;
  /** When it became what it is here, by Teams' clock: of two states of a message the later one stands. */
  readonly changedAtMs: number;
  /** Deleted or blocked: nobody can read it in Teams any more. */
  readonly isWithdrawn: boolean;
  /** A system event that changed the chat's name or members: what is remembered of the chat is out of date. */
  readonly changesChat: boolean;
}

/** What is known of a message and its post besides the message. */
export interface RenderedWithin {
  /** Who wrote it, as `author` told of an earlier state. */
  readonly author?: Json;
  /** It stands below another message of the same chat. */
  readonly isContinuation?: boolean;
  /** Marks of those copyables whose files hang on the post: what stands there is not named in the text as well. */
  readonly copied?: readonly string[];
  /** The room that is left in its post, in characters; that of a whole post unless given. */
  readonly maxRunes?: number | undefined;
  /** How much of it is shown; the whole unless given. */
  readonly shown?: Choices["show"] | undefined;
}

export type Decision =
  /** To be decided about again at that time; `otherwise` is why it is delivered at once if it cannot be held. */
  | {
      readonly kind: "hold";
      readonly untilMs: number;
      readonly because: string;
      readonly otherwise: string;
    }
  | { readonly kind: "deliver"; readonly because: string }
  | { readonly kind: "suppress"; readonly reason: string };

export interface DecisionInput {
  readonly connection: Connection;
  readonly presence: KnownPresence;
  readonly preferences: ReaderPreferences;
  /** Present for a message that is decided about late. */
  readonly history?: ReaderHistory | undefined;
  /** When and where it is decided; nothing is held when it is absent. */
  readonly here?: Here | undefined;
}

/** The domain's word on messages of type `Message`: reading, deciding, rendering; all pure. */
export interface MessageRules<Message> {
  /** The message in a notification of that kind. Throws a `PermanentFailure` when it is not a chat message. */
  read(json: unknown, changeType: ChangeType): Message;
  facts(message: Message): MessageFacts;
  /** The same for two states of a message that look the same in a post. */
  fingerprint(message: Message, shown: Choices["show"]): string;
  /** Who wrote it, to be handed to `render` when a later state of the message does not say. */
  author(message: Message): Json;
  /** The people, by their Teams id in lower case, of whom `render` tells and whom the message does not name. */
  unnamed(message: Message): readonly string[];
  withNames(message: Message, names: Names): Message;
  /** Those whom `author` named. */
  namesIn(author: Json): Names;
  decide(message: Message, input: DecisionInput): Decision;
  /**
   * Why a notification of that kind can never bring the message to the reader, or change a post of theirs: for reasons that
   * nothing changes any more. Undefined when it may.
   */
  never(message: Message, reader: Connection, changeType: ChangeType): string | undefined;
  /**
   * The message as it stands in Teams. `chat` is absent when it could not be looked up: a message with less in its header
   * beats a late one.
   */
  render(
    message: Message,
    reader: Connection,
    chat: Chat | undefined,
    within?: RenderedWithin,
  ): Pick<NewBotPost, "message" | "props" | "priority">;
  /** The root post of the thread that the message's chat has for a reader: it names the chat and holds nothing of the message. */
  renderThread(
    message: Message,
    reader: Connection,
    chat: Chat | undefined,
    within?: Pick<RenderedWithin, "shown">,
  ): string;
}
