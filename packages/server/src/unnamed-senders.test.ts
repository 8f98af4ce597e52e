import { expect, test } from "bun:test";
import { startTenant } from "@msteams-notifications/teams-simulator";
import { migratedDatabase } from "./adapters/postgres/testing/database.ts";
import { PluginCluster } from "./testing/plugin-node.ts";

/** Senders whom Graph does not name, from a tenant to the bot's posts. */

async function world() {
  await using made = new AsyncDisposableStack();
  const tenant = made.use(await startTenant());
  const cluster = made.use(new PluginCluster(tenant, made.use(await migratedDatabase())));
  const ann = await cluster.connect("ann");
  const node = made.use(await cluster.start());
  while ((await node.overview()).subscriptions.active < 1);
  const { conversations, directory } = tenant.tenant;
  const bob = directory.addUser({ displayName: "Bob Ode" });
  const { id: chatId } = conversations.create({
    chatType: "oneOnOne",
    memberIds: [bob.id, ann.teamsUserId],
  });
  /** Graph's letters of an id differ from place to place. */
  const unnamed = { id: bob.id.toUpperCase(), displayName: null, userIdentityType: "aadUser" } as const;
  const from = { kind: "user", ...unnamed, tenantId: tenant.tenantId } as const;
  const settled = async () => {
    await tenant.tenant.drained();
    for (;;) {
      const { waitingToCatchUp, backlog } = await node.overview();
      if (waitingToCatchUp === 0 && backlog.pending === 0) return;
    }
  };
  const shown = () => cluster.posts.posts.map(({ message }) => message);
  const chatsRead = () =>
    tenant.tenant.requests.all.filter(({ route }) => route?.endsWith("/chats/:chatId")).length;
  const all = made.move();
  const dispose = { [Symbol.asyncDispose]: () => all.disposeAsync() };
  return { cluster, conversations, ann, bob, chatId, unnamed, from, settled, shown, chatsRead, ...dispose };
}

test("a sender without a name is named by the chat's members, who are read once and only then", async () => {
  await using made = await world();
  const { cluster, conversations, chatId, bob, from, shown, settled, chatsRead } = made;
  conversations.send(chatId, { from: { userId: bob.id }, html: "<p>named</p>" });
  await cluster.posts.created(1);
  expect(chatsRead()).toBe(0);
  conversations.send(chatId, { from, html: "<p>one</p>" });
  const { id } = conversations.send(chatId, {
    from: { userId: bob.id, displayName: null },
    html: "<p>two</p>",
  });
  await cluster.posts.created(3);
  expect(shown().map((message) => message.slice(0, 12))).toEqual(Array(3).fill("**Bob Ode** "));
  expect(chatsRead()).toBe(1);
  conversations.edit(chatId, id, { html: "<p>three</p>" });
  await settled();
  expect(shown()[2]).toMatch(/^\*\*Bob Ode\*\* .*edited.*\n\n> three$/);
  conversations.delete(chatId, id);
  await settled();
  expect(shown()[2]).toMatch(/^\*\*Bob Ode\*\* .*deleted in Teams/);
}, 20_000);

test("so are the senders of what a message answers and of what it forwards", async () => {
  await using made = await world();
  const { cluster, conversations, chatId, bob, from, unnamed, shown } = made;
  const { id } = conversations.send(chatId, { from, html: "<p>question</p>" });
  conversations.send(chatId, { from: { userId: bob.id }, html: "<p>answer</p>", replyTo: id });
  const original = {
    originalMessageId: "1",
    originalMessageContent: "<p>elsewhere</p>",
    originalMessageSender: { application: null, device: null, user: unnamed },
  };
  const content = JSON.stringify(original);
  const attachments = [{ contentType: "forwardedMessageReference", content }];
  conversations.send(chatId, { from: { userId: bob.id }, attachments });
  await cluster.posts.created(3);
  expect(shown()[1]).toContain("> > **Bob Ode**:");
  expect(shown()[2]).toContain("> > Forwarded from **Bob Ode**:");
}, 20_000);

test("a connected person who is not in the chat has their name in Mattermost, and a stranger none", async () => {
  await using made = await world();
  const { cluster, conversations, chatId, from, shown } = made;
  const carl = await cluster.connect("carl");
  conversations.send(chatId, { from: { ...from, id: carl.teamsUserId }, html: "<p>one</p>" });
  conversations.send(chatId, { from: { ...from, id: crypto.randomUUID() }, html: "<p>two</p>" });
  await cluster.posts.created(2);
  expect(shown()[0]).toStartWith(`**${carl.userId} of Mattermost** `);
  expect(shown()[1]).toStartWith("**Someone** ");
}, 20_000);

test("the thread of a chat with somebody whom Graph does not name is named after them", async () => {
  await using made = await world();
  const { cluster, conversations, ann, chatId, from, shown } = made;
  await cluster.preferences.change(ann.userId, { threads: "chats" });
  conversations.send(chatId, { from, html: "<p>one</p>" });
  await cluster.posts.created(2);
  expect(shown()[0]).toStartWith("Teams chat with **Bob Ode** ");
}, 20_000);
