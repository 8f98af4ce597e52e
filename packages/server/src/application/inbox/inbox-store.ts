import type { Ending } from "../deliveries/delivery-log.ts";
import type { InboxEntry, InboxWork } from "./inbox.ts";
import type { Arrivals } from "./lane-shares.ts";

/** What an entry became when it was stored. */
export interface Stored {
  readonly id: number;
  readonly storedAtMs: number;
}

/** An entry that waits, and in what time it may be tried; zero or less when it is due. */
export interface WaitingWork {
  readonly work: InboxWork<never>;
  readonly dueInMs: number;
  /** It failed so often that those behind it may pass. */
  readonly hasLostPlace: boolean;
}

export interface Storing {
  /** Lanes that other nodes work on: those are told. */
  readonly elsewhere: ReadonlySet<string>;
  /** It is in no hurry, and must not be in the way of what is. */
  readonly isLate: boolean;
}

/** The inbox's durable half. All throw when the database cannot be asked. */
export interface InboxStore {
  /**
   * Stores entries so that lanes keep the order of their keys; resolves to what each became, in the order given,
   * `undefined` where it is known already.
   */
  store(entries: readonly InboxEntry[], how: Storing): Promise<readonly (Stored | undefined)[]>;
  /** Tells whoever works on these lanes that something came for them. */
  announce(arrivals: Arrivals): Promise<void>;
  /** Names of the lanes of those shares in which anything waits. */
  lanesIn(shares: readonly number[]): Promise<readonly string[]>;
  /**
   * Up to {@link entriesPerLook} entries of a lane: in order those that are to be tried next, then those that lost their
   * place and are not due, the earliest first. An entry loses its place with its `holdFor`th failure.
   */
  waitingIn(lane: string, holdFor: number): Promise<readonly WaitingWork[]>;
  /** Ends an entry for good, and records what became of it for its recipients: both or neither. */
  end(id: number, endings: readonly Ending[]): Promise<void>;
  /** Records what became of an entry for some of its recipients, while it goes on for others. */
  record(endings: readonly Ending[]): Promise<void>;
  retry(id: number, inMs: number, code: string): Promise<void>;
  /**
   * Keeps a copy of the entry, for one person, until that time by the plugin's clock: outside of the order of its lane, in
   * which it holds up nobody. The entry itself is to be ended afterwards.
   */
  hold(id: number, userId: string, untilMs: number): Promise<void>;
  /** Lets up to {@link entriesPerRelease} held entries of those shares wait to be worked off; answers the lane of each. */
  releaseDue(shares: readonly number[], nowMs: number): Promise<readonly string[]>;
  /** Lets everything held for a person wait to be worked off, and tells whoever works on its lanes. */
  releaseOf(userId: string): Promise<void>;
  /** When the next held entry of those shares is due. */
  nextRelease(shares: readonly number[]): Promise<number | undefined>;
  /** Gives an entry up. Its content, still encrypted, stays for a replay until retention removes it. */
  giveUp(id: number, reason: string): Promise<void>;
}

/** One statement's worth. */
export const entriesPerRelease = 1_000;

/** They hold a message of some kilobytes each; a few at a time keep memory flat however long the lane is. */
export const entriesPerLook = 20;
