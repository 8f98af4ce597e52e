import { expect, test } from "bun:test";
import { TenantClock } from "./clock.ts";
import type { TenantEvent } from "./events.ts";
import { seededRandomness } from "./randomness.ts";
import { Tenant } from "./tenant.ts";

function peopled() {
  const clock = new TenantClock({ startAt: 1_700_000_000_000, running: false });
  const tenant = new Tenant({ clock, randomness: seededRandomness(3) });
  const [alice, bob, carol] = ["Alice", "Bob", "Carol"].map((displayName) =>
    tenant.directory.addUser({ displayName }),
  );
  if (alice === undefined || bob === undefined || carol === undefined)
    throw new Error("The directory lost someone.");
  const events: TenantEvent[] = [];
  tenant.events.listen((event) => events.push(event));
  return { clock, tenant, alice, bob, carol, events, conversations: tenant.conversations };
}

test("the chat of two people has both ids in its own, in order, and exists once", () => {
  const { alice, bob, conversations, events } = peopled();
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  expect(chat.id).toBe(`19:${[alice.id, bob.id].sort().join("_")}@unq.gbl.spaces`);
  expect(conversations.create({ chatType: "oneOnOne", memberIds: [bob.id, alice.id] })).toBe(chat);
  expect(events.map(({ kind }) => kind)).toEqual(["chatCreated"]);
});

test("group and meeting ids have the shapes of Teams", () => {
  const { alice, bob, conversations } = peopled();
  const memberIds = [alice.id, bob.id];
  expect(conversations.create({ chatType: "group", memberIds }).id).toMatch(/^19:[0-9a-f]{32}@thread\.v2$/);
  expect(conversations.create({ chatType: "meeting", memberIds }).id).toMatch(
    /^19:meeting_[A-Za-z0-9]+@thread\.v2$/,
  );
});

test("message ids are the time of sending and differ within a millisecond", async () => {
  const { alice, bob, clock, conversations } = peopled();
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  const send = () => conversations.send(chat.id, { from: { userId: alice.id }, text: "x" }).id;
  expect([send(), send()]).toEqual(["1700000000000", "1700000000001"]);
  await clock.advance(500);
  expect(send()).toBe("1700000000500");
});

test("a deletion hides what a message showed until it is taken back, and moves the last modification", async () => {
  const { alice, bob, clock, conversations, events } = peopled();
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  const { id, body } = conversations.send(chat.id, { from: { userId: alice.id }, html: "<p>x</p>" });
  await clock.advance(1_000);
  const { deletedAt } = conversations.delete(chat.id, id);
  expect(deletedAt).toBe(1_700_000_001_000);
  expect(conversations.message(chat.id, id).body.content).toBe("");
  expect(() => conversations.edit(chat.id, id, { text: "y" })).toThrow("brought back");
  await clock.advance(1_000);
  expect(conversations.undelete(chat.id, id)).toMatchObject({
    body,
    deletedAt: null,
    lastModifiedAt: 1_700_000_002_000,
  });
  conversations.undelete(chat.id, id);
  const causes = events.slice(2).map((event) => ("cause" in event ? event.cause : event.kind));
  expect(causes).toEqual(["messageDeleted", "undelete"]);
});

test("an edit moves both times, a reaction only the last modification", async () => {
  const { alice, bob, clock, conversations, events } = peopled();
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  const { id } = conversations.send(chat.id, { from: { userId: alice.id }, text: "x" });
  await clock.advance(1_000);
  conversations.react(chat.id, id, bob.id, "like");
  expect(conversations.message(chat.id, id)).toMatchObject({
    lastModifiedAt: 1_700_000_001_000,
    lastEditedAt: null,
  });
  conversations.react(chat.id, id, bob.id, "like");
  expect(conversations.message(chat.id, id).reactions).toEqual([]);
  await clock.advance(1_000);
  conversations.edit(chat.id, id, { text: "y" });
  expect(conversations.message(chat.id, id)).toMatchObject({
    createdAt: 1_700_000_000_000,
    lastModifiedAt: 1_700_000_002_000,
    lastEditedAt: 1_700_000_002_000,
  });
  const causes = events.flatMap((event) => (event.kind === "messageUpdated" ? [event.cause] : []));
  expect(causes).toEqual(["reaction", "reaction", "edit"]);
});

