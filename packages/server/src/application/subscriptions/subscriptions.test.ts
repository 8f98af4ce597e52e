import { expect, test } from "bun:test";
import { SubscriptionRefused } from "../connections/connection-ports.ts";
import { GraphError, type GraphErrorCode } from "../graph/graph-error.ts";
import { isClientState, ownerOfClientState } from "./client-state.ts";
import { renewWithinMs, subscriptionLifeMs } from "./subscription-plan.ts";
import { Subscriptions } from "./subscriptions.ts";
import { ann, ben, never, settings, subscriptionsOf } from "./testing/graph.ts";

test("connecting makes one subscription with all that Graph needs, and doing it again makes none", async () => {
  const { subscriptions, graph, store, clock } = subscriptionsOf(ann);
  await subscriptions.ensureFor(ann);
  await subscriptions.ensureFor(ann);
  expect(graph.calls).toEqual(["create"]);
  const [made] = graph.all.values();
  expect(made?.request).toMatchObject({
    resource: "/users/teams-ann/chats/getAllMessages",
    changeType: "created,updated,deleted",
    notificationUrl: "https://chat.example.com/plugins/msteams-notifications/webhook/changes",
    lifecycleNotificationUrl: "https://chat.example.com/plugins/msteams-notifications/webhook/lifecycle",
    encryptionCertificateId: "certificate-1",
  });
  const lifeMs = (made?.expiresAtMs ?? 0) - clock.now();
  expect(lifeMs).toBeGreaterThan(4_000 * 60_000);
  expect(lifeMs).toBeLessThan(4_320 * 60_000);
  const [stored] = await store.list();
  const clientState = made?.request?.clientState ?? "";
  expect(clientState.length).toBeLessThanOrEqual(128);
  expect(isClientState(clientState, stored?.clientStateHash ?? "")).toBe(true);
  expect(ownerOfClientState(settings.webhookSecret, clientState)).toBe(ann.userId);
});

const refusals: readonly GraphErrorCode[] = [
  "limit-reached",
  "forbidden",
  "unreachable",
  "invalid-request",
  "unexpected",
];

test.each(refusals)(
  "a person whose subscription fails with %s is told why and leaves nothing behind",
  async (code) => {
    const { subscriptions, graph, store, problems } = subscriptionsOf(ann);
    graph.failNext.set("create", new GraphError(code, "refused"));
    const error = await subscriptions.ensureFor(ann).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SubscriptionRefused);
    expect(error instanceof SubscriptionRefused && error.explanation.length > 20).toBe(true);
    expect([await store.list(), await problems.list()]).toEqual([[], []]);
  },
);

test("disconnecting removes the subscription on both sides", async () => {
  const { subscriptions, graph, store } = subscriptionsOf(ann, ben);
  await subscriptions.ensureFor(ann);
  await subscriptions.ensureFor(ben);
  await subscriptions.removeFor(ann.userId);
  await subscriptions.removeFor(ann.userId);
  expect([...graph.all.values()].map(({ resource }) => resource)).toEqual([
    "/users/teams-ben/chats/getAllMessages",
  ]);
  expect((await store.list()).map(({ userId }) => userId)).toEqual([ben.userId]);
});

test("the one for the whole tenant ends with the last person, and not before", async () => {
  const { parts, graph, store, connections } = subscriptionsOf(ann, ben);
  const tenant = new Subscriptions({ ...parts, settings: { ...settings, scope: "tenant" } });
  await tenant.ensureFor(ann);
  await tenant.removeFor(ann.userId);
  await connections.remove(ann.userId);
  expect(graph.all.size).toBe(1);
  await tenant.removeFor(ben.userId);
  expect([graph.all.size, await store.list()]).toEqual([0, []]);
});

test("a subscription left from a lost record is replaced by one whose secret is known", async () => {
  const { subscriptions, graph, store } = subscriptionsOf(ann);
  graph.all.set("old", { id: "old", resource: "/users/teams-ann/chats/getAllMessages", expiresAtMs: 9e15 });
  await subscriptions.ensureFor(ann);
  expect([...graph.all.keys()]).toEqual(["s1"]);
  expect([...store.all.keys()]).toEqual(["s1"]);
});

test("reconciling makes what is missing, renews what is old, and then has nothing left to do", async () => {
  const { subscriptions, graph, clock } = subscriptionsOf(ann, ben);
  expect(await subscriptions.reconcile(never)).toEqual({ changes: 2, failures: 0 });
  expect(await subscriptions.reconcile(never)).toEqual({ changes: 0, failures: 0 });
  clock.nowMs += subscriptionLifeMs - renewWithinMs + 1;
  expect(await subscriptions.reconcile(never)).toEqual({ changes: 2, failures: 0 });
  expect(graph.calls.filter((call) => call === "renew")).toHaveLength(2);
  for (const { expiresAtMs } of graph.all.values())
    expect(expiresAtMs).toBe(clock.now() + subscriptionLifeMs);
  expect(await subscriptions.reconcile(never)).toEqual({ changes: 0, failures: 0 });
});

