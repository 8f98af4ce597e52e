import type { ResyncRequests } from "../catch-up/resync-requests.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { tenantOwner } from "../subscriptions/client-state.ts";
import type { StoredSubscription, SubscriptionStore } from "../subscriptions/subscription-store.ts";
import type { Subscriptions } from "../subscriptions/subscriptions.ts";
import { checkGenuine } from "./genuine-items.ts";
import { readLifecycle } from "./notification-body.ts";

export interface LifecycleParts {
  readonly store: SubscriptionStore;
  readonly subscriptions: Pick<Subscriptions, "renew" | "replaceLost">;
  readonly resync: ResyncRequests;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly webhookSecret: string;
}

/** `followUp` resolves when everything asked for was tried; it never rejects and need not be awaited before answering. */
export type LifecycleReceived =
  | { readonly kind: "accepted"; readonly followUp: Promise<void> }
  | { readonly kind: "malformed" }
  | { readonly kind: "unavailable" };

/**
 * Takes in lifecycle notifications (facts, section 4). They are answered before they are acted on, because Graph waits
 * 3 s and renewing takes its own time; what is lost with a dying node the regular comparison with Graph repairs.
 */
export async function receiveLifecycle(parts: LifecycleParts, json: unknown): Promise<LifecycleReceived> {
  const body = readLifecycle(json);
  if (body === undefined) return { kind: "malformed" };
  const verdicts = await checkGenuine(parts.store, parts.webhookSecret, body.items).catch(() => undefined);
  if (verdicts === undefined) return { kind: "unavailable" };
  const refused = verdicts.flatMap((verdict) => (verdict.kind === "refused" ? [verdict.reason] : []));
  // Once for each reason: whoever forges thousands of items must not fill the log with as many lines.
  for (const reason of new Set(refused)) {
    const count = refused.filter((each) => each === reason).length;
    parts.log.warn("Lifecycle notifications were refused", { reason, count });
  }
  const steps = verdicts.map((verdict) => {
    if (verdict.kind === "refused") return Promise.resolve();
    const { event } = verdict.item;
    parts.metrics.count("lifecycle_received", { event: isKnownEvent(event) ? event : "unknown" });
    // Without a record the subscription is either not ours any more or about to be compared with Graph.
    if (verdict.stored === undefined) return Promise.resolve();
    return follow(parts, event, verdict.stored);
  });
  return { kind: "accepted", followUp: Promise.all(steps).then(() => undefined) };
}

const knownEvents = ["reauthorizationrequired", "subscriptionremoved", "missed"] as const;
type KnownEvent = (typeof knownEvents)[number];

function isKnownEvent(event: string): event is KnownEvent {
  return knownEvents.some((known) => known === event);
}

async function follow(parts: LifecycleParts, event: string, stored: StoredSubscription): Promise<void> {
  try {
    if (!isKnownEvent(event)) {
      parts.log.warn("Graph sent a lifecycle event that is not known yet");
      return;
    }
    switch (event) {
      case "reauthorizationrequired":
        return await parts.subscriptions.renew(stored);
      case "subscriptionremoved":
        return await parts.subscriptions.replaceLost(stored);
      case "missed":
        return await parts.resync.note(stored.userId ?? tenantOwner, parts.clock.now() - missedWindowMs);
    }
  } catch {
    parts.log.warn(
      "A lifecycle notification could not be acted on; the next comparison with Graph repairs it",
      { event },
    );
  }
}

/** Graph tries for four hours before it counts a notification as missed (facts, section 3). */
const missedWindowMs = 4 * 60 * 60_000;
