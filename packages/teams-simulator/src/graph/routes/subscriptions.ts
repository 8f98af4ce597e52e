import { type HandshakeOptions, handshake } from "../../notifications/handshake.ts";
import type { Subscription } from "../../notifications/subscription.ts";
import type { Subscriptions } from "../../notifications/subscriptions.ts";
import { type Topic, topicOf } from "../../notifications/topic.ts";
import type { Tenant } from "../../tenant/tenant.ts";
import type { AccessToken } from "../../tenant/tokens.ts";
import { GraphError, notImplemented } from "../graph-error.ts";
import { jsonObject } from "../json-object.ts";
import { collection, pageInOrder } from "../odata/page.ts";
import { Query } from "../odata/query.ts";
import { wantsUnknownEnumMembers } from "../own-resources.ts";
import { subscriptionResource } from "../resources/subscription.ts";
import { type GraphRoute, json, noContent } from "../route.ts";
import { type CertificateUpdate, checkNotMixed, renewalOf } from "../subscription-renewal.ts";
import { invalidRequest, subscriptionRequestOf } from "../subscription-request.ts";
import {
  checkCombination,
  checkPermission,
  checkRoom,
  grantedExpiry,
  type SubscriptionLimits,
} from "../subscription-rules.ts";

export interface SubscriptionRouteParts {
  readonly tenant: Tenant;
  readonly subscriptions: Subscriptions;
  readonly graphUrl: string;
  readonly limits: SubscriptionLimits;
  /** Nobody documents how many Graph lists at once. */
  readonly subscriptionsPerPage: number;
  readonly certificateUpdate: CertificateUpdate;
  readonly handshake: HandshakeOptions;
}

const nobody = { application: [], delegated: [] };

/** Subscriptions: create, list, get, renew, reauthorize, delete (section 3). An app sees its own only. */
export function subscriptionRoutes(parts: SubscriptionRouteParts): readonly GraphRoute[] {
  const { tenant, subscriptions } = parts;
  const context = `${parts.graphUrl}/v1.0/$metadata#subscriptions`;
  const entity = (subscription: Subscription): unknown => ({
    "@odata.context": `${context}/$entity`,
    ...subscriptionResource(subscription),
  });
  const isOwn = (token: AccessToken) => (one: Subscription) =>
    one.applicationId === token.clientId && (token.kind === "app" || one.userId === token.oid);
  const at = (id: string, token: AccessToken): Subscription => {
    const found = subscriptions.get(id);
    if (found === undefined || !isOwn(token)(found))
      throw new GraphError(404, "ResourceNotFound", "The object was not found.");
    return found;
  };
  return [
    {
      method: "POST",
      path: "/subscriptions",
      permissions: nobody,
      openToEveryToken: true,
      throttle: "subscriptionWrite",
      respond: async (call) => {
        const request = subscriptionRequestOf(jsonObject(await call.json()));
        const topic = topicFor(request.resource, tenant, call.token);
        checkPermission(topic, call.token);
        const expiresAt = grantedExpiry(topic, request.expiresAt, tenant.clock.now());
        checkCombination(topic, request, expiresAt, tenant.clock.now());
        checkRoom(topic, request, call.token, subscriptions, parts.limits);
        await validate([request.notificationUrl, request.lifecycleNotificationUrl], parts.handshake);
        // A second request for the same may have passed the handshake meanwhile.
        checkRoom(topic, request, call.token, subscriptions, parts.limits);
        const subscription: Subscription = {
          ...request,
          id: tenant.randomness.guid(),
          topic,
          expiresAt,
          applicationId: call.token.clientId,
          creatorId: call.token.kind === "user" ? call.token.oid : call.token.clientId,
          userId: call.token.kind === "user" ? call.token.oid : null,
          includeUnknownEnumMembers: wantsUnknownEnumMembers(call.header("prefer")),
          authorizedUntil: call.token.expiresAt,
          authorized: true,
          lastRenewal: null,
        };
        subscriptions.add(subscription);
        return json(entity(subscription), 201);
      },
    },
    {
      method: "GET",
      path: "/subscriptions",
      permissions: nobody,
      openToEveryToken: true,
      throttle: "subscriptionList",
      respond: (call) => {
        const query = new Query(call.url.searchParams, ["$skiptoken"]);
        const own = subscriptions.all.filter(isOwn(call.token));
        const { items, nextLink } = pageInOrder(own, query, {
          top: parts.subscriptionsPerPage,
          keyOf: ({ id }) => id,
          url: `${parts.graphUrl}/v1.0/subscriptions`,
        });
        return json(collection(context, items.map(subscriptionResource), nextLink));
      },
    },
    {
      method: "GET",
      path: "/subscriptions/:subscriptionId",
      permissions: nobody,
      openToEveryToken: true,
      throttle: "subscriptionRead",
      respond: (call) => json(entity(at(call.parameter("subscriptionId"), call.token))),
    },
    {
      method: "PATCH",
      path: "/subscriptions/:subscriptionId",
      permissions: nobody,
      openToEveryToken: true,
      throttle: "subscriptionWrite",
      respond: async (call) => {
        const subscription = at(call.parameter("subscriptionId"), call.token);
        const now = tenant.clock.now();
        const renewal = renewalOf(jsonObject(await call.json()), subscription, now, parts.certificateUpdate);
        checkPermission(subscription.topic, call.token);
        if (renewal.notificationUrl !== subscription.notificationUrl)
          await validate([renewal.notificationUrl], parts.handshake);
        Object.assign(subscription, renewal, { authorizedUntil: call.token.expiresAt, authorized: true });
        subscription.lastRenewal = { kind: "patch", at: now };
        subscriptions.renewed(subscription);
        return json(entity(subscription));
      },
    },
    {
      method: "POST",
      path: "/subscriptions/:subscriptionId/reauthorize",
      permissions: nobody,
      openToEveryToken: true,
      throttle: "subscriptionReauthorize",
      respond: (call) => {
        const subscription = at(call.parameter("subscriptionId"), call.token);
        const now = tenant.clock.now();
        checkNotMixed(subscription, "reauthorize", now);
        checkPermission(subscription.topic, call.token);
        subscription.authorizedUntil = call.token.expiresAt;
        subscription.authorized = true;
        subscription.lastRenewal = { kind: "reauthorize", at: now };
        subscriptions.renewed(subscription);
        return noContent;
      },
    },
    {
      method: "DELETE",
      path: "/subscriptions/:subscriptionId",
      permissions: nobody,
      openToEveryToken: true,
      throttle: "subscriptionWrite",
      respond: (call) => {
        subscriptions.end(at(call.parameter("subscriptionId"), call.token).id, "deleted");
        return noContent;
      },
    },
  ];
}

function topicFor(resource: string, tenant: Tenant, token: AccessToken): Topic {
  const topic = topicOf(resource, tenant, token.kind === "user" ? token.oid : null);
  switch (topic.kind) {
    case "unsupported":
      throw notImplemented(`subscriptions to ${resource}`);
    case "unknown-user":
    case "unknown-chat":
      throw new GraphError(404, "NotFound", `The resource of the subscription was not found: ${topic.id}.`);
    default:
      return topic;
  }
}

// Identical URLs are asked twice, as Graph does (section 3).
async function validate(urls: readonly (string | null)[], options: HandshakeOptions): Promise<void> {
  for (const url of urls) {
    const refusal = url === null ? null : await handshake(url, options);
    if (refusal !== null) throw invalidRequest(`Subscription validation request failed. ${refusal}`);
  }
}