test("a subscription that brings other kinds of changes is replaced, and nothing is taken for lost", async () => {
  const { subscriptions, graph, resync, clock } = subscriptionsOf(ann);
  await subscriptions.reconcile(never);
  const [made] = graph.all.values();
  if (made === undefined) throw new Error("There is no subscription.");
  for (const changeType of ["Deleted, Created,updated", undefined]) {
    graph.all.set(made.id, { ...made, changeType });
    expect(await subscriptions.reconcile(never)).toEqual({ changes: 0, failures: 0 });
  }
  graph.all.set(made.id, { ...made, changeType: "created" });
  resync.all.clear();
  expect(await subscriptions.reconcile(never)).toEqual({ changes: 1, failures: 0 });
  expect([...graph.all.values()].map(({ id, changeType }) => [id, changeType])).toEqual([
    ["s2", "created,updated,deleted"],
  ]);
  expect([...resync.all.values()]).toEqual([clock.now()]);
});

test("a subscription that vanished is made again and the gap is noted", async () => {
  const { subscriptions, graph, store, resync } = subscriptionsOf(ann);
  await subscriptions.reconcile(never);
  graph.all.clear();
  await subscriptions.reconcile(never);
  expect([...graph.all.keys()]).toEqual(["s2"]);
  expect([...store.all.keys()]).toEqual(["s2"]);
  expect([...resync.all.keys()]).toEqual([ann.userId]);
});

test("the gap is noted before a lost subscription is replaced and again when the new one is there", async () => {
  const { parts, graph, store } = subscriptionsOf(ann);
  const noted: string[][] = [];
  const resync = { note: async () => void noted.push([...graph.all.keys()]) };
  const subscriptions = new Subscriptions({ ...parts, resync });
  await subscriptions.ensureFor(ann);
  const [stored] = await store.list();
  graph.all.clear();
  if (stored !== undefined) await subscriptions.replaceLost(stored);
  expect(noted).toEqual([[], ["s2"]]);
});

test("one failure does not keep the others from being made, and it is shown until it is gone", async () => {
  const { subscriptions, graph, clock } = subscriptionsOf(ann, ben);
  graph.failNext.set("create", new GraphError("limit-reached", "full"));
  expect(await subscriptions.reconcile(never)).toEqual({ changes: 2, failures: 1 });
  const problem = { owner: ann.userId, code: "limit-reached" as const, sinceMs: clock.now() };
  expect(await subscriptions.status()).toEqual({ wanted: 2, active: 1, problems: [problem] });
  await subscriptions.reconcile(never);
  expect(await subscriptions.status()).toEqual({ wanted: 2, active: 2, problems: [] });
});

test("switching notifications off removes everything, switching them on makes it again", async () => {
  const { subscriptions, graph, store, parts } = subscriptionsOf(ann, ben);
  await subscriptions.reconcile(never);
  const off = new Subscriptions({ ...parts, settings: { ...settings, syncNotifications: false } });
  await off.reconcile(never);
  expect([graph.all.size, store.all.size]).toEqual([0, 0]);
  await off.ensureFor(ann);
  expect(graph.all.size).toBe(0);
  await subscriptions.reconcile(never);
  expect(graph.all.size).toBe(2);
});

test("changing the scope replaces personal subscriptions by one for the tenant and back", async () => {
  const { subscriptions, graph, parts } = subscriptionsOf(ann, ben);
  await subscriptions.reconcile(never);
  const tenant = new Subscriptions({ ...parts, settings: { ...settings, scope: "tenant" } });
  await tenant.reconcile(never);
  expect([...graph.all.values()].map(({ resource }) => resource)).toEqual(["/chats/getAllMessages"]);
  await tenant.ensureFor(ben);
  expect(graph.all.size).toBe(1);
  await subscriptions.reconcile(never);
  expect([...graph.all.values()].map(({ resource }) => resource).sort()).toEqual([
    "/users/teams-ann/chats/getAllMessages",
    "/users/teams-ben/chats/getAllMessages",
  ]);
});

test("subscriptions of another installation are left alone, our own forgotten ones are removed", async () => {
  const { subscriptions, graph } = subscriptionsOf(ann);
  graph.all.set("theirs", {
    id: "theirs",
    resource: "/x",
    expiresAtMs: 9e15,
    notificationUrl: "https://other.example.com/hook",
  });
  await subscriptions.reconcile(never);
  const [mine] = [...graph.all.values()].filter(({ id }) => id !== "theirs");
  graph.all.set("forgotten", {
    id: "forgotten",
    resource: "/y",
    expiresAtMs: 9e15,
    notificationUrl: mine?.notificationUrl,
  });
  await subscriptions.reconcile(never);
  expect([...graph.all.keys()].sort()).toEqual(["s1", "theirs"]);
});

