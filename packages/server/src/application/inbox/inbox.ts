import type { Ending } from "../deliveries/delivery-log.ts";
import type { EncryptedContent } from "../notifications/encrypted-content.ts";

export type ChangeType = "created" | "updated" | "deleted";

/** A verified notification on its way into the inbox. */
export interface InboxEntry<Opened = unknown> {
  /** Same notification, same key: Graph repeats what it could not see acknowledged. */
  readonly dedupeKey: string;
  /** Entries of one lane keep their order: one chat for one recipient. */
  readonly lane: string;
  readonly subscriptionId: string;
  readonly userId: string | undefined;
  /** What Graph tells of, or what follows from a delivery: files to be copied, and to be attached to the post. */
  readonly changeType: ChangeType | "copy" | "attach";
  readonly resource: string;
  readonly tenantId: string;
  readonly encryptedContent: EncryptedContent | undefined;
  readonly receivedAtMs: number;
  /** What the content was found to be when the entry came. Never stored: known only where it came, and not for ever. */
  readonly opened?: Opened | undefined;
}

/** An entry as its work sees it. `attempts` counts the failed ones before this. */
export interface InboxWork<Opened = unknown> extends InboxEntry<Opened> {
  readonly id: number;
  readonly storedAtMs: number;
  readonly attempts: number;
  /** When it was held at first, for one that was; by the plugin's clock. */
  readonly heldAtMs?: number | undefined;
  /** It comes straight from being stored, so nobody can have begun with it before. */
  readonly isUntouched: boolean;
}

/** What becomes of an entry whose work failed. `code` is recorded; it never holds content. */
export type RetryDecision =
  | { readonly kind: "retry"; readonly atMs: number; readonly code: string }
  | { readonly kind: "dead"; readonly reason: string };

/** Takes the end of one delivery, to be recorded together with the end of the entry that brought it. */
export type RecordEnding = (ending: Ending) => void;

/** Keeps messages for later. */
export interface Holding {
  /**
   * Brings the entry again at that time, to that person alone; may be repeated. Resolves when it is kept: then the entry is to
   * end. Answers false when there is no room for more, and nothing is kept.
   */
  hold(work: InboxWork, userId: string, untilMs: number): Promise<boolean>;
}

/** The work behind the inbox. Entries of one `lane` are worked one after another, in the order they were stored. */
export interface InboxTasks<Opened = unknown> {
  process(work: InboxWork<Opened>, record: RecordEnding): Promise<void>;
  decideRetry(error: unknown, work: InboxWork): RetryDecision;
  /** The entry will not be tried again; recorded for its recipients. */
  bury(work: InboxWork, reason: string): Promise<void>;
}

export interface Inbox<Opened = unknown> {
  /** Stores entries and has them worked off; returns how many were new. Nothing is acknowledged before it resolves. */
  accept(entries: readonly InboxEntry<Opened>[]): Promise<number>;
}
