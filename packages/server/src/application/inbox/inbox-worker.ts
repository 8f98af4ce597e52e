import type { LateInbox } from "../catch-up/catch-up-ports.ts";
import type { Clock } from "../clock.ts";
import { mayOvertake } from "../copying/copy-entries.ts";
import { pause, type Timers } from "../timers.ts";
import { attempt } from "./attempt.ts";
import { Errands } from "./errands.ts";
import type { Inbox, InboxEntry, InboxTasks, InboxWork } from "./inbox.ts";
import { entriesPerLook, type InboxStore, type WaitingWork } from "./inbox-store.ts";
import { Lane, maxEntriesOfLane } from "./lane.ts";
import { laneShares, shareOf } from "./lane-share.ts";
import type { Arrivals, LaneShares, ShareFollower } from "./lane-shares.ts";
import { TurnQueue } from "./turn-queue.ts";

/** Lanes worked on at once by one node. Work mostly waits for Microsoft and Mattermost, far above the number of cores. */
const lanesAtOnce = 24;
/** What comes late takes a few of them at most: what comes live must find a free one, and a processor that has time. */
const lateLanesAtOnce = 3;
/**
 * A long lane gives way to others after this time. A message takes some 150 ms, most of it Microsoft's and Mattermost's;
 * with two hundred busy lanes for two dozen turns one comes round every few seconds.
 */
export const turnMs = 500;
/** Some kilobytes each. What comes while so many are in memory waits in the store alone. */
export const maxEntriesInMemory = 1_000;
/**
 * After so many failures (about half a minute) an entry no longer holds up those behind it: a late message in the
 * wrong place is better than a silent chat.
 */
export const attemptsThatHoldOrder = 6;
/** When the database went away in the middle, it is asked again this often. */
const databaseAwayMs = 1_000;
/** The longest pause of a lane: a wish of hours is looked at again meanwhile. */
const longestPauseMs = 60 * 60_000;
/** However a lane came to be forgotten, it is found again: a statement in ten minutes. */
export const sweepMs = 10 * 60_000;

export interface WorkerParts {
  readonly store: InboxStore & Pick<LateInbox, "unknown">;
  readonly shares: LaneShares;
  readonly clock: Clock;
  readonly timers: Timers;
}

const allShares = Array.from({ length: laneShares }, (_, share) => share);

/** How a turn ended: with nothing more to do, before it was done, or with something to wait for. */
type TurnEnd = { readonly kind: "done" | "again" } | Wait;

interface Wait {
  readonly kind: "wait";
  readonly inMs: number;
  /** Nothing may pass the entry that is waited for. */
  readonly holdsUp: boolean;
}

/**
 * Takes entries in and works them off, lane by lane: what was just stored straight from memory, and from the store what was
 * left there by an overflow, a failure, another node or an earlier run. A lane's entries are worked on one after another.
 */
export class InboxWorker<Opened> implements Inbox<Opened>, LateInbox, ShareFollower, AsyncDisposable {
  readonly #parts: WorkerParts;
  readonly #lanes = new Map<string, Lane<Opened>>();
  readonly #queue = new TurnQueue<Lane<Opened>>();
  /**
   * Shares whose lanes are not listed yet, so that whatever comes for them may have others before it; each with the number of
   * its gain, as a listing from before it was lost says nothing.
   */
  readonly #unlisted = new Map<number, number>();
  /** What is stored, asked and told besides the work on lanes. */
  readonly #errands = new Errands();
  #tasks: InboxTasks<Opened> | undefined;
  #sweep: Disposable | undefined;
  #gains = 0;
  #inMemory = 0;
  #turns = 0;
  #lateTurns = 0;
  #isStopped = false;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  /** Entries may be taken in before; from now on they are worked off. */
  async start(tasks: InboxTasks<Opened>): Promise<void> {
    this.#tasks = tasks;
    await this.#parts.shares.follow(this);
    this.#sweepLater();
  }

  accept(entries: readonly InboxEntry<Opened>[]): Promise<number> {
    return this.#errands.track(this.#takeIn(entries, false));
  }

