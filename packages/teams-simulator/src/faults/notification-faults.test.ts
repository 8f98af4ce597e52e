import { expect, test } from "bun:test";
import type { DeliveryEvent } from "../notifications/delivery-event.ts";
import { type Contoso, contoso } from "../testing/contoso.ts";
import { type Received, type Receiver, receiver } from "../testing/receiver.ts";
import type { NotificationFaults } from "./fault.ts";

const idsOf = (received: readonly Received[]): string[] =>
  received
    .flatMap(({ body }) => (body as { value: { resourceData: { id: string } }[] }).value)
    .map((item) => item.resourceData.id);

async function sentWith(
  tenant: Contoso,
  endpoint: Receiver,
  faults: Partial<NotificationFaults>,
  count: number,
) {
  const { conversations } = tenant.tenant;
  tenant.tenant.faults.setNotifications(faults);
  await tenant.subscribe({ notificationUrl: endpoint.url });
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  return Array.from({ length: count }, (_, at) =>
    conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: String(at) }),
  ).map(({ id }) => id);
}

const countOf = (tenant: Contoso, kind: DeliveryEvent["kind"]): number =>
  tenant.tenant.deliveries.history.filter((event) => event.kind === kind).length;

test("lost notifications are never sent, and each is announced", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const ids = await sentWith(tenant, endpoint, { lostShare: 0.5 }, 40);
  await tenant.tenant.settled();
  const arrived = idsOf(endpoint.received);
  expect(arrived.length + countOf(tenant, "discarded")).toBe(40);
  expect(arrived.length).toBeGreaterThan(8);
  expect(arrived.length).toBeLessThan(32);
  expect(ids.filter((id) => arrived.includes(id))).toEqual(arrived);
});

test("duplicated notifications come two or three times and none is missing", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const ids = await sentWith(tenant, endpoint, { duplicatedShare: 1, copiesMax: 3 }, 40);
  await tenant.tenant.settled();
  const arrived = idsOf(endpoint.received);
  const counts = ids.map((id) => arrived.filter((one) => one === id).length);
  expect(new Set(counts)).toEqual(new Set([2, 3]));
});

test("reordered notifications all come, some after their successors", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const ids = await sentWith(tenant, endpoint, { reorderedShare: 0.5 }, 40);
  await tenant.tenant.clock.advance(1_000);
  await tenant.tenant.drained();
  const arrived = idsOf(endpoint.received);
  expect([...arrived].sort()).toEqual(ids);
  expect(arrived).not.toEqual(ids);
});

test("delayed notifications come when their time has come", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const ids = await sentWith(tenant, endpoint, { delayedShare: 1, delayMs: 5_000 }, 2);
  await tenant.tenant.settled();
  await tenant.tenant.clock.advance(4_999);
  await tenant.tenant.settled();
  expect(endpoint.received).toEqual([]);
  await tenant.tenant.clock.advance(1);
  await tenant.tenant.drained();
  expect(idsOf(endpoint.received)).toEqual(ids);
});
