import { type Chat, chatKindOfId } from "../../domain/chat.ts";
import type { ChoiceLimits } from "../../domain/choices.ts";
import type { Connection } from "../../domain/connection.ts";
import type { ChatMessageIds } from "../../domain/resource-path.ts";
import type { Clock } from "../clock.ts";
import type { KnownConnections } from "../connections/remembered-connections.ts";
import type { CollectedEndings } from "../deliveries/collected-endings.ts";
import type { DeliveryLog, DeliveryTimes } from "../deliveries/delivery-log.ts";
import type { Holding, InboxWork } from "../inbox/inbox.ts";
import type { Log } from "../log.ts";
import type { BotPosts } from "../mattermost/bot-posts.ts";
import type { MattermostUsers } from "../mattermost/mattermost-users.ts";
import type { PreferenceStore } from "../mattermost/preference-store.ts";
import type { Metrics } from "../metrics.ts";
import type { ChatMemory } from "./chat-memory.ts";
import type { NotificationDecryption } from "./encrypted-content.ts";
import type { HeldPosts } from "./held-posts.ts";
import type { MessageFacts, MessageRules } from "./message-rules.ts";
import type { NoteAct } from "./noted-acts.ts";
import type { FilesOfMessages, ReaderHistories } from "./notification-ports.ts";
import type { PresenceBatch } from "./presence-batch.ts";
import type { SenderNames } from "./sender-names.ts";
import type { ChatThreads } from "./thread-ports.ts";

/** What a message meets between the inbox and its readers. */
export interface ProcessParts<Message> {
  readonly rules: MessageRules<Message>;
  readonly decryption: NotificationDecryption;
  /** One message, for notifications that came without content. */
  readonly fetchMessage: (ids: ChatMessageIds) => Promise<Message>;
  readonly chats: ChatMemory;
  readonly names: Pick<SenderNames, "of">;
  readonly presences: PresenceBatch;
  readonly connections: KnownConnections;
  readonly preferences: PreferenceStore;
  readonly users: Pick<MattermostUsers, "get">;
  /** The administrator's. */
  readonly limits: ChoiceLimits;
  readonly posts: BotPosts;
  readonly deliveries: DeliveryLog;
  readonly threads: ChatThreads;
  readonly histories: ReaderHistories;
  readonly holding: Holding;
  readonly noteAct: NoteAct;
  /** Makes ready what `rules.render` shows of a message that is not in it. Soon, at whatever price, and never rejects. */
  readonly prepare: (message: Message) => Promise<void>;
  readonly files: FilesOfMessages;
  /**
   * What follows once a person's post shows the message as it stands; repeated when an attempt is, so it must bear that.
   * `settle` records the delivery, which otherwise is recorded only when the whole entry has ended.
   */
  readonly afterPosting: (
    hand: MessageInHand<Message>,
    reader: Connection,
    settle: () => Promise<void>,
  ) => Promise<void>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The parts as the work on one entry has them: endings wait for the end of the entry. */
export interface EntryParts<Message> extends Omit<ProcessParts<Message>, "deliveries" | "afterPosting"> {
  readonly deliveries: CollectedEndings;
  readonly heldPosts: HeldPosts;
  readonly afterPosting: (hand: MessageInHand<Message>, reader: Connection) => Promise<void>;
}

/** A message on its way, and when each step ended. */
export interface MessageInHand<Message> {
  readonly work: InboxWork;
  readonly message: Message;
  readonly facts: MessageFacts;
  readonly startedAtMs: number;
  readonly decryptedAtMs: number;
}

/** Whether the message is of a chat that no line names. */
export function hasNoChatToName<Message>({ facts }: Pick<MessageInHand<Message>, "facts">): boolean {
  return chatKindOfId(facts.chatId) === "oneOnOne";
}

/** A one-on-one chat has neither topic nor further members, so nobody is asked. */
export async function chatFor<Message>(
  parts: Pick<ProcessParts<Message>, "chats" | "log">,
  { facts }: Pick<MessageInHand<Message>, "facts">,
): Promise<Chat | undefined> {
  if (hasNoChatToName({ facts })) return undefined;
  return parts.chats.get(facts.chatId).catch(() => {
    parts.log.warn("A chat could not be looked up; its message is delivered without the chat's name");
    return undefined;
  });
}

/** The same with the names of people whom the message does not name itself. Nobody is asked about one that names all. */
export async function withNamesFor<Message>(
  { rules, names }: Pick<ProcessParts<Message>, "rules" | "names">,
  hand: MessageInHand<Message>,
): Promise<MessageInHand<Message>> {
  const unnamed = rules.unnamed(hand.message);
  if (unnamed.length === 0) return hand;
  const found = await names.of(unnamed, { chatId: hand.facts.chatId, tenantId: hand.work.tenantId });
  return { ...hand, message: rules.withNames(hand.message, found) };
}

export function timesOf<Message>(hand: MessageInHand<Message>): DeliveryTimes {
  const { receivedAtMs, storedAtMs } = hand.work;
  const { startedAtMs, decryptedAtMs } = hand;
  return { sentAtMs: hand.facts.sentAtMs, receivedAtMs, storedAtMs, startedAtMs, decryptedAtMs };
}
