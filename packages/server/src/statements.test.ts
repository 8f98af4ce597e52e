import { expect, test } from "bun:test";
import { countStatements } from "@msteams-notifications/local-postgres/counting";
import { startTenant } from "@msteams-notifications/teams-simulator";
import { migratedDatabase } from "./adapters/postgres/testing/database.ts";
import type { Connection } from "./domain/connection.ts";
import { PluginCluster } from "./testing/plugin-node.ts";

/** What each message costs Mattermost's database, by the database's own count. */

async function world(settings: Readonly<Record<string, string>> = {}) {
  await using made = new AsyncDisposableStack();
  const tenant = made.use(await startTenant());
  const fresh = made.use(await migratedDatabase());
  const cluster = made.use(new PluginCluster(tenant, fresh, settings));
  const { directory, conversations } = tenant.tenant;
  const [ann, ben] = [await cluster.connect("ann"), await cluster.connect("ben")];
  const node = made.use(await cluster.start());
  const wanted = settings.subscriptionscope === "tenant" ? 1 : 2;
  for (;;) {
    const { subscriptions, waitingToCatchUp } = await node.overview();
    if (subscriptions.active >= wanted && waitingToCatchUp === 0) break;
  }
  const counts = made.use(await countStatements(fresh.url));
  // What a start brings has ended once nothing more is asked.
  while ((await counts.read()).length > 0);
  const chatOf = (...people: readonly (Pick<Connection, "teamsUserId"> | { readonly id: string })[]) => {
    const memberIds = people.map((person) => ("id" in person ? person.id : person.teamsUserId));
    return conversations.create({ chatType: people.length === 2 ? "oneOnOne" : "group", memberIds }).id;
  };
  const say = (chatId: string, person: Pick<Connection, "teamsUserId">, text: string) =>
    conversations.send(chatId, { from: { userId: person.teamsUserId }, html: `<p>${text}</p>` }).id;
  /** Statements since the last count, once everything sent has been answered and worked off. */
  const counted = async () => {
    await tenant.tenant.settled();
    while (
      (await counts.ask("SELECT count(*) FROM msteams_notifications.inbox WHERE state <> 'held'")) !== "0"
    );
    const statements = await counts.read();
    // Whether there is room is asked every ten seconds, whatever comes; the rest begins a connection.
    return statements.filter(({ text }) => !text.includes("AS waiting") && !text.startsWith("SET "));
  };
  const all = made.move();
  return {
    ...{ tenant, cluster, node, conversations, directory, ann, ben, chatOf, say, counted },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const total = (statements: readonly { readonly calls: number }[]) =>
  statements.reduce((sum, { calls }) => sum + calls, 0);

test("a delivered message takes three statements, with its writer's own notification", async () => {
  await using made = await world();
  const { cluster, ann, ben, chatOf, say, counted } = made;
  const chat = chatOf(ann, ben);
  say(chat, ben, "first");
  await cluster.posts.created(1);
  await counted();
  for (let number = 1; number <= 5; number += 1) {
    say(chat, ben, `message ${number}`);
    await cluster.posts.created(1 + number);
    expect(total(await counted())).toBe(3);
  }
});

test("an edit of a delivered message takes three statements, a change of one's own none", async () => {
  await using made = await world();
  const { cluster, conversations, ann, ben, chatOf, say, counted } = made;
  const chat = chatOf(ann, ben);
  const id = say(chat, ben, "first");
  await cluster.posts.created(1);
  await counted();
  conversations.edit(chat, id, { html: "<p>second</p>" });
  expect(total(await counted())).toBe(3);
  expect(cluster.posts.posts[0]?.message).toContain("second");
});

test("a message kept from somebody in front of Teams takes two statements, and its change one", async () => {
  await using made = await world();
  const { tenant, conversations, ann, ben, chatOf, say, counted } = made;
  tenant.tenant.presences.set(ann.teamsUserId, { availability: "Available" });
  const chat = chatOf(ann, ben);
  say(chat, ben, "first");
  await counted();
  const id = say(chat, ben, "second");
  expect(total(await counted())).toBe(2);
  conversations.edit(chat, id, { html: "<p>third</p>" });
  expect(total(await counted())).toBe(1);
});

test("a message that is held takes three statements, and one notes that its writer wrote", async () => {
  await using made = await world();
  const { cluster, node, ann, ben, chatOf, say, counted } = made;
  await cluster.preferences.change(ann.userId, { grace: "10m" });
  const chat = chatOf(ann, ben);
  say(chat, ben, "first");
  await counted();
  say(chat, ben, "second");
  expect(total(await counted())).toBe(4);
  expect(await node.backlog()).toEqual({ pending: 0, held: 2, dead: 0 });
});

test("what can never be delivered takes none: one's own, notes to oneself, events, and changes of these", async () => {
  await using made = await world();
  const { conversations, directory, ann, chatOf, say, counted } = made;
  const stranger = directory.addUser({ displayName: "Stranger" });
  const chat = chatOf(ann, stranger);
  // The certificate's key is read for the first.
  say(chat, ann, "own");
  await counted();
  const id = say(chat, ann, "own");
  conversations.edit(chat, id, { html: "<p>changed</p>" });
  conversations.react(chat, id, stranger.id, "like");
  conversations.delete(chat, id);
  const group = chatOf(ann, stranger, directory.addUser({ displayName: "Another" }));
  conversations.rename(group, "Plans");
  expect(await counted()).toEqual([]);
});

test("in a tenant-wide scope, chats without a connected person take none", async () => {
  await using made = await world({ subscriptionscope: "tenant" });
  const { directory, ann, chatOf, say, counted, conversations } = made;
  const [one, other, third] = ["One", "Other", "Third"].map((displayName) =>
    directory.addUser({ displayName }),
  );
  if (one === undefined || other === undefined || third === undefined) throw new Error("no people");
  const people = [one, other, third].map(({ id }) => ({ teamsUserId: id }));
  const pair = chatOf(one, other);
  const group = chatOf(one, other, third);
  // Who is in a group is asked once in ten minutes, and costs an entry.
  say(group, { teamsUserId: one.id }, "first");
  await counted();
  for (const person of people.slice(0, 2)) say(pair, person, "not for here");
  for (const person of people)
    conversations.edit(group, say(group, person, "nor this"), { html: "<p>nor that</p>" });
  expect(await counted()).toEqual([]);
  say(chatOf(ann, one), { teamsUserId: one.id }, "for ann");
  expect(total(await counted())).toBe(3);
});

test("a message of a group in a tenant-wide scope takes two statements, and one for each reader at most", async () => {
  await using made = await world({ subscriptionscope: "tenant" });
  const { cluster, directory, ann, ben, chatOf, say, counted } = made;
  const cid = await cluster.connect("cid");
  const stranger = directory.addUser({ displayName: "Stranger" });
  const group = chatOf(ann, ben, cid, stranger);
  say(group, { teamsUserId: stranger.id }, "first");
  await cluster.posts.created(3);
  await counted();
  say(group, { teamsUserId: stranger.id }, "second");
  await cluster.posts.created(6);
  expect(total(await counted())).toBeLessThanOrEqual(2 + 3);
});

test("statements are planned once for each connection, not each time", async () => {
  await using made = await world();
  const { cluster, ann, ben, chatOf, say, counted } = made;
  const chat = chatOf(ann, ben);
  for (let number = 1; number <= 60; number += 1) {
    say(chat, ben, `message ${number}`);
    await cluster.posts.created(number);
  }
  const statements = (await counted()).filter(({ calls }) => calls >= 60);
  expect(statements).toHaveLength(3);
  for (const { planned } of statements) expect(planned).toBeLessThan(10);
});
