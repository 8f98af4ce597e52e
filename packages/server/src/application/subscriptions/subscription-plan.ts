import type { GraphSubscription } from "../graph/graph-subscriptions.ts";
import { isIssuedUnder } from "./client-state.ts";
import type { StoredSubscription } from "./subscription-store.ts";
import { resourceKey, type WantedSubscription } from "./wanted-subscriptions.ts";

const minuteMs = 60_000;

/**
 * Graph's maximum for chat messages is 4,320 minutes and a longer expiry "will fail in the future" (facts, section 3);
 * an hour less leaves room for clocks that differ.
 */
export const subscriptionLifeMs = (4_320 - 60) * minuteMs;

/** Renewed in the second half of its life: a day and a half of failed attempts passes before anything is lost. */
export const renewWithinMs = subscriptionLifeMs / 2;

/** What a subscription brings. Reactions come as `updated` too. */
export const changeType = "created,updated,deleted";

export type PlannedChange =
  | { readonly kind: "create"; readonly wanted: WantedSubscription }
  | { readonly kind: "renew"; readonly stored: StoredSubscription }
  /** Gone, expired or made for something that was replaced since; `lost` when messages may have been missed meanwhile. */
  | {
      readonly kind: "recreate";
      readonly stored: StoredSubscription;
      readonly wanted: WantedSubscription;
      readonly lost: boolean;
    }
  /** Recorded but no longer wanted. */
  | { readonly kind: "remove"; readonly stored: StoredSubscription }
  /** Ours at Graph, but without the record that would let us trust its notifications. */
  | { readonly kind: "remove-orphan"; readonly id: string };

export interface KnownSubscriptions {
  readonly wanted: readonly WantedSubscription[];
  readonly stored: readonly StoredSubscription[];
  readonly atGraph: readonly GraphSubscription[];
}

export interface PlanSettings {
  readonly nowMs: number;
  readonly certificateId: string;
  readonly notificationUrl: string;
  readonly webhookSecret: string;
}

/**
 * What has to change so that exactly the wanted subscriptions exist. Pure; doing it twice plans nothing the second time. Looks
 * at each subscription a fixed number of times, so ten thousand people are planned for in milliseconds.
 */
export function planSubscriptions(
  known: KnownSubscriptions,
  settings: PlanSettings,
): readonly PlannedChange[] {
  const atGraph = new Map(known.atGraph.map((subscription) => [subscription.id, subscription]));
  const newest = newestByPurpose(known.stored);
  const kept = new Set<string>();
  const changes: PlannedChange[] = [];
  for (const wanted of known.wanted) {
    const stored = newest.get(purposeOf(wanted));
    if (stored === undefined) {
      changes.push({ kind: "create", wanted });
      continue;
    }
    kept.add(stored.id);
    changes.push(...planKept(stored, wanted, atGraph.get(stored.id), settings));
  }
  for (const stored of known.stored) if (!kept.has(stored.id)) changes.push({ kind: "remove", stored });
  const recorded = new Set(known.stored.map(({ id }) => id));
  for (const { id, notificationUrl } of known.atGraph) {
    if (!recorded.has(id) && notificationUrl === settings.notificationUrl)
      changes.push({ kind: "remove-orphan", id });
  }
  return changes;
}

function planKept(
  stored: StoredSubscription,
  wanted: WantedSubscription,
  found: GraphSubscription | undefined,
  settings: PlanSettings,
): readonly PlannedChange[] {
  const leftMs = (found?.expiresAtMs ?? 0) - settings.nowMs;
  if (found === undefined || leftMs <= 0) return [{ kind: "recreate", stored, wanted, lost: true }];
  if (isOutdated(stored, found, settings)) return [{ kind: "recreate", stored, wanted, lost: false }];
  return leftMs < renewWithinMs ? [{ kind: "renew", stored }] : [];
}

/** Renewing keeps address, kinds of changes, certificate and client state, so a change of any of them calls for another subscription. */
function isOutdated(stored: StoredSubscription, found: GraphSubscription, settings: PlanSettings): boolean {
  const { certificateId, notificationUrl, webhookSecret } = settings;
  const isElsewhere = found.notificationUrl !== undefined && found.notificationUrl !== notificationUrl;
  return (
    isElsewhere ||
    (found.changeType !== undefined && sorted(found.changeType) !== sorted(changeType)) ||
    stored.certificateId !== certificateId ||
    !isIssuedUnder(webhookSecret, stored.clientStateHash)
  );
}

function sorted(changeTypes: string): string {
  const words = changeTypes.toLowerCase().split(/[\s,]+/);
  return words.sort().join();
}

/** The one that lasts longest of those for the same person and resource; the others go. */
function newestByPurpose(stored: readonly StoredSubscription[]): ReadonlyMap<string, StoredSubscription> {
  const newest = new Map<string, StoredSubscription>();
  for (const each of stored) {
    const purpose = purposeOf(each);
    const known = newest.get(purpose);
    if (known === undefined || each.expiresAtMs > known.expiresAtMs) newest.set(purpose, each);
  }
  return newest;
}

function purposeOf({ userId, resource }: Pick<StoredSubscription, "userId" | "resource">): string {
  return `${userId ?? ""} ${resourceKey(resource)}`;
}
