import type { Clock, Log } from "../ports.ts";

/**
 * Entries that may wait. At a hundred messages a second they take more than eight minutes to work off, and some 250 MB of
 * Mattermost's database. More is better kept by Microsoft, which repeats what is refused for four hours (facts, section 3).
 */
export const inboxCapacity = 50_000;
/** Live messages need the other half. */
const lateCapacity = inboxCapacity / 2;
/** Entries that one node is storing at once: what PostgreSQL takes within the 300 ms in which Graph should have its answer. */
export const storingCapacity = 2_000;
/** In a second a node takes some thousand entries, little against the capacity. */
const countEveryMs = 1_000;

export interface InboxRoomParts {
  /** Entries that wait; need not count further than its argument. */
  readonly pending: (limit: number) => Promise<number>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Whether the inbox takes more. Asked by each request, so it answers from a count of the last second, and at once. */
export class InboxRoom {
  readonly #parts: InboxRoomParts;
  #pending = 0;
  #storing = 0;
  #wasFull = false;
  #counting: Promise<void> | undefined;
  #countedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: InboxRoomParts) {
    this.#parts = parts;
  }

  /** Room for `entries` until disposed, by when they count as waiting; undefined when there is none. */
  reserve(entries: number): Disposable | undefined {
    if (this.#parts.clock.now() - this.#countedAtMs >= countEveryMs) void this.#count();
    // A single request larger than what is stored at once is taken all the same when nothing else is.
    const isFull =
      this.#pending + this.#storing + entries > inboxCapacity ||
      (this.#storing > 0 && this.#storing + entries > storingCapacity);
    this.#show(isFull);
    if (isFull) return undefined;
    this.#storing += entries;
    return {
      [Symbol.dispose]: () => {
        this.#storing -= entries;
        this.#pending += entries;
      },
    };
  }

  async hasRoomForLate(): Promise<boolean> {
    await this.#count();
    return this.#pending + this.#storing < lateCapacity;
  }

  /** Said once for each time it is full, not for each request. */
  #show(isFull: boolean): void {
    if (isFull && !this.#wasFull) {
      const fields = { waiting: this.#pending, storing: this.#storing };
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
      .then((pending) => {
        this.#pending = pending;
      })
      .catch(() => undefined)
      .finally(() => {
        this.#countedAtMs = this.#parts.clock.now();
        this.#counting = undefined;
      });
    return this.#counting;
  }
}