  acceptLate(entries: readonly InboxEntry<Opened>[]): Promise<number> {
    return this.#errands.track(this.#takeIn(entries, true));
  }

  unknown(candidates: Parameters<LateInbox["unknown"]>[0]): Promise<ReadonlySet<string>> {
    return this.#parts.store.unknown(candidates);
  }

  gained(shares: readonly number[]): void {
    this.#gains += 1;
    for (const share of shares) this.#unlisted.set(share, this.#gains);
    void this.#errands.track(this.#list(shares, this.#gains));
  }

  async lost(shares: readonly number[]): Promise<void> {
    const parting = new Set(shares);
    for (const share of shares) this.#unlisted.delete(share);
    const inHand: Promise<void>[] = [];
    for (const lane of [...this.#lanes.values()]) {
      if (!parting.has(lane.share)) continue;
      this.#empty(lane);
      // Whoever has it next looks into it, and may be done with what is being stored before this node has it again.
      lane.looks += 1;
      lane.endPause();
      this.#queue.remove(lane);
      if (lane.turn !== undefined) inHand.push(lane.turn);
      this.#dropIfIdle(lane);
    }
    await Promise.all(inHand);
  }

  arrived({ lanes, isLate }: Arrivals): void {
    for (const name of lanes) {
      if (!this.#parts.shares.holds(shareOf(name))) continue;
      const lane = this.#laneOf(name);
      lane.fallBehind();
      this.#offer(lane, isLate);
    }
  }

  /**
   * What is in hand is finished, and what is being stored is in the store before another node may have its lane and look into
   * it. Everything else waits there for whoever comes next.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true;
    this.#sweep?.[Symbol.dispose]();
    for (const lane of this.#lanes.values()) lane.endPause();
    await Promise.allSettled([...this.#lanes.values()].map(({ turn }) => turn));
    await this.#errands.finished();
  }

  async #takeIn(entries: readonly InboxEntry<Opened>[], isLate: boolean): Promise<number> {
    const { store, shares } = this.#parts;
    if (entries.length === 0) return 0;
    const lanes = entries.map(({ lane }) => this.#laneOf(lane));
    const looksBefore = lanes.map((lane) => lane.looks);
    // A request that began before the end is left to whoever has the lane when it is stored.
    const isElsewhere = ({ share }: Lane<Opened>) => this.#isStopped || !shares.holds(share);
    const elsewhere = new Set(lanes.filter(isElsewhere).map(({ name }) => name));
    for (const lane of lanes) lane.arriving += 1;
    const unheard = new Set<string>();
    // Handed to another node while it was stored: that one may have looked before it was there.
    const leave = (lane: Lane<Opened>) => {
      if (shares.holds(lane.share)) lane.fallBehind();
      else if (!elsewhere.has(lane.name)) unheard.add(lane.name);
    };
    let fresh = 0;
    try {
      const stored = await store.store(entries, { elsewhere, isLate });
      for (const [index, entry] of entries.entries()) {
        const [lane, become] = [lanes[index], stored[index]];
        if (become === undefined || lane === undefined) continue;
        fresh += 1;
        // The node that had its lane when it was about to be stored may have ended it by now.
        const isUnseen = lane.looks === looksBefore[index] && !elsewhere.has(lane.name);
        if (isUnseen && this.#isNext(lane, isLate)) {
          this.#inMemory += 1;
          lane.add({ ...entry, ...become, attempts: 0, isUntouched: true });
        } else leave(lane);
      }
    } catch (error) {
      // Stored they may be all the same. Whoever sends them again is told that they are known, and not that they wait.
      for (const lane of lanes) leave(lane);
      throw error;
    } finally {
      for (const lane of lanes) lane.arriving -= 1;
      for (const lane of lanes) {
        this.#offer(lane, isLate);
        this.#dropIfIdle(lane);
      }
      if (unheard.size > 0) void this.#errands.track(this.#tell({ lanes: [...unheard], isLate }));
    }
    return fresh;
  }

  /** Whether an entry just stored is the next that this node knows of in its lane, and may be kept. */
  #isNext(lane: Lane<Opened>, isLate: boolean): boolean {
    const { shares } = this.#parts;
    // What is late is in no hurry: it must not take the room of what comes live.
    const maxInMemory = isLate ? maxEntriesInMemory / 2 : maxEntriesInMemory;
    const hasRoom = lane.waiting.length < maxEntriesOfLane && this.#inMemory < maxInMemory;
    const isListed = shares.holds(lane.share) && !this.#unlisted.has(lane.share);
    return isListed && hasRoom && !lane.isBehind && shares.isAlone;
  }

  #laneOf(name: string): Lane<Opened> {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      lane = new Lane(name);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #dropIfIdle(lane: Lane<Opened>): void {
    if (lane.isIdle && this.#lanes.get(lane.name) === lane) this.#lanes.delete(lane.name);
  }

  /** Forgets what is known of a lane, which the store knows as well. */
  #empty(lane: Lane<Opened>): void {
    this.#inMemory -= lane.waiting.length;
    lane.waiting.length = 0;
    lane.isBehind = false;
  }

