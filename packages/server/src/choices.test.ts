import { expect, test } from "bun:test";
import { startTenant } from "@msteams-notifications/teams-simulator";
import { migratedDatabase } from "./adapters/postgres/testing/database.ts";
import { MattermostError } from "./application/mattermost/mattermost-error.ts";
import type { Connection } from "./domain/connection.ts";
import { PluginCluster } from "./testing/plugin-node.ts";

/** People's choices, from a tenant to the bot's posts, with several nodes over HTTP and a real database. */

async function world(settings: Readonly<Record<string, string>> = {}) {
  await using made = new AsyncDisposableStack();
  const tenant = made.use(await startTenant());
  const fresh = made.use(await migratedDatabase());
  const cluster = made.use(new PluginCluster(tenant, fresh, settings));
  const { directory, conversations } = tenant.tenant;
  const chatOf = (reader: Connection, name: string) => {
    const { id } = directory.addUser({ displayName: name });
    const chat = conversations.create({ chatType: "oneOnOne", memberIds: [id, reader.teamsUserId] });
    const send = (text: string) => conversations.send(chat.id, { from: { userId: id }, text });
    return { id: chat.id, send };
  };
  const chatWith = (reader: Connection, name: string) => chatOf(reader, name).send;
  const all = made.move();
  const settled = () => tenant.tenant.settled();
  return {
    ...{ cluster, conversations, settled, chatOf, chatWith },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** What the messages of each post say. */
const quotesOf = ({ posts }: PluginCluster) =>
  posts.posts.map(({ message }) => message.split("\n").filter((line) => line.startsWith("> ")));

const titleOf = (message: string | undefined) => message?.split(" · ")[0];

test("each chat has one thread, though two nodes share the work and an answer of Mattermost is lost", async () => {
  await using made = await world();
  const { cluster, chatWith } = made;
  const ann = await cluster.connect("ann");
  await cluster.preferences.change(ann.userId, { threads: "chats" });
  const [bob, cem] = [chatWith(ann, "Bob"), chatWith(ann, "Cem")];
  const error = new MattermostError("unavailable", "the answer is lost");
  cluster.posts.failNext = { error, afterCreating: true };
  for (const text of ["1", "2", "3"]) {
    bob(text);
    cem(text);
  }
  await using _one = await cluster.start();
  await using _other = await cluster.start();
  await cluster.posts.created(8);
  const { posts } = cluster.posts;
  const titles = new Map(posts.map(({ id, message }) => [id, titleOf(message)]));
  const lines = posts.map(({ rootId, message }) =>
    rootId === undefined ? titleOf(message) : `${titles.get(rootId)}: ${message.split("\n").at(-1)}`,
  );
  for (const name of ["Bob", "Cem"]) {
    const title = `Teams chat with **${name}**`;
    const replies = ["1", "2", "3"].map((text) => `${title}: > ${text}`);
    expect(lines.filter((line) => line?.startsWith(title))).toEqual([title, ...replies]);
  }
}, 20_000);

test("a chat that is muted at one node brings nothing at any, is named by Microsoft, and its reader is told why", async () => {
  await using made = await world();
  const { cluster, chatWith } = made;
  const ann = await cluster.connect("ann");
  const [bob, cem] = [chatWith(ann, "Bob"), chatWith(ann, "Cem")];
  await using one = await cluster.start();
  await using other = await cluster.start();
  bob("Before the mute");
  cem("From another chat");
  await cluster.posts.created(2);
  const muted = await one.mute(ann.userId, {
    chat: { kind: "typed", name: "bob" },
    until: "1h",
    mentions: true,
  });
  expect(muted).toMatchObject({ kind: "muted", chat: { label: "Bob", kind: "oneOnOne" } });
  for (const text of ["1", "2", "3"]) bob(text);
  cem("Afterwards");
  await cluster.posts.created(3);
  const kept = async () => {
    const { records = [] } = (await other.decisions(ann.userId)) ?? {};
    return records.map(({ outcome }) => (outcome.kind === "suppressed" ? outcome.reason : outcome.kind));
  };
  while ((await kept()).filter((each) => each !== "posting").length < 6);
  expect((await kept()).sort()).toEqual(["delivered", "delivered", "delivered", "muted", "muted", "muted"]);
  const [post] = cluster.posts.posts;
  const { records } = await one.decisionOfPost(ann.userId, post?.id ?? "");
  expect(records).toMatchObject([{ outcome: { kind: "delivered", because: expect.any(String) } }]);
  const chats = (await other.chats(ann.userId))?.chats ?? [];
  expect(chats.map(({ label, mute }) => [label, mute !== undefined]).sort()).toEqual([
    ["Bob", true],
    ["Cem", false],
  ]);
  expect((await other.unmute(ann.userId, { kind: "typed", name: "Bob" })).kind).toBe("unmuted");
  bob("After the mute");
  await cluster.posts.created(4);
}, 20_000);

test("what an administrator allows holds for every post, whatever people choose", async () => {
  await using made = await world({ mostshown: "notice" });
  const { cluster, chatWith } = made;
  const ann = await cluster.connect("ann");
  await cluster.preferences.change(ann.userId, { show: "whole" });
  const bob = chatWith(ann, "Bob");
  await using node = await cluster.start();
  bob("A secret");
  await cluster.posts.created(1);
  const [post] = cluster.posts.posts;
  expect(post?.message).toStartWith("A message for you in Teams · ");
  for (const secret of ["secret", "Bob"]) expect(JSON.stringify(post)).not.toContain(secret);
  expect(await node.choose(ann.userId, { show: "sender" })).toMatchObject({ kind: "not-allowed" });
  expect((await node.chats(ann.userId))?.chats[0]?.label).toMatch(/^Chat of two #[0-9a-f]{6}$/);
}, 20_000);

test("what is held outlasts the node that held it, and is brought by another, as it stands by then", async () => {
  await using made = await world();
  const { cluster, conversations, settled, chatOf, chatWith } = made;
  const ann = await cluster.connect("ann");
  const ben = await cluster.connect("ben");
  await cluster.preferences.change(ann.userId, { grace: "10m" });
  const [bob, cem] = [chatOf(ann, "Bob"), chatOf(ann, "Cem")];
  const minuteMs = 60_000;
  {
    await using node = await cluster.start();
    const ids = ["one", "two", "three"].map((text) => bob.send(text).id);
    cem.send("from Cem");
    chatWith(ben, "Dee")("for who did not choose");
    await cluster.posts.created(1);
    while ((await node.backlog()).held < 4 || (await node.backlog()).pending > 0);
    const { records = [] } = (await node.decisions(ann.userId)) ?? {};
    expect(records.map(({ outcome }) => outcome)).toEqual(Array(4).fill({ kind: "held", reason: "held" }));
    conversations.edit(bob.id, ids[0] ?? "", { text: "edited" });
    conversations.delete(bob.id, ids[1] ?? "");
    conversations.send(cem.id, { from: { userId: ann.teamsUserId }, text: "an answer" });
    await settled();
    while ((await node.backlog()).pending > 0);
  }
  cluster.aheadMs = 11 * minuteMs;
  await using node = await cluster.start();
  await cluster.posts.created(2);
  while ((await node.backlog()).pending > 0);
  expect(quotesOf(cluster).flat()).toEqual(["> for who did not choose", "> edited", "> three"]);
}, 20_000);

test("what comes in a snooze arrives when it ends, early at any node, and never twice", async () => {
  await using made = await world({ subscriptionscope: "tenant" });
  const { cluster, settled, chatWith } = made;
  const ann = await cluster.connect("ann");
  const [bob, cem] = [chatWith(ann, "Bob"), chatWith(ann, "Cem")];
  await using one = await cluster.start();
  await using other = await cluster.start();
  expect(await one.snooze(ann.userId, "64h")).toMatchObject({ kind: "became" });
  for (const text of ["1", "2", "3"]) {
    bob(text);
    cem(text);
  }
  await settled();
  while ((await one.backlog()).pending > 0);
  expect((await other.backlog()).held).toBe(6);
  const { records = [] } = (await other.decisions(ann.userId)) ?? {};
  expect(records.map(({ outcome }) => outcome)).toEqual(Array(6).fill({ kind: "held", reason: "snoozed" }));
  expect(await other.snooze(ann.userId, "off")).toMatchObject({ kind: "became", untilMs: undefined });
  await cluster.posts.created(2);
  while ((await one.backlog()).pending > 0);
  expect((await one.backlog()).held).toBe(0);
  const all = ["> 1", "> 2", "> 3"];
  expect(quotesOf(cluster)).toEqual([all, all]);
}, 20_000);

test("whoever was deactivated while nothing ran is disconnected when a node starts", async () => {
  await using made = await world();
  const { cluster } = made;
  const [ann, ben] = [await cluster.connect("ann"), await cluster.connect("ben")];
  cluster.departed.add(ann.userId);
  await using node = await cluster.start();
  while ((await node.connectionOf(ann.userId)).kind === "connected");
  expect((await node.connectionOf(ben.userId)).kind).toBe("connected");
}, 20_000);
