import type { Connection } from "../../domain/connection.ts";
import type { ChatMessageIds } from "../../domain/resource-path.ts";
import type { Metrics } from "../metrics.ts";
import type {
  BotPosts,
  Clock,
  ConnectionStore,
  DeliveryLog,
  InboxWork,
  Log,
  NotificationDecryption,
  PreferenceStore,
} from "../ports.ts";
import type { ChatMemory } from "./chat-memory.ts";
import type { MessageFacts, MessageRules } from "./message-rules.ts";
import type { ReaderHistories } from "./notification-ports.ts";
import type { PresenceBatch } from "./presence-batch.ts";
import type { ChatThreads } from "./thread-ports.ts";

/** What a message meets between the inbox and its readers. */
export interface ProcessParts<Message> {
  readonly rules: MessageRules<Message>;
  readonly decryption: NotificationDecryption;
  /** One message, for notifications that came without content. */
  readonly fetchMessage: (ids: ChatMessageIds) => Promise<Message>;
  readonly chats: ChatMemory;
  readonly presences: PresenceBatch;
  readonly connections: ConnectionStore;
  readonly preferences: PreferenceStore;
  readonly posts: BotPosts;
  readonly deliveries: DeliveryLog;
  readonly threads: ChatThreads;
  readonly histories: ReaderHistories;
  /** Makes ready what `rules.render` shows of a message that is not in it. Soon, at whatever price, and never rejects. */
  readonly prepare: (message: Message) => Promise<void>;
  /** What follows once a person has their post; repeated when an attempt is, so it must bear that. */
  readonly afterDelivery: (hand: MessageInHand<Message>, reader: Connection) => Promise<void>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** A message on its way, and when each step ended. */
export interface MessageInHand<Message> {
  readonly work: InboxWork;
  readonly message: Message;
  readonly facts: MessageFacts;
  readonly startedAtMs: number;
  readonly decryptedAtMs: number;
}
