import type { ResyncRequests } from "../catch-up/resync-requests.ts";
import type {
  StoredSubscription,
  SubscriptionProblem,
  SubscriptionProblems,
  SubscriptionStore,
} from "../subscriptions/subscription-store.ts";

export class MemorySubscriptions implements SubscriptionStore {
  readonly all = new Map<string, StoredSubscription>();
  async byId(id: string): Promise<StoredSubscription | undefined> {
    return this.all.get(id);
  }
  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, StoredSubscription>> {
    return new Map([...this.all].filter(([id]) => ids.includes(id)));
  }
  async concerning(userId: string): Promise<readonly StoredSubscription[]> {
    return [...this.all.values()]
      .filter((each) => each.userId === userId || each.userId === undefined)
      .sort((one, other) => other.expiresAtMs - one.expiresAtMs);
  }
  async countActive(nowMs: number): Promise<number> {
    return [...this.all.values()].filter(({ expiresAtMs }) => expiresAtMs > nowMs).length;
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
}
