export type SuppressReason = string;

/** How a message ended for one recipient. */
export type Outcome =
  /** `because` is the reason of the decision; absent where an earlier attempt had left the post. */
  | { readonly kind: "delivered"; readonly postId: string; readonly because?: string | undefined }
  | { readonly kind: "suppressed"; readonly reason: SuppressReason }
  /** It comes again at {@link DeliveryTimes.heldUntilMs}, and is decided about then. */
  | { readonly kind: "held"; readonly reason: string }
  | { readonly kind: "dead"; readonly reason: string };

export interface DeliveryKey {
  readonly chatId: string;
  readonly messageId: string;
  readonly userId: string;
}

/** When each step of the way ended, milliseconds since 1970 UTC. */
export interface DeliveryTimes {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly storedAtMs?: number | undefined;
  readonly startedAtMs?: number | undefined;
  readonly decryptedAtMs?: number | undefined;
  readonly decidedAtMs?: number | undefined;
  readonly heldUntilMs?: number | undefined;
  readonly endedAtMs?: number | undefined;
}

/** How a message ended for one recipient, with the time of each step. */
export interface Ending {
  readonly key: DeliveryKey;
  readonly outcome: Outcome;
  readonly times: DeliveryTimes;
}

export interface DeliveryRecord extends DeliveryKey {
  /** `awaited`: edited or deleted before it arrived, and nothing else is known of it. */
  readonly outcome: Outcome | { readonly kind: "posting" } | { readonly kind: "awaited" };
  /** The time of the message's latest change that was noted without a post to change, see {@link DeliveryLog.noteChange}. */
  readonly changedAtMs: number | undefined;
  readonly channelId: string | undefined;
  /** When the attempt that is under way began; absent when none is. */
  readonly intendedAtMs: number | undefined;
  readonly times: DeliveryTimes;
}

/** The record of every message and recipient: the dedupe, the link for edits, the answer to "why was I not notified?". */
export interface DeliveryLog {
  find(key: DeliveryKey): Promise<DeliveryRecord | undefined>;
  /**
   * Records that a post is about to be created. `"first"` when nobody had recorded it; `"departed"` when its reader is not
   * connected any more, so that nothing may be posted; otherwise the record as it is, whose `posting` outcome means that an
   * earlier attempt may or may not have created the post.
   */
  intend(
    key: DeliveryKey,
    channelId: string,
    times: DeliveryTimes,
  ): Promise<"first" | "departed" | DeliveryRecord>;
  /** Notes that another attempt to post in `channelId` begins. While it is under way it may still create its post. */
  setUnderWay(key: DeliveryKey, channelId: string): Promise<void>;
  /** Notes that the attempt has ended without a certain result: whether it left a post can be looked up at once. */
  setEnded(key: DeliveryKey): Promise<void>;
  /**
   * Notes that the message was changed at that time by Teams' clock, also before anything else is known of it. What was
   * sent before it is then out of date. Earlier changes leave the note as it is.
   */
  noteChange(key: DeliveryKey, changedAtMs: number, times: DeliveryTimes): Promise<void>;
  /** Ends the delivery. An outcome of `delivered` is never overwritten. */
  finish(key: DeliveryKey, outcome: Outcome, times: DeliveryTimes): Promise<void>;
  /** Those of one person as {@link recent}, but for those that were suppressed for one of `without`. */
  ofPerson(
    userId: string,
    limit: number,
    without: readonly SuppressReason[],
  ): Promise<readonly DeliveryRecord[]>;
  /** Newest first, without those that are only awaited. */
  recent(limit: number): Promise<readonly DeliveryRecord[]>;
}
