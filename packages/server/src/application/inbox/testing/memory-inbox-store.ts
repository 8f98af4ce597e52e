import type { LateInbox, MayBeKnown } from "../../catch-up/catch-up-ports.ts";
import type { Clock } from "../../clock.ts";
import type { Ending } from "../../deliveries/delivery-log.ts";
import type { InboxEntry, InboxWork } from "../inbox.ts";
import {
  entriesPerLook,
  type InboxStore,
  type Stored,
  type Storing,
  type WaitingWork,
} from "../inbox-store.ts";
import { shareOf } from "../lane-share.ts";
import type { Arrivals } from "../lane-shares.ts";

export type StoreOperation = keyof InboxStore | "unknown";

/**
 * Passed by every call twice: before it takes effect, and before it is answered. A rejection `before` is a call that never
 * reached the database, one `after` is a call whose answer got lost.
 */
export type StoreGate = (operation: StoreOperation, when: "before" | "after") => Promise<void> | undefined;

interface Row {
  readonly work: InboxWork<never>;
  attempts: number;
  dueAtMs: number;
}

/** The inbox's durable half in memory, which several nodes may share. */
export class MemoryInboxStore implements InboxStore, Pick<LateInbox, "unknown"> {
  readonly rows = new Map<number, Row>();
  readonly held = new Map<number, Row>();
  /** Ids in the order in which they ended, once for each time. */
  readonly ended: number[] = [];
  readonly recorded: Ending[] = [];
  readonly retried: { readonly id: number; readonly inMs: number; readonly code: string }[] = [];
  readonly dead = new Map<number, string>();
  readonly announced: Arrivals[] = [];
  readonly looks: string[] = [];
  gate: StoreGate = () => undefined;
  /** Told what the database tells all nodes. */
  heard: (arrivals: Arrivals) => void = () => undefined;
  readonly #clock: Clock;
  readonly #known = new Set<string>();
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async store(entries: readonly InboxEntry[], { elsewhere, isLate }: Storing) {
    return this.#call("store", () => {
      const stored = entries.map((entry) => this.#insert(entry));
      if (elsewhere.size > 0) this.heard({ lanes: [...elsewhere], isLate });
      return stored;
    });
  }

  /** As an earlier run, or another node, left it. */
  leave(entry: InboxEntry, { attempts = 0, dueInMs = 0 } = {}): number {
    const id = this.#insert(entry)?.id ?? 0;
    const row = this.rows.get(id);
    if (row !== undefined) Object.assign(row, { attempts, dueAtMs: this.#clock.now() + dueInMs });
    return id;
  }

  async announce(arrivals: Arrivals): Promise<void> {
    await this.#call("announce", () => {
      this.announced.push(arrivals);
      this.heard(arrivals);
    });
  }

  async lanesIn(shares: readonly number[]): Promise<readonly string[]> {
    return this.#call("lanesIn", () => {
      const lanes = new Set([...this.rows.values()].map(({ work }) => work.lane));
      return [...lanes].filter((lane) => shares.includes(shareOf(lane)));
    });
  }

  async waitingIn(lane: string, holdFor: number): Promise<readonly WaitingWork[]> {
    return this.#call("waitingIn", () => {
      this.looks.push(lane);
      const nowMs = this.#clock.now();
      const all = [...this.rows.values()]
        .filter(({ work }) => work.lane === lane)
        .map(({ work, attempts, dueAtMs }) => ({
          work: { ...work, attempts },
          dueInMs: dueAtMs - nowMs,
          hasLostPlace: attempts >= holdFor && dueAtMs > nowMs,
        }));
      const inOrder = all.filter(({ hasLostPlace }) => !hasLostPlace);
      const [earliest] = all
        .filter(({ hasLostPlace }) => hasLostPlace)
        .sort((one, other) => one.dueInMs - other.dueInMs);
      return [...inOrder, ...(earliest === undefined ? [] : [earliest])].slice(0, entriesPerLook);
    });
  }

  async end(id: number, endings: readonly Ending[]): Promise<void> {
    await this.#call("end", () => {
      this.recorded.push(...endings);
      this.ended.push(id);
      this.rows.delete(id);
    });
  }

  async record(endings: readonly Ending[]): Promise<void> {
    await this.#call("record", () => this.recorded.push(...endings));
  }

  async retry(id: number, inMs: number, code: string): Promise<void> {
    await this.#call("retry", () => {
      this.retried.push({ id, inMs, code });
      const row = this.rows.get(id);
      if (row === undefined) return;
      row.attempts += 1;
      row.dueAtMs = this.#clock.now() + inMs;
    });
  }

  async hold(id: number, userId: string, untilMs: number): Promise<void> {
    await this.#call("hold", () => {
      const row = this.rows.get(id);
      if (row === undefined) return;
      const { opened: _, ...entry } = row.work;
      const dedupeKey = `${userId}/${entry.resource}/held/${untilMs}`;
      const stored = this.#insert({ ...entry, userId, dedupeKey });
      if (stored === undefined) return;
      const work = {
        ...entry,
        ...stored,
        userId,
        dedupeKey,
        heldAtMs: this.#clock.now(),
        isUntouched: false,
      };
      this.rows.delete(stored.id);
      this.held.set(stored.id, { work, attempts: 0, dueAtMs: untilMs });
    });
  }

  async releaseDue(shares: readonly number[], nowMs: number): Promise<readonly string[]> {
    return this.#call("releaseDue", () => {
      const due = [...this.held].filter(
        ([, { work, dueAtMs }]) => shares.includes(shareOf(work.lane)) && dueAtMs <= nowMs,
      );
      for (const [id, row] of due) {
        this.held.delete(id);
        this.rows.set(id, row);
      }
      return due.map(([, { work }]) => work.lane);
    });
  }

  async releaseOf(userId: string): Promise<void> {
    await this.#call("releaseOf", () => {
      const theirs = [...this.held].filter(([, { work }]) => work.userId === userId);
      for (const [id, row] of theirs) {
        this.held.delete(id);
        this.rows.set(id, row);
      }
      this.heard({ lanes: theirs.map(([, { work }]) => work.lane), isLate: false });
    });
  }

  async nextRelease(shares: readonly number[]): Promise<number | undefined> {
    return this.#call("nextRelease", () => {
      const due = [...this.held.values()].filter(({ work }) => shares.includes(shareOf(work.lane)));
      return due.length === 0 ? undefined : Math.min(...due.map(({ dueAtMs }) => dueAtMs));
    });
  }

  async giveUp(id: number, reason: string): Promise<void> {
    await this.#call("giveUp", () => {
      this.dead.set(id, reason);
      this.ended.push(id);
      this.rows.delete(id);
    });
  }

  async unknown(candidates: readonly MayBeKnown[]): Promise<ReadonlySet<string>> {
    return this.#call("unknown", () => {
      const keys = candidates.map(({ dedupeKey }) => dedupeKey);
      return new Set(keys.filter((key) => !this.#known.has(key)));
    });
  }

  #insert({ opened: _, ...entry }: InboxEntry): Stored | undefined {
    if (this.#known.has(entry.dedupeKey)) return undefined;
    this.#known.add(entry.dedupeKey);
    this.#lastId += 1;
    const stored = { id: this.#lastId, storedAtMs: this.#clock.now() };
    const work = { ...entry, ...stored, attempts: 0, isUntouched: false };
    this.rows.set(stored.id, { work, attempts: 0, dueAtMs: stored.storedAtMs });
    return stored;
  }

  async #call<Result>(operation: StoreOperation, effect: () => Result): Promise<Result> {
    await this.gate(operation, "before");
    const result = effect();
    await this.gate(operation, "after");
    return result;
  }
}
