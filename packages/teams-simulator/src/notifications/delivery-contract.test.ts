import { expect, test } from "bun:test";
import { type Contoso, contoso } from "../testing/contoso.ts";
import { type Receiver, receiver } from "../testing/receiver.ts";
import type { DeliveryEvent } from "./delivery-event.ts";

async function subscribed(tenant: Contoso, endpoint: Receiver): Promise<() => void> {
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  await tenant.subscribe({ notificationUrl: endpoint.url });
  return () => void conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "hello" });
}

const ofKind = <Kind extends DeliveryEvent["kind"]>(tenant: Contoso, kind: Kind) =>
  tenant.tenant.deliveries.history.filter(
    (event): event is Extract<DeliveryEvent, { kind: Kind }> => event.kind === kind,
  );

test("a refused notification is repeated with doubling pauses until it is taken", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const send = await subscribed(tenant, endpoint);
  const answers = [500, 404, 202];
  endpoint.onNotification = () => new Response(null, { status: answers.shift() ?? 500 });
  send();
  await tenant.tenant.settled();
  await tenant.tenant.clock.advance(10_000);
  await tenant.tenant.settled();
  await tenant.tenant.clock.advance(20_000);
  await tenant.tenant.drained();
  expect(endpoint.received.map(({ text }) => text === endpoint.received[0]?.text)).toEqual([
    true,
    true,
    true,
  ]);
  expect(ofKind(tenant, "failed").map(({ status, attempt }) => [attempt, status])).toEqual([
    [1, 500],
    [2, 404],
  ]);
  expect(ofKind(tenant, "delivered").map(({ attempt, status }) => [attempt, status])).toEqual([[3, 202]]);
});

test("the first attempt ends after 3 seconds, a retry after 10", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const send = await subscribed(tenant, endpoint);
  const { clock, deliveries } = tenant.tenant;
  const { promise: never, resolve } = Promise.withResolvers<Response>();
  endpoint.onNotification = () => never;
  const failed = () => deliveries.next(({ kind }) => kind === "failed");
  send();
  await endpoint.first(1);
  const [first] = [failed(), await clock.advance(2_999)];
  expect(ofKind(tenant, "failed")).toEqual([]);
  await clock.advance(1);
  expect(await first).toMatchObject({ reason: "timeout", elapsedMs: 3_000 });
  const second = failed();
  await clock.advance(10_000);
  await endpoint.first(2);
  await clock.advance(10_000);
  expect(await second).toMatchObject({ reason: "timeout", elapsedMs: 10_000, attempt: 2 });
  resolve(new Response(null));
});

test("retries end after four hours", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const send = await subscribed(tenant, endpoint);
  const { clock } = tenant.tenant;
  endpoint.onNotification = () => new Response(null, { status: 503 });
  const startedAt = clock.now();
  send();
  await tenant.tenant.settled();
  for (
    let last = ofKind(tenant, "failed").at(-1);
    last?.retryAt != null;
    last = ofKind(tenant, "failed").at(-1)
  ) {
    await clock.advance(last.retryAt - clock.now());
    await tenant.tenant.settled();
  }
  await tenant.tenant.drained();
  const attempts = ofKind(tenant, "failed");
  expect(attempts.length).toBe(11);
  expect((attempts.at(-1)?.at ?? 0) - startedAt).toBe(10_000 * (2 ** 10 - 1));
  expect(ofKind(tenant, "discarded").map(({ reason }) => reason)).toEqual(["retriesEnded"]);
});

test("an endpoint that cannot be reached is retried like one that refuses", async () => {
  await using tenant = await contoso();
  const endpoint = await receiver();
  const send = await subscribed(tenant, endpoint);
  await endpoint[Symbol.asyncDispose]();
  send();
  await tenant.tenant.settled();
  expect(ofKind(tenant, "failed")).toMatchObject([{ reason: "unreachable", status: null, attempt: 1 }]);
});

test("an endpoint that often takes more than 3 seconds gets its notifications 10 minutes late", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const send = await subscribed(tenant, endpoint);
  const { clock } = tenant.tenant;
  for (let at = 0; at < 8; at += 1) {
    send();
    await tenant.tenant.settled();
  }
  const { promise: late, resolve } = Promise.withResolvers<Response>();
  endpoint.onNotification = () => late;
  for (const count of [9, 10]) {
    const failed = tenant.tenant.deliveries.next(({ kind }) => kind === "failed");
    send();
    await endpoint.first(count);
    await clock.advance(3_000);
    await failed;
  }
  resolve(new Response(null, { status: 202 }));
  endpoint.onNotification = () => new Response(null, { status: 202 });
  send();
  expect(ofKind(tenant, "postponed")).toMatchObject([{ reason: "slowState", until: clock.now() + 600_000 }]);
  for (const untilRetryMs of [7_000, 3_000]) {
    await clock.advance(untilRetryMs);
    await tenant.tenant.settled();
  }
  expect(endpoint.received).toHaveLength(12);
  await clock.advance(590_000);
  await tenant.tenant.drained();
  expect(endpoint.received).toHaveLength(13);
});

test("an endpoint that often takes more than 10 seconds loses its notifications for 10 minutes, then is probed", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const send = await subscribed(tenant, endpoint);
  const { clock, deliveries } = tenant.tenant;
  for (let at = 0; at < 8; at += 1) {
    send();
    await tenant.tenant.settled();
  }
  const { promise: late, resolve } = Promise.withResolvers<Response>();
  endpoint.onNotification = () => late;
  send();
  for (const [count, pauseMs, limitMs] of [
    [9, 0, 3_000],
    [10, 10_000, 10_000],
    [11, 20_000, 10_000],
  ] as const) {
    await clock.advance(pauseMs);
    await endpoint.first(count);
    const failed = deliveries.next(({ kind }) => kind === "failed");
    await clock.advance(limitMs);
    await failed;
  }
  resolve(new Response(null, { status: 202 }));
  endpoint.onNotification = () => new Response(null, { status: 202 });
  send();
  expect(ofKind(tenant, "discarded").map(({ reason }) => reason)).toEqual(["dropState"]);
  await clock.advance(40_000);
  await tenant.tenant.settled();
  await clock.advance(560_000);
  send();
  await tenant.tenant.drained();
  expect(ofKind(tenant, "discarded")).toHaveLength(1);
  expect(endpoint.received).toHaveLength(13);
});
