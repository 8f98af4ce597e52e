import { expect, test } from "bun:test";
import { contoso } from "../testing/contoso.ts";
import { type Received, receiver } from "../testing/receiver.ts";

type Items = Record<string, unknown>[];
const itemsOf = (received: readonly Received[]): Items =>
  received.flatMap(({ body }) => (body as { value: Items }).value);

async function group(tenant: Awaited<ReturnType<typeof contoso>>) {
  const memberIds = [tenant.alice.id, tenant.bob.id];
  return tenant.tenant.conversations.create({ chatType: "group", topic: "Plans", memberIds });
}

test("a basic notification says what changed and where, and nothing of its content", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const chat = await group(tenant);
  const subscription = await tenant.subscribe({ notificationUrl: `${endpoint.url}/hook?tenant=1` });
  const sent = tenant.tenant.conversations.send(chat.id, {
    from: { userId: tenant.alice.id },
    text: "secret text",
  });
  const [posted] = await endpoint.first(1);
  const resource = `chats('${chat.id}')/messages('${sent.id}')`;
  expect(posted?.body).toEqual({
    value: [
      {
        subscriptionId: subscription.id,
        changeType: "created",
        tenantId: tenant.tenantId,
        clientState: "client-state",
        subscriptionExpirationDateTime: "2026-11-23T15:00:00.0000000+00:00",
        resource,
        resourceData: { id: sent.id, "@odata.type": "#Microsoft.Graph.chatMessage", "@odata.id": resource },
        encryptedContent: null,
      },
    ],
  });
  expect(posted?.text).not.toContain("secret text");
  expect(posted?.url.search).toBe("?tenant=1");
  expect(posted?.contentType).toBe("application/json; charset=utf-8");
});

test("each subscription sees the chats it asked for and the kinds of change it asked for", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const { conversations } = tenant.tenant;
  const chat = await group(tenant);
  const other = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.carol.id] });
  const all = await tenant.subscribe({ changeType: "created", notificationUrl: endpoint.url });
  const bobs = await tenant.subscribe({
    resource: `users('${tenant.bob.id}')/chats/getAllMessages`,
    notificationUrl: endpoint.url,
  });
  const one = await tenant.subscribe({
    resource: `/chats/${other.id}/messages`,
    changeType: "deleted",
    notificationUrl: endpoint.url,
  });
  const first = conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "1" });
  const second = conversations.send(other.id, { from: { userId: tenant.alice.id }, text: "2" });
  conversations.edit(chat.id, first.id, { text: "1a" });
  conversations.react(other.id, second.id, tenant.carol.id, "like");
  conversations.delete(other.id, second.id);
  await tenant.tenant.settled();
  const seen = itemsOf(endpoint.received).map(
    (item) => `${item.subscriptionId} ${item.changeType} ${item.resource}`,
  );
  const at = (chatId: string, id: string): string => `chats('${chatId}')/messages('${id}')`;
  expect(seen.sort()).toEqual(
    [
      `${all.id} created ${at(chat.id, first.id)}`,
      `${all.id} created ${at(other.id, second.id)}`,
      `${bobs.id} created ${at(chat.id, first.id)}`,
      `${bobs.id} updated ${at(chat.id, first.id)}`,
      `${one.id} deleted ${at(other.id, second.id)}`,
    ].sort(),
  );
});

test("someone who left a chat is not told of what comes later", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const { conversations } = tenant.tenant;
  const chat = await group(tenant);
  await tenant.subscribe({
    resource: `/users/${tenant.bob.id}/chats/getAllMessages`,
    notificationUrl: endpoint.url,
  });
  conversations.removeMember(chat.id, tenant.bob.id);
  conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "now we can talk" });
  await tenant.tenant.settled();
  expect(endpoint.received).toEqual([]);
});

test("changes of one chat arrive in their order, several in one POST", async () => {
  await using tenant = await contoso({ delivery: { maxItemsPerPost: 3 } });
  await using endpoint = await receiver();
  const chat = await group(tenant);
  await tenant.subscribe({ notificationUrl: endpoint.url });
  const sent = Array.from({ length: 8 }, (_, at) =>
    tenant.tenant.conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: String(at) }),
  );
  await tenant.tenant.settled();
  expect(endpoint.received.map(({ body }) => (body as { value: Items }).value.length)).toEqual([3, 3, 2]);
  const ids = itemsOf(endpoint.received).map((item) => (item.resourceData as { id: string }).id);
  expect(ids).toEqual(sent.map((message) => message.id));
});

test("after a subscription was deleted or expired nothing is sent", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const chat = await group(tenant);
  const { conversations, clock, subscriptions } = tenant.tenant;
  const deleted = await tenant.subscribe({ notificationUrl: endpoint.url });
  await tenant.call("DELETE", `/subscriptions/${deleted.id}`);
  await tenant.subscribe({ notificationUrl: endpoint.url });
  await clock.advance(60 * 60_000);
  conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "too late" });
  await tenant.tenant.settled();
  expect(endpoint.received).toEqual([]);
  expect(subscriptions.all).toEqual([]);
});

test("stop ends a POST that a receiver keeps open", async () => {
  const tenant = await contoso();
  await using endpoint = await receiver();
  const chat = await group(tenant);
  const { promise: never, resolve } = Promise.withResolvers<Response>();
  endpoint.onNotification = () => never;
  await tenant.subscribe({ notificationUrl: endpoint.url });
  tenant.tenant.conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "hello" });
  await endpoint.first(1);
  await tenant.stop();
  expect(tenant.tenant.deliveries.history.map(({ kind }) => kind)).toEqual(["attempted"]);
  resolve(new Response(null));
});
