import type { Timer } from "../tenant/clock.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { notificationTime } from "./change-item.ts";
import type { Outbox } from "./outbox.ts";
import type { Subscription } from "./subscription.ts";
import type { Subscriptions } from "./subscriptions.ts";

export type LifecycleEvent = "reauthorizationRequired" | "subscriptionRemoved" | "missed";

// "May repeat every ~15 min" while the token or the expiry is near (section 4); the same span counts as near.
const reminderMs = 15 * 60_000;

/** Sends lifecycle notifications: reminders by the clock, the others when the tenant's owner asks for them. */
export class Lifecycle implements Disposable {
  readonly #tenant: Tenant;
  readonly #subscriptions: Subscriptions;
  readonly #outbox: Outbox;
  readonly #reminders = new Map<string, Timer>();
  readonly #remindedAt = new Map<string, number>();
  readonly #listening: Disposable;

  constructor(tenant: Tenant, subscriptions: Subscriptions, outbox: Outbox) {
    this.#tenant = tenant;
    this.#subscriptions = subscriptions;
    this.#outbox = outbox;
    this.#listening = subscriptions.events.listen(({ kind, subscription }) => {
      this.#cancelReminder(subscription);
      if (kind === "created" || kind === "renewed") this.#remindInTime(subscription);
      else this.#remindedAt.delete(subscription.id);
    });
  }

  /** Tells the subscriber something about one subscription, if it gave a lifecycle URL. */
  notify(subscription: Subscription, lifecycleEvent: LifecycleEvent): void {
    const url = subscription.lifecycleNotificationUrl;
    if (url === null) return;
    this.#outbox.accept({
      url,
      item: {
        subscriptionId: subscription.id,
        subscriptionExpirationDateTime: notificationTime(subscription.expiresAt),
        tenantId: this.#tenant.id,
        clientState: subscription.clientState,
        lifecycleEvent,
      },
      subject: lifecycleEvent,
      orderKey: subscription.id,
      subscriptionId: subscription.id,
      audience: null,
      queuedAt: this.#tenant.clock.now(),
    });
  }

  /** The service drops a subscription and says so. False when there is none. */
  remove(subscriptionId: string): boolean {
    const subscription = this.#subscriptions.get(subscriptionId);
    if (subscription === undefined) return false;
    this.#subscriptions.end(subscriptionId, "removed");
    this.notify(subscription, "subscriptionRemoved");
    return true;
  }

  /** The administrator takes back what an app was granted: tokens to come lack the roles, delivery pauses at once. */
  revokeConsent(clientId: string): void {
    this.#tenant.directory.app(clientId).grantedApplicationRoles = [];
    for (const subscription of this.#subscriptions.all.filter((one) => one.applicationId === clientId)) {
      subscription.authorized = false;
      this.notify(subscription, "reauthorizationRequired");
    }
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
    for (const timer of this.#reminders.values()) timer[Symbol.dispose]();
    this.#reminders.clear();
  }

  /** A renewal that moves nothing, by a token that is about to expire, is not answered with a reminder at once. */
  #remindInTime(subscription: Subscription): void {
    const endsAt = Math.min(subscription.expiresAt, subscription.authorizedUntil);
    const againAt = (this.#remindedAt.get(subscription.id) ?? Number.NEGATIVE_INFINITY) + reminderMs;
    const dueAt = Math.max(endsAt - reminderMs, againAt);
    this.#remindAfter(subscription, Math.max(0, dueAt - this.#tenant.clock.now()));
  }

  #remindAfter(subscription: Subscription, delayMs: number): void {
    const timer = this.#tenant.clock.after(delayMs, () => {
      this.#remindedAt.set(subscription.id, this.#tenant.clock.now());
      this.notify(subscription, "reauthorizationRequired");
      this.#remindAfter(subscription, reminderMs);
    });
    this.#reminders.set(subscription.id, timer);
  }

  #cancelReminder(subscription: Subscription): void {
    this.#reminders.get(subscription.id)?.[Symbol.dispose]();
    this.#reminders.delete(subscription.id);
  }
}
