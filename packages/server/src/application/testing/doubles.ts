import type { Connection } from "../../domain/connection.ts";
import type { Metrics } from "../metrics.ts";
import type {
  Clock,
  ConnectionStore,
  Log,
  Randomness,
  ResyncRequests,
  StoredSubscription,
  SubscriptionProblem,
  SubscriptionProblems,
  SubscriptionStore,
} from "../ports.ts";
import type { Timers } from "../timers.ts";

/** In-memory stand-ins for what the use cases need. They keep the contracts of ports.ts and nothing more. */

export class FixedClock implements Clock {
  nowMs = 1_790_000_000_000;
  now(): number {
    return this.nowMs;
  }
}

export class CountingRandomness implements Randomness {
  #count = 0;
  token(bytes: number): string {
    this.#count += 1;
    return `token-${this.#count}`.padEnd(Math.ceil((bytes * 4) / 3), "x");
  }
  mattermostId(): string {
    this.#count += 1;
    return `id${this.#count}`.padEnd(26, "0");
  }
}

/** Remembers every line, for tests of what must not be in it. */
export class RecordedLog implements Log {
  readonly lines: string[] = [];
  readonly #write = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    this.lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  readonly debug = this.#write;
  readonly info = this.#write;
  readonly warn = this.#write;
  readonly error = this.#write;
}

export class MemoryConnections implements ConnectionStore {
  readonly all: Connection[];
  constructor(...connections: readonly Connection[]) {
    this.all = [...connections];
  }
  async byMattermostUser(userId: string): Promise<Connection | undefined> {
    return this.all.find((each) => each.userId === userId);
  }
  async byTeamsAccount(tenantId: string, teamsUserId: string): Promise<Connection | undefined> {
    return this.all.find((each) => each.tenantId === tenantId && each.teamsUserId === teamsUserId);
  }
  async byTeamsUsers(tenantId: string, teamsUserIds: readonly string[]): Promise<readonly Connection[]> {
    return this.all.filter((each) => each.tenantId === tenantId && teamsUserIds.includes(each.teamsUserId));
  }
  async list(): Promise<readonly Connection[]> {
    return this.all;
  }
  async count(): Promise<number> {
    return this.all.length;
  }
  async add(connection: Connection): Promise<"added"> {
    this.all.push(connection);
    return "added";
  }
  async remove(userId: string): Promise<Connection | undefined> {
    const index = this.all.findIndex((each) => each.userId === userId);
    return index < 0 ? undefined : this.all.splice(index, 1)[0];
  }
}

export class MemorySubscriptions implements SubscriptionStore {
  readonly all = new Map<string, StoredSubscription>();
  async byId(id: string): Promise<StoredSubscription | undefined> {
    return this.all.get(id);
  }
  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, StoredSubscription>> {
    return new Map([...this.all].filter(([id]) => ids.includes(id)));
  }
  async byUser(userId: string): Promise<StoredSubscription | undefined> {
    return [...this.all.values()].find((each) => each.userId === userId);
  }
  async list(): Promise<readonly StoredSubscription[]> {
    return [...this.all.values()];
  }
  async save(subscription: StoredSubscription): Promise<void> {
    this.all.set(subscription.id, subscription);
  }
  async remove(id: string): Promise<void> {
    this.all.delete(id);
  }
}

export class MemoryProblems implements SubscriptionProblems {
  readonly all = new Map<string, SubscriptionProblem>();
  async record(owner: string, code: SubscriptionProblem["code"], sinceMs: number): Promise<void> {
    if (this.all.get(owner)?.code !== code) this.all.set(owner, { owner, code, sinceMs });
  }
  async clear(owner: string): Promise<void> {
    this.all.delete(owner);
  }
  async list(): Promise<readonly SubscriptionProblem[]> {
    return [...this.all.values()];
  }
}

export class MemoryResync implements ResyncRequests {
  readonly all = new Map<string, number>();
  async note(owner: string, sinceMs: number): Promise<void> {
    this.all.set(owner, Math.min(sinceMs, this.all.get(owner) ?? sinceMs));
  }
  async list(): Promise<readonly { readonly owner: string; readonly sinceMs: number }[]> {
    return [...this.all].map(([owner, sinceMs]) => ({ owner, sinceMs }));
  }
  async remove(owner: string): Promise<void> {
    this.all.delete(owner);
  }
}

/** Sums counters by name and the values of their labels. */
export class CountedMetrics implements Metrics {
  readonly counts = new Map<string, number>();
  readonly observed = new Map<string, number[]>();
  count(name: string, labels: Readonly<Record<string, string>>, by = 1): void {
    const key = [name, ...Object.values(labels)].join(" ");
    this.counts.set(key, (this.counts.get(key) ?? 0) + by);
  }
  observe(name: string, valueMs: number): void {
    this.observed.set(name, [...(this.observed.get(name) ?? []), valueMs]);
  }
}

/** Time passes only by {@link advance}. */
export class ManualTimers implements Timers {
  #nowMs = 0;
  readonly #waiting = new Set<{ readonly atMs: number; readonly work: () => void }>();
  get pending(): number {
    return this.#waiting.size;
  }
  after(ms: number, work: () => void): Disposable {
    const entry = { atMs: this.#nowMs + ms, work };
    this.#waiting.add(entry);
    return { [Symbol.dispose]: () => this.#waiting.delete(entry) };
  }
  advance(ms: number): void {
    this.#nowMs += ms;
    for (const entry of [...this.#waiting].sort((one, other) => one.atMs - other.atMs)) {
      if (entry.atMs > this.#nowMs) continue;
      this.#waiting.delete(entry);
      entry.work();
    }
  }
}
