import { isClientState, ownerOfClientState, tenantOwner } from "../subscriptions/client-state.ts";
import type { StoredSubscription, SubscriptionStore } from "../subscriptions/subscription-store.ts";

export interface SenderClaim {
  readonly subscriptionId: string;
  readonly clientState: string;
}

/** For whom a genuine notification is; `userId` is absent for a tenant-wide subscription. */
export type Genuineness<Item, Proof = unknown> =
  | ({ readonly kind: "genuine"; readonly item: Item; readonly userId: string | undefined } & Proof)
  | { readonly kind: "refused"; readonly reason: "unknown-subscription" | "wrong-client-state" };

/** The record of the subscription, where there is one. */
export interface KnownSubscription {
  readonly stored: StoredSubscription | undefined;
}

/**
 * Tells notifications of our own subscriptions from any others by their client state. The first notification can come
 * before the subscription is recorded, and the last after it was removed: a state that carries our own signature is
 * believed even then.
 */
export async function checkGenuine<Item extends SenderClaim>(
  store: SubscriptionStore,
  webhookSecret: string,
  items: readonly Item[],
): Promise<readonly Genuineness<Item, KnownSubscription>[]> {
  if (items.length === 0) return [];
  const known = await store.byIds([...new Set(items.map(({ subscriptionId }) => subscriptionId))]);
  return items.map((item) => {
    const stored = known.get(item.subscriptionId);
    if (stored !== undefined) {
      if (!isClientState(item.clientState, stored.clientStateHash))
        return { kind: "refused", reason: "wrong-client-state" };
      return { kind: "genuine", item, userId: stored.userId, stored };
    }
    const owner = ownerOfClientState(webhookSecret, item.clientState);
    if (owner === undefined) return { kind: "refused", reason: "unknown-subscription" };
    return { kind: "genuine", item, userId: owner === tenantOwner ? undefined : owner, stored };
  });
}

/**
 * As {@link checkGenuine}, for what comes with every message: a state that carries our signature says by itself whose it is, and
 * only those without one, of a secret that was replaced, are looked up.
 */
export async function checkSigned<Item extends SenderClaim>(
  store: SubscriptionStore,
  webhookSecret: string,
  items: readonly Item[],
): Promise<readonly Genuineness<Item>[]> {
  const owners = items.map(({ clientState }) => ownerOfClientState(webhookSecret, clientState));
  const others = (
    await checkGenuine(
      store,
      webhookSecret,
      items.filter((_, index) => owners[index] === undefined),
    )
  ).values();
  return items.flatMap((item, index): readonly Genuineness<Item>[] => {
    const owner = owners[index];
    if (owner !== undefined)
      return [{ kind: "genuine", item, userId: owner === tenantOwner ? undefined : owner }];
    const { value } = others.next();
    return value === undefined ? [] : [value];
  });
}
