import type { Clock } from "../clock.ts";
import type { Timers } from "../timers.ts";
import type { InboxWork } from "./inbox.ts";
import { entriesPerRelease, type InboxStore } from "./inbox-store.ts";

/** Clocks may be set, and other nodes may have held something: it is looked at least this often. */
const longestWaitMs = 60 * 60_000;
/** When the database went away in the middle, it is asked again this often. */
const databaseAwayMs = 1_000;

export interface HeldEntriesParts {
  readonly store: Pick<InboxStore, "hold" | "releaseDue" | "nextRelease">;
  /** Those whose lanes this node works on now. */
  readonly shares: () => readonly number[];
  /** Takes the lanes in which something waits that was held until now. */
  readonly released: (lanes: readonly string[]) => void;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** What is held in the lanes of one node, with one timer for whatever is due first. */
export class HeldEntries implements Disposable {
  readonly #parts: HeldEntriesParts;
  #next: { readonly atMs: number; readonly timer: Disposable } | undefined;
  #isStopped = false;

  constructor(parts: HeldEntriesParts) {
    this.#parts = parts;
  }

  async hold({ id }: Pick<InboxWork, "id">, userId: string, untilMs: number): Promise<void> {
    await this.#parts.store.hold(id, userId, untilMs);
    this.#expect(untilMs);
  }

  /** Releases what is due, and waits for the next. Never rejects. */
  async look(): Promise<void> {
    const { store, shares, released, clock } = this.#parts;
    try {
      for (let isMore = true; isMore && !this.#isStopped; ) {
        const lanes = await store.releaseDue(shares(), clock.now());
        if (lanes.length > 0) released([...new Set(lanes)]);
        isMore = lanes.length === entriesPerRelease;
      }
      const dueAtMs = await store.nextRelease(shares());
      if (dueAtMs !== undefined) this.#expect(dueAtMs);
    } catch {
      this.#expect(clock.now() + databaseAwayMs);
    }
  }

  [Symbol.dispose](): void {
    this.#isStopped = true;
    this.#next?.timer[Symbol.dispose]();
  }

  #expect(atMs: number): void {
    if (this.#isStopped || (this.#next !== undefined && this.#next.atMs <= atMs)) return;
    this.#next?.timer[Symbol.dispose]();
    const inMs = Math.min(longestWaitMs, Math.max(0, atMs - this.#parts.clock.now()));
    const timer = this.#parts.timers.after(inMs, () => {
      this.#next = undefined;
      void this.look();
    });
    this.#next = { atMs, timer };
  }
}
