import { expect, test } from "bun:test";
import { type Contoso, contoso, inMinutes } from "../testing/contoso.ts";
import { type Received, type Receiver, receiver } from "../testing/receiver.ts";

type Items = Record<string, unknown>[];
const lifecycleOf = (received: readonly Received[]): unknown[] =>
  received
    .filter(({ url }) => url.pathname === "/lifecycle")
    .flatMap(({ body }) => (body as { value: Items }).value)
    .map((item) => item.lifecycleEvent);

const watched = (tenant: Contoso, endpoint: Receiver, minutes = 45) =>
  tenant.subscribe({
    notificationUrl: `${endpoint.url}/hook`,
    lifecycleNotificationUrl: `${endpoint.url}/lifecycle`,
    expirationDateTime: inMinutes(minutes),
  });

const chatOf = (tenant: Contoso) =>
  tenant.tenant.conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });

test("before a subscription expires its subscriber is reminded every 15 minutes", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const subscription = await watched(tenant, endpoint);
  const { clock, settled } = tenant.tenant;
  await clock.advance(30 * 60_000 - 1);
  await settled();
  expect(endpoint.received).toEqual([]);
  await clock.advance(1);
  await settled();
  expect(endpoint.received.map(({ body }) => body)).toEqual([
    {
      value: [
        {
          subscriptionId: subscription.id,
          subscriptionExpirationDateTime: "2026-11-23T14:45:00.0000000+00:00",
          tenantId: tenant.tenantId,
          clientState: "client-state",
          lifecycleEvent: "reauthorizationRequired",
        },
      ],
    },
  ]);
  await clock.advance(60 * 60_000);
  await settled();
  expect(lifecycleOf(endpoint.received)).toHaveLength(1);
});

test("renewing postpones the reminder", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const subscription = await watched(tenant, endpoint);
  const { clock, settled } = tenant.tenant;
  await clock.advance(29 * 60_000);
  const authorization = `Bearer ${await tenant.newAccessToken()}`;
  const change = { expirationDateTime: inMinutes(89) };
  await tenant.call("PATCH", `/subscriptions/${subscription.id}`, change, { authorization });
  await clock.advance(30 * 60_000);
  await settled();
  expect(lifecycleOf(endpoint.received)).toEqual([]);
});

test("a renewal by a token that is about to expire is followed by a reminder a quarter of an hour later", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const subscription = await watched(tenant, endpoint, 24 * 60);
  const { clock, settled } = tenant.tenant;
  const untilReminderMs = subscription.authorizedUntil - clock.now() - 15 * 60_000;
  await clock.advance(untilReminderMs);
  const expirationDateTime = new Date(subscription.expiresAt).toISOString();
  const renew = () => tenant.call("PATCH", `/subscriptions/${subscription.id}`, { expirationDateTime });
  expect((await renew()).status).toBe(200);
  await settled();
  expect(lifecycleOf(endpoint.received)).toHaveLength(1);
  await clock.advance(15 * 60_000 - 1);
  expect(lifecycleOf(endpoint.received)).toHaveLength(1);
  await clock.advance(1);
  await settled();
  expect(lifecycleOf(endpoint.received)).toHaveLength(2);
});

test("what happens after the token's end waits for the next authorization", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const subscription = await watched(tenant, endpoint, 24 * 60);
  const { clock, conversations, deliveries, settled } = tenant.tenant;
  await clock.advance(100 * 60_000);
  await settled();
  const reminders = lifecycleOf(endpoint.received);
  expect(reminders.length).toBeGreaterThan(1);
  conversations.send(chatOf(tenant).id, { from: { userId: tenant.alice.id }, text: "patience" });
  await settled();
  expect(deliveries.history.at(-1)).toMatchObject({ kind: "postponed", reason: "unauthorized" });
  const authorization = `Bearer ${await tenant.newAccessToken()}`;
  const path = `/subscriptions/${subscription.id}/reauthorize`;
  expect((await tenant.call("POST", path, undefined, { authorization })).status).toBe(204);
  await settled();
  expect(endpoint.received.filter(({ url }) => url.pathname === "/hook")).toHaveLength(1);
});

test("what waited for more than four hours is discarded at the next authorization", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const subscription = await watched(tenant, endpoint, 24 * 60);
  const { clock, conversations, deliveries, settled } = tenant.tenant;
  await clock.advance(100 * 60_000);
  conversations.send(chatOf(tenant).id, { from: { userId: tenant.alice.id }, text: "gone" });
  await clock.advance(4 * 3_600_000 + 1);
  await settled();
  const authorization = `Bearer ${await tenant.newAccessToken()}`;
  await tenant.call("POST", `/subscriptions/${subscription.id}/reauthorize`, undefined, { authorization });
  expect(deliveries.history.at(-1)).toMatchObject({ kind: "discarded", reason: "unauthorized" });
});

test("a removed subscription is gone, and its subscriber is told", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const subscription = await watched(tenant, endpoint);
  expect(tenant.tenant.lifecycle.remove(subscription.id)).toBe(true);
  expect(tenant.tenant.lifecycle.remove(subscription.id)).toBe(false);
  await tenant.tenant.settled();
  expect(lifecycleOf(endpoint.received)).toEqual(["subscriptionRemoved"]);
  expect((await tenant.call("GET", `/subscriptions/${subscription.id}`)).status).toBe(404);
});

test("revoked consent pauses delivery, and tokens to come lack the role", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const subscription = await watched(tenant, endpoint);
  tenant.tenant.lifecycle.revokeConsent(tenant.clientId);
  tenant.tenant.conversations.send(chatOf(tenant).id, { from: { userId: tenant.alice.id }, text: "hello" });
  await tenant.tenant.settled();
  expect(lifecycleOf(endpoint.received)).toEqual(["reauthorizationRequired"]);
  expect(endpoint.received).toHaveLength(1);
  const authorization = `Bearer ${await tenant.newAccessToken()}`;
  const refused = await tenant.call("POST", `/subscriptions/${subscription.id}/reauthorize`, undefined, {
    authorization,
  });
  expect([refused.status, refused.body.error?.code]).toEqual([403, "Forbidden"]);
});

test("a subscription without a lifecycle URL is told nothing", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const subscription = await tenant.subscribe({ notificationUrl: endpoint.url });
  tenant.tenant.lifecycle.notify(subscription, "missed");
  await tenant.tenant.settled();
  expect(endpoint.received).toEqual([]);
});
