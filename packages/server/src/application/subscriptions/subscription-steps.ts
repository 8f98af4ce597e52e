import { GraphError } from "../graph/graph-error.ts";
import type { RequestTurn } from "../graph/request-turn.ts";
import { hashClientState, issueClientState } from "./client-state.ts";
import { changeType, renewWithinMs, subscriptionLifeMs } from "./subscription-plan.ts";
import { lifecycleNotificationUrl, notificationUrl, type SubscriptionPorts } from "./subscription-ports.ts";
import type { StoredSubscription } from "./subscription-store.ts";
import { isSameResource, type WantedSubscription } from "./wanted-subscriptions.ts";

/**
 * Makes a subscription and records it. When Graph knows one for the resource already (409), another node made it just
 * now, or it is left from a lost record: the former is kept, the latter replaced. Throws {@link GraphError}.
 */
export async function createSubscription(
  ports: SubscriptionPorts,
  wanted: WantedSubscription,
  turn: RequestTurn,
): Promise<StoredSubscription> {
  let conflict: GraphError;
  try {
    return await create(ports, wanted, turn);
  } catch (error) {
    if (!(error instanceof GraphError && error.code === "conflict")) throw error;
    conflict = error;
  }
  const existingId = conflict.existingId ?? (await searchAtGraph(ports, wanted, turn));
  if (existingId !== undefined) {
    const stored = await ports.store.byId(existingId);
    if (stored !== undefined) return stored;
    await ports.graph.remove(existingId, turn);
  }
  return create(ports, wanted, turn);
}

/** Graph names what is in the way, but documents it nowhere as a promise. */
async function searchAtGraph(
  { graph }: SubscriptionPorts,
  wanted: WantedSubscription,
  turn: RequestTurn,
): Promise<string | undefined> {
  return (await graph.list(turn)).find(({ resource }) => isSameResource(resource, wanted.resource))?.id;
}

async function create(
  ports: SubscriptionPorts,
  wanted: WantedSubscription,
  turn: RequestTurn,
): Promise<StoredSubscription> {
  const { settings, certificates, clock, randomness } = ports;
  const { id: certificateId, certificate } = await certificates.current();
  const clientState = issueClientState(settings.webhookSecret, wanted.owner, randomness);
  const request = {
    resource: wanted.resource,
    changeType,
    notificationUrl: notificationUrl(settings),
    // Required from the start for lives beyond an hour; it cannot be added later (facts, section 3).
    lifecycleNotificationUrl: lifecycleNotificationUrl(settings),
    clientState,
    expiresAtMs: clock.now() + subscriptionLifeMs,
    encryptionCertificate: certificate,
    encryptionCertificateId: certificateId,
  };
  const made = await ports.graph.create(request, turn);
  const stored: StoredSubscription = {
    id: made.id,
    userId: wanted.userId,
    resource: wanted.resource,
    clientStateHash: hashClientState(clientState, settings.webhookSecret),
    certificateId,
    expiresAtMs: made.expiresAtMs,
  };
  await ports.store.save(stored);
  return stored;
}

/**
 * Renews by PATCH, which reauthorises too; the separate reauthorise is never used, as the two must not mix within ten minutes.
 * Graph asks for it about every hour, a life lasts three days: the record keeps an earlier expiry until half of it is over.
 */
export async function renewSubscription(
  ports: SubscriptionPorts,
  stored: StoredSubscription,
  turn: RequestTurn,
): Promise<"renewed" | "gone"> {
  const { graph, store, clock } = ports;
  try {
    const { expiresAtMs } = await graph.renew(stored.id, clock.now() + subscriptionLifeMs, turn);
    if (stored.expiresAtMs - clock.now() < renewWithinMs) await store.save({ ...stored, expiresAtMs });
    return "renewed";
  } catch (error) {
    if (error instanceof GraphError && error.code === "not-found") return "gone";
    throw error;
  }
}

/** Ends a subscription at Graph first: a record that outlives it is harmless, the other way round nobody would end it. */
export async function removeSubscription(
  ports: SubscriptionPorts,
  id: string,
  turn: RequestTurn,
): Promise<void> {
  await ports.graph.remove(id, turn);
  await ports.store.remove(id);
}
