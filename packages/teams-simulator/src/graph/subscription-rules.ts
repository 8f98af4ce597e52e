import type { Subscription } from "../notifications/subscription.ts";
import type { Subscriptions } from "../notifications/subscriptions.ts";
import type { Topic } from "../notifications/topic.ts";
import type { AccessToken } from "../tenant/tokens.ts";
import { missingPermissions } from "./authorize.ts";
import { GraphError } from "./graph-error.ts";
import type { Permissions } from "./route.ts";
import { invalidRequest, type SubscriptionRequest } from "./subscription-request.ts";

const minuteMs = 60_000;
// An earlier expiry is raised to this (section 3).
const shortestLifeMs = 45 * minuteMs;
const longestLifeMs: Readonly<Record<Topic["kind"], number>> = {
  tenantMessages: 4_320 * minuteMs,
  userMessages: 4_320 * minuteMs,
  chatMessages: 4_320 * minuteMs,
  presences: 60 * minuteMs,
};
// Beyond it a Teams subscription needs a lifecycleNotificationUrl (section 3).
const lifeWithoutLifecycleUrlMs = 60 * minuteMs;

/** Most subscriptions per kind; the organisation's limit is shared by all apps (section 3). */
export interface SubscriptionLimits {
  readonly perAppAndChat: number;
  readonly perAppAndUser: number;
  readonly perAppAndTenant: number;
  readonly presencePerAppAndUser: number;
  readonly presenceIds: number;
  readonly organisation: number;
}

export const documentedSubscriptionLimits: SubscriptionLimits = {
  perAppAndChat: 1,
  perAppAndUser: 10,
  perAppAndTenant: 1,
  presencePerAppAndUser: 1,
  presenceIds: 650,
  organisation: 10_000,
};

const permissionsFor: Readonly<Record<Topic["kind"], Permissions>> = {
  tenantMessages: { application: ["Chat.Read.All"], delegated: [] },
  userMessages: {
    application: ["Chat.Read.All", "Chat.ReadWrite.All"],
    delegated: ["Chat.Read", "Chat.ReadWrite"],
  },
  chatMessages: { application: ["Chat.Read.All"], delegated: ["Chat.Read", "Chat.ReadWrite"] },
  presences: { application: [], delegated: ["Presence.Read.All"] },
};

/** Throws Graph's 403 unless the token may watch the topic (section 2). */
export function checkPermission(topic: Topic, token: AccessToken): void {
  const { application, delegated } = permissionsFor[topic.kind];
  const [wanted, held] = token.kind === "app" ? [application, token.roles] : [delegated, token.scopes];
  const own = token.kind === "app" || topic.kind !== "userMessages" || topic.userId === token.oid;
  if (own && wanted.some((name) => held.includes(name))) return;
  throw missingPermissions(wanted, held, token.kind === "app" ? "role" : "scope");
}

/** The expiry that a topic gets: raised to 45 minutes, refused in the past and beyond the topic's maximum. */
export function grantedExpiry(topic: Topic, askedFor: number, now: number): number {
  if (askedFor <= now) throw invalidRequest("Subscription expirationDateTime must be in the future.");
  const longest = longestLifeMs[topic.kind];
  if (askedFor > now + longest) {
    throw invalidRequest(`Subscription expiration can only be ${longest / minuteMs} minutes in the future.`);
  }
  return Math.max(askedFor, now + shortestLifeMs);
}

/** Rules between the properties of a request and its topic. */
export function checkCombination(
  topic: Topic,
  request: SubscriptionRequest,
  expiresAt: number,
  now: number,
): void {
  if (request.includeResourceData && request.encryption === null) {
    throw invalidRequest(
      "encryptionCertificate and encryptionCertificateId are required when includeResourceData is true.",
    );
  }
  if (topic.kind === "presences" && request.changeTypes.join() !== "updated") {
    throw invalidRequest("Presence supports the changeType updated only.");
  }
  if (expiresAt > now + lifeWithoutLifecycleUrlMs && request.lifecycleNotificationUrl === null) {
    throw invalidRequest(
      "lifecycleNotificationUrl is a required property for subscription creation on this resource when the expirationDateTime value is set to greater than 1 hour",
    );
  }
}

/** Throws 409 for a subscription that exists and 403 for one too many; both texts name what is in the way. */
export function checkRoom(
  topic: Topic,
  request: SubscriptionRequest,
  token: AccessToken,
  existing: Subscriptions,
  limits: SubscriptionLimits,
): void {
  const userId = token.kind === "user" ? token.oid : null;
  const applicationId = token.clientId;
  const same = existing.alike({ applicationId, userId, topic });
  const twin = same.find((one) => one.changeTypes.join() === request.changeTypes.join());
  if (twin !== undefined) {
    throw new GraphError(
      409,
      "Conflict",
      `Subscription Id ${twin.id} already exists for the requested combination`,
    );
  }
  if (topic.kind === "presences" && topic.userIds.length > limits.presenceIds) {
    throw invalidRequest(`A presence subscription takes at most ${limits.presenceIds} ids.`);
  }
  const [limit, name] = {
    tenantMessages: [limits.perAppAndTenant, "the application and tenant"] as const,
    userMessages: [limits.perAppAndUser, "the application and user"] as const,
    chatMessages: [limits.perAppAndChat, "the application and chat"] as const,
    presences: [limits.presencePerAppAndUser, "the application and user"] as const,
  }[topic.kind];
  // Presence counts whomever it is about.
  const isPresence = (one: Subscription) =>
    one.topic.kind === topic.kind && one.applicationId === applicationId && one.userId === userId;
  const taken = topic.kind === "presences" ? existing.all.filter(isPresence) : same;
  if (taken.length >= limit) throw tooMany(limit, name);
  if (existing.count >= limits.organisation) throw tooMany(limits.organisation, "the organization");
}

function tooMany(limit: number, scope: string): GraphError {
  return new GraphError(403, "Forbidden", `Subscription limit reached: at most ${limit} for ${scope}.`);
}