  /** Lists what waits in shares that were gained, until it is known or they are lost again. */
  async #list(shares: readonly number[], gain: number): Promise<void> {
    const { store, timers } = this.#parts;
    for (;;) {
      const wanted = this.#ofGain(shares, gain);
      if (wanted.length === 0 || this.#isStopped) return;
      try {
        const names = await store.lanesIn(wanted);
        for (const share of this.#ofGain(wanted, gain)) this.#unlisted.delete(share);
        return this.arrived({ lanes: names, isLate: false });
      } catch {
        await pause(timers, databaseAwayMs);
      }
    }
  }

  #ofGain(shares: readonly number[], gain: number): readonly number[] {
    return shares.filter((share) => this.#unlisted.get(share) === gain);
  }

  /** Tells other nodes what came for lanes of theirs. Until they hear of it they would find it with a sweep only. */
  async #tell(arrivals: Arrivals): Promise<void> {
    const { store, timers } = this.#parts;
    for (;;) {
      try {
        return await store.announce(arrivals);
      } catch {
        if (this.#isStopped) return;
        await pause(timers, databaseAwayMs);
      }
    }
  }

  #sweepLater(): void {
    const { store, shares, timers } = this.#parts;
    if (this.#isStopped) return;
    this.#sweep = timers.after(sweepMs, () => {
      const held = allShares.filter((share) => shares.holds(share));
      void store
        .lanesIn(held)
        .then((names) =>
          this.arrived({ lanes: names.filter((name) => !this.#lanes.has(name)), isLate: false }),
        )
        .catch(() => undefined)
        .finally(() => this.#sweepLater());
    });
  }

  /** Has a lane worked on when its turn comes, should there be anything to do. */
  #offer(lane: Lane<Opened>, isLate: boolean): void {
    if (!lane.hasWork) return;
    if (!isLate) lane.isLate = false;
    if (lane.turn !== undefined || lane.pause?.holdsUp === true) return;
    lane.endPause();
    this.#queue.add(lane, lane.urgency, this.#parts.clock.now());
    this.#pump();
  }

  #pump(): void {
    while (!this.#isStopped && this.#tasks !== undefined && this.#turns < lanesAtOnce) {
      const hasRoomForLate = this.#lateTurns < lateLanesAtOnce;
      const lane = this.#queue.next(this.#parts.clock.now(), { hasRoomForLate });
      if (lane === undefined) return;
      lane.turn = this.#takeTurn(this.#tasks, lane);
    }
  }

  async #takeTurn(tasks: InboxTasks<Opened>, lane: Lane<Opened>): Promise<void> {
    const { isLate } = lane;
    this.#turns += 1;
    if (isLate) this.#lateTurns += 1;
    // Never at once, so that whoever gives the turn has noted it before it ends.
    await Promise.resolve();
    const end = await this.#workOff(tasks, lane).catch((): Wait => {
      this.#leaveToStore(lane);
      return { kind: "wait", inMs: databaseAwayMs, holdsUp: true };
    });
    this.#turns -= 1;
    if (isLate) this.#lateTurns -= 1;
    lane.turn = undefined;
    if (!this.#mayWorkOn(lane)) this.#empty(lane);
    else {
      lane.isBusy = end.kind === "again";
      if (end.kind === "wait") this.#wait(lane, end);
      // Whatever came meanwhile may pass what is waited for.
      if (end.kind !== "wait" || lane.arrivals !== lane.seen) this.#offer(lane, lane.isLate);
      if (!lane.hasWork) lane.isLate = true;
    }
    this.#dropIfIdle(lane);
    this.#pump();
  }

  #wait(lane: Lane<Opened>, { inMs, holdsUp }: Wait): void {
    const ended = () => {
      lane.pause = undefined;
      this.#offer(lane, lane.isLate);
    };
    lane.pause = { timer: this.#parts.timers.after(Math.min(inMs, longestPauseMs), ended), holdsUp };
  }

  #mayWorkOn({ share }: Lane<Opened>): boolean {
    return !this.#isStopped && this.#parts.shares.holds(share);
  }

  async #workOff(tasks: InboxTasks<Opened>, lane: Lane<Opened>): Promise<TurnEnd> {
    const endMs = this.#parts.clock.now() + turnMs;
    while (this.#mayWorkOn(lane)) {
      if (!lane.hasWork) return { kind: "done" };
      if (this.#parts.clock.now() >= endMs) return { kind: "again" };
      const work = lane.waiting.shift();
      if (work === undefined) {
        const end = await this.#look(tasks, lane, endMs);
        if (end !== undefined) return end;
        continue;
      }
      this.#inMemory -= 1;
      const attempted = await attempt(this.#parts, tasks, work);
      if (attempted.kind === "ended") continue;
      this.#leaveToStore(lane);
      const wait = waitFor(lane, work, attempted.inMs);
      if (wait !== undefined) return wait;
    }
    return { kind: "done" };
  }

  #leaveToStore(lane: Lane<Opened>): void {
    this.#empty(lane);
    lane.fallBehind();
  }

  /** Works on what the store has for a lane. Undefined when more may be there by now. */
  async #look(tasks: InboxTasks<Opened>, lane: Lane<Opened>, endMs: number): Promise<TurnEnd | undefined> {
    const { store, clock } = this.#parts;
    lane.seen = lane.arrivals;
    const found = await store.waitingIn(lane.name, holdFor(lane));
    // Counted when it is answered, so that what began to be stored while it was on its way is held to be among it.
    lane.looks += 1;
    const lookedAtMs = clock.now();
    let failed = false;
    for (const { work, dueInMs, hasLostPlace } of found) {
      const nowMs = clock.now();
      const inMs = dueInMs - (nowMs - lookedAtMs);
      if (inMs > 0 && !hasLostPlace) return { kind: "wait", inMs, holdsUp: true };
      // Those that follow have lost their place as well, and are due later.
      if (inMs > 0) return isFirst(found, work) ? { kind: "wait", inMs, holdsUp: false } : undefined;
      if (!this.#mayWorkOn(lane)) return { kind: "done" };
      if (nowMs >= endMs) return { kind: "again" };
      const attempted = await attempt(this.#parts, tasks, work);
      if (attempted.kind === "ended") continue;
      failed = true;
      const wait = waitFor(lane, work, attempted.inMs);
      if (wait !== undefined) return wait;
    }
    if (!failed && found.length < entriesPerLook && lane.arrivals === lane.seen) lane.isBehind = false;
    return undefined;
  }
}

function holdFor({ name }: { readonly name: string }): number {
  return mayOvertake(name) ? 0 : attemptsThatHoldOrder;
}

/** Undefined when those behind the failed entry may pass it. */
function waitFor(lane: { readonly name: string }, work: InboxWork, inMs: number): Wait | undefined {
  return work.attempts + 1 < holdFor(lane) ? { kind: "wait", inMs, holdsUp: true } : undefined;
}

function isFirst(found: readonly WaitingWork[], { id }: InboxWork): boolean {
  return found[0]?.work.id === id;
}