test("a replaced certificate replaces the subscriptions made with it", async () => {
  const { subscriptions, graph, store, clock, parts, resync } = subscriptionsOf(ann);
  await subscriptions.reconcile(never);
  const rotated = { current: async () => ({ id: "certificate-2", certificate: "bmV3" }) };
  await new Subscriptions({ ...parts, certificates: rotated }).reconcile(never);
  expect([...graph.all.keys()]).toEqual(["s2"]);
  expect((await store.list())[0]?.certificateId).toBe("certificate-2");
  // Between the two nobody was subscribed.
  expect(resync.all).toEqual(new Map([[ann.userId, clock.now()]]));
});

test.each([
  ["webhook secret", { ...settings, webhookSecret: "another webhook secret" }],
  ["Site URL", { ...settings, pluginUrl: "https://new.example.com/plugins/msteams-notifications" }],
])("a changed %s replaces every subscription, once", async (_what, changed) => {
  const { parts, graph, subscriptions } = subscriptionsOf(ann, ben);
  await subscriptions.reconcile(never);
  const before = [...graph.all.keys()];
  const after = new Subscriptions({ ...parts, settings: changed });
  expect(await after.reconcile(never)).toEqual({ changes: 2, failures: 0 });
  const made = [...graph.all.values()];
  expect(made.filter(({ id }) => before.includes(id))).toEqual([]);
  for (const { request } of made) {
    expect(request?.notificationUrl).toStartWith(changed.pluginUrl);
    expect(ownerOfClientState(changed.webhookSecret, request?.clientState ?? "")).toBeDefined();
  }
  expect(await after.reconcile(never)).toEqual({ changes: 0, failures: 0 });
});

test("Graph's wish for reauthorisation is answered by renewing, and by replacing what is gone", async () => {
  const { subscriptions, graph, store, clock, resync } = subscriptionsOf(ann);
  await subscriptions.ensureFor(ann);
  clock.nowMs += 1_000;
  const [stored] = await store.list();
  if (stored === undefined) throw new Error("nothing stored");
  await subscriptions.renew(stored);
  expect(graph.all.get("s1")?.expiresAtMs).toBe(clock.now() + subscriptionLifeMs);
  graph.all.clear();
  await subscriptions.renew(stored);
  expect([...graph.all.keys()]).toEqual(["s2"]);
  expect([...store.all.keys()]).toEqual(["s2"]);
  expect(resync.all.size).toBe(1);
});

test("a renewal that Graph asks for again and again is recorded once in the life of a subscription", async () => {
  const { subscriptions, graph, store, clock } = subscriptionsOf(ann);
  await subscriptions.ensureFor(ann);
  const [made] = await store.list();
  if (made === undefined) throw new Error("nothing stored");
  const hourMs = 3_600_000;
  let saved = 0;
  for (let passedMs = 0; passedMs < subscriptionLifeMs; passedMs += hourMs) {
    clock.nowMs += hourMs;
    const before = (await store.byId(made.id)) ?? made;
    await subscriptions.renew(before);
    if ((await store.byId(made.id))?.expiresAtMs !== before.expiresAtMs) saved += 1;
    expect(graph.all.get(made.id)?.expiresAtMs).toBe(clock.now() + subscriptionLifeMs);
    expect((await store.byId(made.id))?.expiresAtMs).toBeGreaterThan(clock.now());
  }
  expect([graph.calls.filter((call) => call === "renew").length, saved]).toEqual([71, 1]);
});

test("a renewal that is asked for while it waits is made once", async () => {
  const { subscriptions, graph, store } = subscriptionsOf(ann);
  await subscriptions.ensureFor(ann);
  const [stored] = await store.list();
  if (stored === undefined) throw new Error("nothing stored");
  await Promise.all([subscriptions.renew(stored), subscriptions.renew(stored)]);
  expect(graph.calls).toEqual(["create", "renew"]);
  await subscriptions.renew(stored);
  expect(graph.calls).toEqual(["create", "renew", "renew"]);
});

test("a subscription of somebody who is no longer connected is ended instead of renewed", async () => {
  const { subscriptions, graph, store, connections } = subscriptionsOf(ann);
  await subscriptions.ensureFor(ann);
  const [stored] = await store.list();
  await connections.remove(ann.userId);
  if (stored === undefined) throw new Error("nothing stored");
  await subscriptions.renew(stored);
  expect([graph.all.size, store.all.size]).toEqual([0, 0]);
});

test("nothing secret is written to the log", async () => {
  const { subscriptions, graph, log } = subscriptionsOf(ann);
  graph.failNext.set("create", new GraphError("unavailable", "with a secret-looking detail"));
  await subscriptions.reconcile(never);
  expect(log.lines).toHaveLength(1);
  expect(log.lines.join()).not.toContain("secret");
});