test("two changes within a millisecond still have different times", () => {
  const { alice, bob, conversations } = peopled();
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  const { id } = conversations.send(chat.id, { from: { userId: alice.id }, text: "x" });
  const first = conversations.edit(chat.id, id, { text: "y" }).lastModifiedAt;
  expect(conversations.edit(chat.id, id, { text: "z" }).lastModifiedAt).toBe(first + 1);
});

test("only members write, and only groups grow", () => {
  const { alice, bob, carol, conversations } = peopled();
  const pair = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  const write = () => conversations.send(pair.id, { from: { userId: carol.id }, text: "let me in" });
  expect(write).toThrow(expect.objectContaining({ code: "not-a-member" }));
  expect(() => conversations.addMember(pair.id, carol.id)).toThrow(
    expect.objectContaining({ code: "invalid" }),
  );
  expect(() => conversations.create({ chatType: "oneOnOne", memberIds: [alice.id] })).toThrow(
    expect.objectContaining({ code: "invalid" }),
  );
});

test("joining, leaving and renaming leave system messages behind", () => {
  const { alice, bob, carol, conversations, events } = peopled();
  const chat = conversations.create({ chatType: "group", memberIds: [alice.id, bob.id] });
  conversations.addMember(chat.id, carol.id, alice.id);
  conversations.addMember(chat.id, carol.id, alice.id);
  conversations.removeMember(chat.id, bob.id);
  conversations.rename(chat.id, "Plans", alice.id);
  expect(
    chat.messages.map(({ eventDetail, messageType, from }) => [
      eventDetail?.["@odata.type"],
      messageType,
      from,
    ]),
  ).toEqual(
    ["membersAdded", "membersDeleted", "chatRenamed"].map((name) => [
      `#microsoft.graph.${name}EventMessageDetail`,
      "systemEventMessage",
      null,
    ]),
  );
  expect(chat.members.map(({ userId }) => userId)).toEqual([alice.id, carol.id]);
  expect(events.map(({ kind }) => kind)).toEqual([
    "chatCreated",
    "memberAdded",
    "messageCreated",
    "memberRemoved",
    "messageCreated",
    "chatUpdated",
    "messageCreated",
  ]);
  expect(() => conversations.removeMember(chat.id, bob.id)).toThrow(
    expect.objectContaining({ code: "not-a-member" }),
  );
});

test("a reply quotes its message, and attachments get their placeholders", () => {
  const { alice, bob, conversations } = peopled();
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  const asked = conversations.send(chat.id, {
    from: { userId: alice.id },
    html: "<p>Lunch &nbsp;<b>at</b> 12?</p>",
  });
  const reply = conversations.send(chat.id, {
    from: { userId: bob.id },
    text: "Yes & no",
    replyTo: asked.id,
    attachments: [{ id: "menu", contentUrl: "https://contoso.example/menu.pdf", name: "menu.pdf" }],
  });
  expect(reply.body).toEqual({
    contentType: "html",
    content: `<attachment id="${asked.id}"></attachment><p>Yes &amp; no</p><attachment id="menu"></attachment>`,
  });
  expect(reply.attachments.map(({ contentType }) => contentType)).toEqual(["messageReference", "reference"]);
  expect(JSON.parse(reply.attachments[0]?.content ?? "")).toMatchObject({
    messageId: asked.id,
    messagePreview: "Lunch  at 12?",
    messageSender: { user: { id: alice.id, displayName: "Alice" } },
  });
  expect(() => conversations.send(chat.id, { from: null, text: "x", replyTo: "1" })).toThrow(
    expect.objectContaining({ code: "unknown-message" }),
  );
});

test("a member's name can be left out, in what quotes the message too", () => {
  const { alice, bob, conversations } = peopled();
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  const from = { userId: alice.id, displayName: null };
  const quoted = conversations.send(chat.id, { from, text: "hi" });
  expect(quoted.from).toMatchObject({ kind: "user", id: alice.id, displayName: null });
  const answer = conversations.send(chat.id, { from: { userId: bob.id }, text: "yes", replyTo: quoted.id });
  const { messageSender } = JSON.parse(answer.attachments[0]?.content ?? "");
  expect(messageSender.user).toMatchObject({ id: alice.id, displayName: null });
});

test("a message keeps the sender that Graph would name: a bot, or nobody", () => {
  const { alice, bob, conversations } = peopled();
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  const bot = { kind: "application", id: "b", displayName: "Bot", applicationIdentityType: "bot" } as const;
  expect(conversations.send(chat.id, { from: bot, text: "beep" }).from).toEqual(bot);
  expect(conversations.send(chat.id, { from: null, text: "?" }).from).toBeNull();
});
