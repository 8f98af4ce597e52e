import type { Clock, Timer } from "../tenant/clock.ts";
import { Announcements } from "../tenant/events.ts";
import type { Subscription } from "./subscription.ts";
import { topicKey } from "./topic.ts";

/** What happens to subscriptions. */
export type SubscriptionEvent = {
  readonly kind: "created" | "renewed" | "deleted" | "expired" | "removed";
  readonly subscription: Subscription;
};

type Purpose = Pick<Subscription, "applicationId" | "userId" | "topic">;

function purposeKey({ applicationId, userId, topic }: Purpose): string {
  return `${applicationId} ${userId} ${topicKey(topic)}`;
}

/** The subscriptions in force; one that is not renewed in time disappears by the tenant's clock, without notice. */
export class Subscriptions implements Disposable {
  readonly events = new Announcements<SubscriptionEvent>();
  readonly #byId = new Map<string, Subscription>();
  readonly #byPurpose = new Map<string, Set<Subscription>>();
  readonly #expiries = new Map<string, Timer>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly Subscription[] {
    return [...this.#byId.values()];
  }

  /** Those of one app, or of one person with it, for the same topic. */
  alike(purpose: Purpose): readonly Subscription[] {
    return [...(this.#byPurpose.get(purposeKey(purpose)) ?? [])];
  }

  get count(): number {
    return this.#byId.size;
  }

  get(id: string): Subscription | undefined {
    return this.#byId.get(id);
  }

  add(subscription: Subscription): void {
    this.#byId.set(subscription.id, subscription);
    const key = purposeKey(subscription);
    this.#byPurpose.set(key, (this.#byPurpose.get(key) ?? new Set()).add(subscription));
    this.#awaitExpiry(subscription);
    this.events.announce({ kind: "created", subscription });
  }

  /** To be called after `expiresAt` or the authorization moved. */
  renewed(subscription: Subscription): void {
    this.#awaitExpiry(subscription);
    this.events.announce({ kind: "renewed", subscription });
  }

  /** Ends a subscription; `removed` is what the service does on its own. False when there is none. */
  end(id: string, kind: "deleted" | "expired" | "removed"): boolean {
    const subscription = this.#byId.get(id);
    if (subscription === undefined) return false;
    this.#byId.delete(id);
    const alike = this.#byPurpose.get(purposeKey(subscription));
    alike?.delete(subscription);
    if (alike?.size === 0) this.#byPurpose.delete(purposeKey(subscription));
    this.#expiries.get(id)?.[Symbol.dispose]();
    this.#expiries.delete(id);
    this.events.announce({ kind, subscription });
    return true;
  }

  [Symbol.dispose](): void {
    for (const timer of this.#expiries.values()) timer[Symbol.dispose]();
    this.#expiries.clear();
    this.#byId.clear();
    this.#byPurpose.clear();
  }

  #awaitExpiry(subscription: Subscription): void {
    this.#expiries.get(subscription.id)?.[Symbol.dispose]();
    const leftMs = subscription.expiresAt - this.#clock.now();
    this.#expiries.set(
      subscription.id,
      this.#clock.after(leftMs, () => void this.end(subscription.id, "expired")),
    );
  }
}
