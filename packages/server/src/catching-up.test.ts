import { expect, test } from "bun:test";
import { startTenant } from "@msteams-notifications/teams-simulator";
import { migratedDatabase } from "./adapters/postgres/testing/database.ts";
import type { Integration } from "./application/integration.ts";
import type { Connection } from "./domain/connection.ts";
import { PluginCluster } from "./testing/plugin-node.ts";

/** Messages whose notification never came, from a tenant to the bot's posts, over HTTP and a real database. */

const history = "GET /v1.0/users/:userId/chats/getAllMessages";

async function world(settings: Readonly<Record<string, string>> = {}) {
  await using made = new AsyncDisposableStack();
  const tenant = made.use(await startTenant());
  const fresh = made.use(await migratedDatabase());
  const cluster = made.use(new PluginCluster(tenant, fresh, settings));
  await fresh.database.query("SELECT 1");
  const bob = tenant.tenant.directory.addUser({ displayName: "Bob" });
  const { conversations } = tenant.tenant;
  const chatWith = (...people: readonly Connection[]) => {
    const memberIds = [bob.id, ...people.map(({ teamsUserId }) => teamsUserId)];
    const chat = conversations.create({ chatType: people.length === 1 ? "oneOnOne" : "group", memberIds });
    return (text: string) => conversations.send(chat.id, { from: { userId: bob.id }, text });
  };
  const reads = () => tenant.tenant.requests.all.filter(({ route }) => route === history.slice(4)).length;
  const all = made.move();
  return { tenant, cluster, chatWith, reads, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Resolves when nothing waits to be read or worked on. */
async function idle(integration: Integration): Promise<void> {
  for (;;) {
    const { waitingToCatchUp, backlog } = await integration.overview();
    if (waitingToCatchUp === 0 && backlog.pending === 0) return;
  }
}

const texts = (cluster: PluginCluster) =>
  cluster.posts.posts.map(({ message }) => message.split("\n").at(-1)?.replace("> ", ""));

test("what was sent while nothing ran arrives after a start, in order and once", async () => {
  await using made = await world();
  const { cluster, chatWith } = made;
  const say = chatWith(await cluster.connect("ann"));
  for (const text of ["one", "two", "three"]) say(text);
  await using node = await cluster.start();
  await cluster.posts.created(3);
  await node.catchUp();
  await idle(node);
  expect(texts(cluster)).toEqual(["one", "two", "three"]);
}, 20_000);

test("what Graph never announced is found on an administrator's word, what it announced is not repeated", async () => {
  await using made = await world();
  const { cluster, chatWith, tenant } = made;
  const say = chatWith(await cluster.connect("ann"));
  await using node = await cluster.start();
  await idle(node);
  while ((await node.overview()).subscriptions.active < 1);
  say("announced");
  await cluster.posts.created(1);
  tenant.tenant.faults.setNotifications({ lostShare: 1 });
  say("lost");
  say("lost too");
  await tenant.tenant.settled();
  expect(texts(cluster)).toEqual(["announced"]);
  expect(await node.catchUp()).toEqual({ kind: "started", people: 1 });
  await cluster.posts.created(3);
  await node.catchUp();
  await idle(node);
  expect(texts(cluster)).toEqual(["announced", "lost", "lost too"]);
}, 20_000);

test("nothing appears that was sent before the person connected or while notifications were off", async () => {
  await using made = await world();
  const { cluster, chatWith } = made;
  const say = chatWith(await cluster.connect("ann", { connectedAtMs: Date.now() + 60_000 }));
  const other = await cluster.connect("ben");
  const sayToOther = chatWith(other);
  await cluster.preferences.change(other.userId, { notifications: "off" });
  say("before");
  sayToOther("while off");
  await using node = await cluster.start();
  await idle(node);
  await cluster.preferences.change(other.userId, { notifications: "on" });
  await node.notificationsSwitched(other.userId, true);
  await node.catchUp();
  await idle(node);
  sayToOther("while on");
  await node.catchUp();
  await cluster.posts.created(1);
  await idle(node);
  expect(texts(cluster)).toEqual(["while on"]);
}, 20_000);

test("what the person has seen by then is not brought", async () => {
  await using made = await world();
  const { cluster, chatWith, tenant } = made;
  const [present, wrote, away] = [
    await cluster.connect("present"),
    await cluster.connect("wrote"),
    await cluster.connect("away"),
  ];
  for (const person of [present, wrote, away]) chatWith(person)(`to ${person.userId}`);
  const { conversations, presences } = tenant.tenant;
  presences.set(present.teamsUserId, { availability: "Busy", activity: "InACall" });
  const [chat] = conversations.ofUser(wrote.teamsUserId);
  conversations.send(chat?.id ?? "", { from: { userId: wrote.teamsUserId }, text: "my answer" });
  // Decided about minutes later, when what came between counts.
  cluster.aheadMs = 5 * 60_000;
  await using node = await cluster.start();
  await cluster.posts.created(1);
  await idle(node);
  expect(cluster.posts.posts.map(({ channelId }) => channelId)).toEqual([`dm-${away.userId}`]);
  const outcomes = (await node.recentDeliveries(9)).map(
    ({ userId, outcome }) => `${userId} ${outcome.kind === "suppressed" ? outcome.reason : outcome.kind}`,
  );
  expect(outcomes.toSorted()).toEqual(
    [`${away.userId} delivered`, `${present.userId} in-a-call`, `${wrote.userId} seen-in-teams`].toSorted(),
  );
}, 20_000);

test("of two nodes that start at once one reads, and every message arrives once", async () => {
  await using made = await world();
  const { cluster, chatWith, reads } = made;
  const people = await Promise.all(["ann", "ben", "carol"].map((name) => cluster.connect(name)));
  const say = chatWith(...people);
  for (let number = 0; number < 10; number += 1) say(`${number}`);
  await using one = await cluster.start();
  await using two = await cluster.start();
  await cluster.posts.created(30);
  await Promise.all([idle(one), idle(two)]);
  await two.catchUp();
  await idle(one);
  for (const { userId } of people) {
    const own = cluster.posts.posts.filter(({ channelId }) => channelId === `dm-${userId}`);
    expect(own.map(({ message }) => message.split("\n").at(-1))).toEqual(
      Array.from({ length: 10 }, (_, number) => `> ${number}`),
    );
  }
  expect(reads()).toBeLessThanOrEqual(9);
}, 20_000);

test("a Graph that fails in the middle delays, loses and repeats nothing", async () => {
  await using made = await world();
  const { cluster, chatWith, tenant } = made;
  const say = chatWith(await cluster.connect("ann"));
  for (let number = 0; number < 120; number += 1) say(`${number}`);
  tenant.tenant.faults.arm({ kind: "status", status: 503, route: history, share: 0.4 });
  await using node = await cluster.start();
  while (cluster.posts.posts.length < 120) {
    await node.catchUp();
    await idleOrStopped(node);
  }
  tenant.tenant.faults.clear();
  await node.catchUp();
  await idle(node);
  expect(texts(cluster)).toEqual(Array.from({ length: 120 }, (_, number) => `${number}`));
}, 30_000);

async function idleOrStopped(integration: Integration): Promise<void> {
  while ((await integration.overview()).backlog.pending > 0);
}

test("in a tenant-wide scope a message that nobody was told of reaches each of its readers once", async () => {
  await using made = await world({ subscriptionscope: "tenant" });
  const { cluster, chatWith } = made;
  const people = await Promise.all(["ann", "ben"].map((name) => cluster.connect(name)));
  chatWith(...people)("to both");
  await using node = await cluster.start();
  await cluster.posts.created(2);
  await node.catchUp();
  await idle(node);
  expect(cluster.posts.posts.map(({ channelId }) => channelId).toSorted()).toEqual(
    people.map(({ userId }) => `dm-${userId}`),
  );
}, 20_000);

test("nothing is read while notifications are switched off for all, and nothing of that time afterwards", async () => {
  await using tenant = await startTenant();
  await using fresh = await migratedDatabase();
  await using off = new PluginCluster(tenant, fresh, { syncnotifications: "false" });
  await using on = new PluginCluster(tenant, fresh);
  const ann = await off.connect("ann");
  const bob = tenant.tenant.directory.addUser({ displayName: "Bob" });
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [ann.teamsUserId, bob.id] });
  {
    await using node = await off.start();
    conversations.send(chat.id, { from: { userId: bob.id }, text: "while off" });
    expect(await node.catchUp()).toEqual({ kind: "impossible", why: "switched-off" });
    expect((await node.overview()).access).toMatchObject([{ area: "setting", code: "switched-off" }]);
  }
  await using node = await on.start();
  await idle(node);
  conversations.send(chat.id, { from: { userId: bob.id }, text: "while on" });
  await node.catchUp();
  await on.posts.created(1);
  await idle(node);
  expect(texts(on)).toEqual(["while on"]);
  expect((await node.overview()).access).toEqual([]);
}, 20_000);
