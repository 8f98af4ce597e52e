import type { InboxWork } from "./inbox.ts";
import { shareOf } from "./lane-share.ts";
import type { Urgency } from "./turn-queue.ts";

/** Beyond these a lane's further entries wait in the store alone: a chat in which people never stop writing takes no memory. */
export const maxEntriesOfLane = 50;
/** From so many on a lane has enough to do, and others go first. */
const busyEntries = 10;

/** What is known in memory of a lane that has something to do, or is about to. */
export class Lane<Opened> {
  readonly name: string;
  readonly share: number;
  /** The next entries, by id. The store has them too, and further ones while the lane {@link isBehind}. */
  readonly waiting: InboxWork<Opened>[] = [];
  /** The store must be asked for what comes after `waiting`. */
  isBehind = false;
  /** Everything in it was read again long after it was sent, or put back. */
  isLate = true;
  /** A turn ended before the lane did. */
  isBusy = false;
  /** Entries are being stored for it. What becomes of them is not known yet. */
  arriving = 0;
  /** How often the lane was looked into, here or, for all that is known, elsewhere: what was being stored meanwhile may have been seen. */
  looks = 0;
  /** How often something came that only the store knows; as many were there when it was last asked. */
  arrivals = 0;
  seen = 0;
  /** Its turn, while it has one. */
  turn: Promise<void> | undefined;
  /** Nothing is begun before this ends; an arrival ends it, unless nothing may pass the next entry. */
  pause: { readonly timer: Disposable; readonly holdsUp: boolean } | undefined;

  constructor(name: string) {
    this.name = name;
    this.share = shareOf(name);
  }

  get urgency(): Urgency {
    if (this.isLate) return "late";
    return this.isBusy || this.waiting.length >= busyEntries ? "busy" : "quiet";
  }

  get hasWork(): boolean {
    return this.waiting.length > 0 || this.isBehind;
  }

  get isIdle(): boolean {
    return !this.hasWork && this.arriving === 0 && this.turn === undefined;
  }

  /** Takes its place by id: of two statements the later may be answered first. */
  add(work: InboxWork<Opened>): void {
    const after = this.waiting.findLastIndex(({ id }) => id < work.id);
    this.waiting.splice(after + 1, 0, work);
  }

  /** Something waits in the store that is not known here. */
  fallBehind(): void {
    this.isBehind = true;
    this.arrivals += 1;
  }

  endPause(): void {
    this.pause?.timer[Symbol.dispose]();
    this.pause = undefined;
  }
}
