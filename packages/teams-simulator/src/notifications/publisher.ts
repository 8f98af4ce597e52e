import type { Faults } from "../faults/faults.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { type Change, changeOf } from "./change.ts";
import { changeItem } from "./change-item.ts";
import type { Deliveries, DiscardReason } from "./delivery-event.ts";
import type { Parcel } from "./envelope.ts";
import { type Outbox, retriesEndAfterMs } from "./outbox.ts";
import type { Subscription } from "./subscription.ts";
import type { Subscriptions } from "./subscriptions.ts";

// A notification held back to come after its successor is let go then at the latest.
const longestHoldMs = 1_000;

export interface PublisherParts {
  readonly tenant: Tenant;
  readonly subscriptions: Subscriptions;
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
}

/** Turns what happens in the tenant into notifications for each subscription that watches it, faults included. */
export class Publisher implements Disposable {
  readonly #parts: PublisherParts;
  readonly #listening: readonly Disposable[];
  /** Notifications of subscriptions whose authorization lapsed, until someone renews it. */
  readonly #unauthorized = new Map<string, Parcel[]>();
  readonly #heldBack = new Set<() => void>();

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#listening = [
      parts.tenant.events.listen((event) => {
        const change = changeOf(event);
        if (change !== null) this.#publish(change);
      }),
      parts.subscriptions.events.listen(({ kind, subscription }) => {
        if (kind === "renewed") this.#release(subscription);
        else if (kind !== "created") this.#forget(subscription);
      }),
    ];
  }

  [Symbol.dispose](): void {
    for (const listening of this.#listening) listening[Symbol.dispose]();
    this.#heldBack.clear();
  }

  #publish(change: Change): void {
    const { tenant, subscriptions } = this.#parts;
    const now = tenant.clock.now();
    for (const subscription of subscriptions.all) {
      if (!subscription.changeTypes.includes(change.changeType) || !change.concerns(subscription)) continue;
      const parcel: Parcel = {
        url: subscription.notificationUrl,
        item: changeItem(change, subscription, { tenantId: tenant.id, randomness: tenant.randomness }),
        subject: change.subject,
        orderKey: change.orderKey,
        subscriptionId: subscription.id,
        audience: subscription.includeResourceData ? subscription.applicationId : null,
        queuedAt: now,
      };
      if (subscription.authorized && now < subscription.authorizedUntil) this.#send(parcel);
      else this.#keep(parcel);
    }
  }

  #send(parcel: Parcel): void {
    const { faults, outbox } = this.#parts;
    const { lostShare, duplicatedShare, copiesMax, delayedShare, delayMs, reorderedShare } =
      faults.notifications;
    if (faults.happens(lostShare)) {
      this.#discard(parcel, "lost");
      return;
    }
    const copies = faults.happens(duplicatedShare) ? 1 + faults.upTo(Math.max(1, copiesMax - 1)) : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (faults.happens(delayedShare)) {
        this.#postpone(parcel, "delayed", delayMs);
        outbox.later(delayMs, () => outbox.accept(parcel));
      } else if (faults.happens(reorderedShare)) {
        this.#holdBack(parcel);
      } else {
        outbox.accept(parcel);
        this.#letGo();
      }
    }
  }

  #holdBack(parcel: Parcel): void {
    const { outbox } = this.#parts;
    const letGo = (): void => {
      if (this.#heldBack.delete(letGo)) outbox.accept(parcel);
    };
    this.#heldBack.add(letGo);
    this.#postpone(parcel, "reordered", longestHoldMs);
    outbox.later(longestHoldMs, letGo);
  }

  #letGo(): void {
    for (const letGo of [...this.#heldBack].reverse()) letGo();
  }

  #keep(parcel: Parcel): void {
    const kept = this.#unauthorized.get(parcel.subscriptionId) ?? [];
    this.#unauthorized.set(parcel.subscriptionId, [...kept, parcel]);
    this.#postpone(parcel, "unauthorized", null);
  }

  #release(subscription: Subscription): void {
    const now = this.#parts.tenant.clock.now();
    const kept = this.#unauthorized.get(subscription.id) ?? [];
    this.#unauthorized.delete(subscription.id);
    for (const parcel of kept) {
      if (now - parcel.queuedAt > retriesEndAfterMs) this.#discard(parcel, "unauthorized");
      else this.#send(parcel);
    }
  }

  #forget(subscription: Subscription): void {
    for (const parcel of this.#unauthorized.get(subscription.id) ?? [])
      this.#discard(parcel, "subscriptionGone");
    this.#unauthorized.delete(subscription.id);
  }

  #postpone(parcel: Parcel, reason: "delayed" | "reordered" | "unauthorized", ms: number | null): void {
    const at = this.#parts.tenant.clock.now();
    const until = ms === null ? null : at + ms;
    this.#parts.deliveries.announce({
      kind: "postponed",
      at,
      url: parcel.url,
      subjects: [parcel.subject],
      reason,
      until,
    });
  }

  #discard(parcel: Parcel, reason: DiscardReason): void {
    const at = this.#parts.tenant.clock.now();
    this.#parts.deliveries.announce({
      kind: "discarded",
      at,
      url: parcel.url,
      subjects: [parcel.subject],
      reason,
    });
  }
}
