import { GraphError } from "../graph/graph-error.ts";
import { hashClientState, issueClientState } from "./client-state.ts";
import { changeType, subscriptionLifeMs } from "./subscription-plan.ts";
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
): Promise<StoredSubscription> {
  try {
    return await create(ports, wanted);
  } catch (error) {
    if (!(error instanceof GraphError && error.code === "conflict")) throw error;
  }
  const existing = (await ports.graph.list()).find(({ resource }) =>
    isSameResource(resource, wanted.resource),
  );
  if (existing !== undefined) {
    const stored = await ports.store.byId(existing.id);
    if (stored !== undefined) return stored;
    await ports.graph.remove(existing.id);
  }
  return create(ports, wanted);
}

async function create(ports: SubscriptionPorts, wanted: WantedSubscription): Promise<StoredSubscription> {
  const { settings, certificates, clock, randomness } = ports;
  const { id: certificateId, certificate } = await certificates.current();
  const clientState = issueClientState(settings.webhookSecret, wanted.owner, randomness);
  const made = await ports.graph.create({
    resource: wanted.resource,
    changeType,
    notificationUrl: notificationUrl(settings),
    // Required from the start for lives beyond an hour; it cannot be added later (facts, section 3).
    lifecycleNotificationUrl: lifecycleNotificationUrl(settings),
    clientState,
    expiresAtMs: clock.now() + subscriptionLifeMs,
    encryptionCertificate: certificate,
    encryptionCertificateId: certificateId,
  });
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

/** Renews by PATCH, which reauthorises too; the separate reauthorise is never used, as the two must not mix within ten minutes. */
export async function renewSubscription(
  ports: SubscriptionPorts,
  stored: StoredSubscription,
): Promise<"renewed" | "gone"> {
  try {
    const renewed = await ports.graph.renew(stored.id, ports.clock.now() + subscriptionLifeMs);
    await ports.store.save({ ...stored, expiresAtMs: renewed.expiresAtMs });
    return "renewed";
  } catch (error) {
    if (error instanceof GraphError && error.code === "not-found") return "gone";
    throw error;
  }
}

/** Ends a subscription at Graph first: a record that outlives it is harmless, the other way round nobody would end it. */
export async function removeSubscription(ports: SubscriptionPorts, id: string): Promise<void> {
  await ports.graph.remove(id);
  await ports.store.remove(id);
}
