import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";

/**
 * Entries that may wait. At a hundred messages a second they take more than eight minutes to work off, and some 250 MB of
 * Mattermost's database. More is better kept by Microsoft, which repeats what is refused for four hours (facts, section 3).
 */
export const inboxCapacity = 50_000;
/** Live messages need the other half. */
const lateCapacity = inboxCapacity / 2;
/**
 * Messages that may be held for later, at most seven days and mostly a night. They hold up nobody, so they are counted apart;
 * beyond them what would be held is brought at once.
 */
export const heldCapacity = 50_000;
/** Requests that one node works on at once: with those before it the last has its answer in the 300 ms Graph should get. */
export const requestsAtOnce = 1_000;
/** While little waits: what this node stored since is known, and others' in ten seconds is little against the capacity. */
const countSeldomMs = 10_000;
/** While more waits. In a second a node takes some thousand entries. */
const countOftenMs = 1_000;
const muchPending = inboxCapacity / 10;
const muchStored = 1_000;

export interface InboxRoomParts {
  /** Entries that wait, and those that are held; need not count further than its argument. */
  readonly pending: (limit: number) => Promise<{ readonly pending: number; readonly held: number }>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A request that was let in, until disposed. */
export interface Admission extends Disposable {
  /** What came of it: entries that wait now. Forged ones never become any, and so take no room. */
  stored(entries: number): void;
}

/** Whether the inbox takes more. Asked by each request, so it answers from a count of the last seconds, and at once. */
export class InboxRoom {
  readonly #parts: InboxRoomParts;
  #pending = 0;
  #held = 0;
  #requests = 0;
  #wasFull = false;
  #wasHeldFull = false;
  #counting: Promise<void> | undefined;
  #countedAtMs = Number.NEGATIVE_INFINITY;
  #storedSince = 0;

  constructor(parts: InboxRoomParts) {
    this.#parts = parts;
  }

  /** Lets a request in; undefined when there is no room for what it brings. */
  enter(): Admission | undefined {
    if (Math.abs(this.#parts.clock.now() - this.#countedAtMs) >= this.#countEveryMs) void this.#count();
    const isFull = this.#pending >= inboxCapacity || this.#requests >= requestsAtOnce;
    this.#show(isFull);
    if (isFull) return undefined;
    this.#requests += 1;
    return {
      stored: (entries) => {
        this.#pending += entries;
        this.#storedSince += entries;
      },
      [Symbol.dispose]: () => {
        this.#requests -= 1;
      },
    };
  }

  get #countEveryMs(): number {
    const isMuch =
      this.#pending >= muchPending || this.#storedSince >= muchStored || this.#requests >= requestsAtOnce;
    return isMuch ? countOftenMs : countSeldomMs;
  }

  async hasRoomForLate(): Promise<boolean> {
    await this.#count();
    return this.#pending < lateCapacity;
  }

  /** Whether anything is held, here or, as of a count of the last seconds, at another node. */
  get isAnyHeld(): boolean {
    return this.#held > 0;
  }

  /** Whether one more message may be held; it counts from now on. By a count that may be some seconds old. */
  mayHold(): boolean {
    if (Math.abs(this.#parts.clock.now() - this.#countedAtMs) >= this.#countEveryMs) void this.#count();
    const mayHold = this.#held < heldCapacity;
    if (mayHold) this.#held += 1;
    if (!mayHold && !this.#wasHeldFull)
      this.#parts.log.warn("So many messages are held that further ones are brought at once", {
        held: this.#held,
      });
    this.#wasHeldFull = !mayHold;
    return mayHold;
  }

  /** Said once for each time it is full, not for each request. */
  #show(isFull: boolean): void {
    if (isFull && !this.#wasFull) {
      const fields = { waiting: this.#pending, requests: this.#requests };
      this.#parts.log.warn(
        "More notifications come than can be worked off; Microsoft repeats them later",
        fields,
      );
    }
    this.#wasFull = isFull;
  }

  /** A count that fails leaves the last one: without a database nothing is stored anyway. */
  #count(): Promise<void> {
    this.#counting ??= this.#parts
      .pending(inboxCapacity)
      .then(({ pending, held }) => {
        this.#pending = pending;
        this.#held = held;
      })
      .catch(() => undefined)
      .finally(() => {
        this.#countedAtMs = this.#parts.clock.now();
        this.#storedSince = 0;
        this.#counting = undefined;
      });
    return this.#counting;
  }
}
