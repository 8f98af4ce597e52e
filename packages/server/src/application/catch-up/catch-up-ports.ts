import type { ChatMessage } from "../../domain/chat-message.ts";
import type { Connection } from "../../domain/connection.ts";
import type { Clock } from "../clock.ts";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";
import type { ChangeType, InboxEntry } from "../inbox/inbox.ts";
import type { PreferenceStore } from "../mattermost/preference-store.ts";
import type { EncryptedContent } from "../notifications/encrypted-content.ts";
import type { MessageRules } from "../notifications/message-rules.ts";
import type { NotificationSwitches } from "../notifications/notification-ports.ts";
import type { SubscriptionScope } from "../subscriptions/wanted-subscriptions.ts";

/** From (inclusive) and until (exclusive), milliseconds since 1970 UTC. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A person whose messages are to be read. `wishes` tells two states of the same person apart. */
export interface DueReader {
  readonly connection: Connection;
  /** Everything before was read. */
  readonly readUntilMs: number;
  /** Where a gap begins that somebody asked to be read. */
  readonly wantedSinceMs: number | undefined;
  /** What was sent before then was sent while notifications were off. */
  readonly notificationsOnSinceMs: number | undefined;
  readonly wishes: number;
}

/** How far each person's messages were read; survives a crash at any point of the reading. */
export interface ReadingProgress {
  /** People with a gap, and those not read for `everyMs`: gaps first, then those who have waited longest. */
  due(nowMs: number, everyMs: number, limit: number): Promise<readonly DueReader[]>;
  /** Read up to `toMs` of a reading that ends at `endMs`. A gap noted meanwhile stays to be read. */
  advance(reader: DueReader, toMs: number, endMs: number): Promise<void>;
  /** Not due again before `untilMs`. */
  postpone(reader: DueReader, untilMs: number): Promise<void>;
}

/** Microsoft's record of the messages of all chats of one person. */
export interface MessageHistory {
  /** Pages of messages, as Graph sends them, last modified within the window, in no order. Throws {@link GraphError}. */
  pages(teamsUserId: string, window: TimeWindow): AsyncIterable<readonly unknown[]>;
}

/** Where people were noticed in Teams, see `ReaderHistory`. */
export interface Sightings {
  notePresent(userIds: readonly string[], atMs: number): Promise<void>;
  /** The last act by chat id. */
  noteActs(userId: string, lastActs: ReadonlyMap<string, number>): Promise<void>;
}

/** Encrypts a message that was read as Graph encrypts those that it sends: message text never rests in the clear. */
export interface ContentSealing {
  seal(json: unknown): Promise<EncryptedContent>;
}

/** A message, or a change of one, that may have come already. */
export interface MayBeKnown extends DeliveryKey {
  readonly dedupeKey: string;
  readonly changeType: ChangeType;
}

/** The inbox as catching up uses it: most of what is read was announced long ago. */
export interface LateInbox {
  /** The keys of those that neither wait nor ended for their reader. Of a change it is only known where it would do nothing. */
  unknown(candidates: readonly MayBeKnown[]): Promise<ReadonlySet<string>>;
  /** As `Inbox.accept`; what comes live is worked on first. */
  acceptLate(entries: readonly InboxEntry[]): Promise<number>;
}

/** What reading one person's messages needs. */
export interface ReadingPorts {
  readonly history: MessageHistory;
  readonly progress: ReadingProgress;
  readonly sightings: Sightings;
  readonly switches: NotificationSwitches;
  readonly preferences: Pick<PreferenceStore, "of">;
  readonly inbox: LateInbox;
  readonly sealing: ContentSealing;
  readonly rules: Pick<MessageRules<ChatMessage>, "never">;
  readonly clock: Clock;
  readonly scope: SubscriptionScope;
}
