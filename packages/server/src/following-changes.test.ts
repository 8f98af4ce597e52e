import { expect, test } from "bun:test";
import { startTenant } from "@msteams-notifications/teams-simulator";
import { migratedDatabase } from "./adapters/postgres/testing/database.ts";
import type { Integration } from "./application/integration.ts";
import { PluginCluster } from "./testing/plugin-node.ts";

/** Edits, reactions and deletions, from a tenant to the bot's posts, over HTTP, encryption and a real database. */

async function world() {
  await using made = new AsyncDisposableStack();
  const tenant = made.use(await startTenant());
  const cluster = made.use(new PluginCluster(tenant, made.use(await migratedDatabase())));
  const ann = await cluster.connect("ann");
  // The first node subscribes and ends; the second reads what came behind the new subscription. What is sent from then
  // on is announced, and nothing reads it besides.
  {
    await using first = await cluster.start();
    while ((await first.overview()).subscriptions.active < 1);
  }
  const node = made.use(await cluster.start());
  await idle(node);
  const bob = tenant.tenant.directory.addUser({ displayName: "Bob" });
  const { conversations, faults, clock } = tenant.tenant;
  const { id } = conversations.create({ chatType: "oneOnOne", memberIds: [bob.id, ann.teamsUserId] });
  const say = (text: string) =>
    conversations.send(id, { from: { userId: bob.id }, html: `<p>${text}</p>` }).id;
  const edit = (messageId: string, text: string) =>
    conversations.edit(id, messageId, { html: `<p>${text}</p>` });
  /** Resolves when what is on its way has arrived and is worked off; what is delayed may still come. */
  const sent = async () => {
    await tenant.tenant.settled();
    await idle(node);
  };
  const settled = async () => {
    await tenant.tenant.drained();
    await idle(node);
  };
  const { posts } = cluster.posts;
  const shown = () => posts.map(({ message }) => message);
  const all = made.move();
  const dispose = { [Symbol.asyncDispose]: () => all.disposeAsync() };
  const acts = { say, edit, sent, settled, shown };
  return { cluster, node, conversations, faults, clock, ann, bob, chatId: id, ...acts, ...dispose };
}

/** Resolves when nothing waits to be read or worked on. */
async function idle(integration: Integration): Promise<void> {
  for (;;) {
    const { waitingToCatchUp, backlog } = await integration.overview();
    if (waitingToCatchUp === 0 && backlog.pending === 0) return;
  }
}

test("one post follows its message through reactions, edits, a deletion and its return", async () => {
  await using made = await world();
  const { cluster, chatId, conversations, bob, shown, settled } = made;
  const id = made.say("first");
  await cluster.posts.created(1);
  conversations.react(chatId, id, bob.id, "like");
  await settled();
  expect(shown()[0]).toMatch(/^\*\*Bob\*\* · \[Open.*\n\n> first$/);
  expect(cluster.posts.rewritings).toBe(0);
  made.edit(id, "second");
  await settled();
  expect(shown()[0]).toMatch(/^\*\*Bob\*\* · edited · \[Open.*\n\n> second$/);
  conversations.delete(chatId, id);
  await settled();
  expect(shown()[0]).toMatch(/^\*\*Bob\*\* · deleted in Teams · \[Open[^\n]*$/);
  conversations.undelete(chatId, id);
  await settled();
  expect(shown()[0]).toMatch(/> second$/);
  expect(shown()).toHaveLength(1);
}, 20_000);

test("an edit that overtakes its message leaves one post with the new text, and a deletion none", async () => {
  await using made = await world();
  const { clock, faults, shown, settled } = made;
  const delayMs = 30_000;
  faults.setNotifications({ delayedShare: 1, delayMs });
  const edited = made.say("first");
  const deleted = made.say("gone");
  faults.setNotifications({ delayedShare: 0 });
  made.edit(edited, "second");
  made.conversations.delete(made.chatId, deleted);
  await made.sent();
  expect(shown()).toEqual([]);
  await clock.advance(delayMs);
  await settled();
  expect(shown()).toHaveLength(1);
  expect(shown()[0]).toMatch(/ · edited · .*\n\n> second$/);
  const outcomes = (await made.node.recentDeliveries(5)).map(({ outcome }) => outcome.kind);
  expect(outcomes.toSorted()).toEqual(["delivered", "suppressed"]);
}, 20_000);

test("messages of a burst share a post, and an edit and a deletion change their own part of it", async () => {
  await using made = await world();
  const { cluster, shown, settled } = made;
  await cluster.preferences.change(made.ann.userId, { together: "on" });
  const ids = ["one", "two", "three"].map(made.say);
  await settled();
  made.edit(ids[1] ?? "", "2");
  made.conversations.delete(made.chatId, ids[0] ?? "");
  await settled();
  expect(shown().map((message) => message.replaceAll(/ · \[Open[^\n]*/g, ""))).toEqual([
    "**Bob** · deleted in Teams\n\n**Bob** · edited\n\n> 2\n\n**Bob**\n\n> three",
  ]);
}, 20_000);

test("changes whose notification was lost are read, each once", async () => {
  await using made = await world();
  const { cluster, node, faults, conversations, chatId, shown, settled } = made;
  const [edited, deleted] = [made.say("first"), made.say("gone")];
  await cluster.posts.created(2);
  await settled();
  faults.setNotifications({ lostShare: 1 });
  made.edit(edited, "second");
  conversations.delete(chatId, deleted);
  await settled();
  expect(shown().join()).toContain("first");
  for (let turn = 0; turn < 2; turn += 1) {
    await node.catchUp();
    await idle(node);
    expect(shown()[0]).toMatch(/> second$/);
    expect(shown()[1]).toContain("deleted in Teams");
    expect([shown().length, cluster.posts.rewritings]).toEqual([2, 2]);
  }
}, 20_000);
