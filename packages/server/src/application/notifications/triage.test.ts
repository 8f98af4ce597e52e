import { expect, test } from "bun:test";
import type { Chat } from "../../domain/chat.ts";
import type { ChatMessage } from "../../domain/chat-message.ts";
import type { Connection } from "../../domain/connection.ts";
import { chatMessageJson } from "../../domain/testing/chat-messages.ts";
import type { InboxEntry } from "../inbox/inbox.ts";
import { FixedClock } from "../testing/time.ts";
import { followForMs } from "./change-decision.ts";
import { ChatMemory } from "./chat-memory.ts";
import { chatMessageRules } from "./chat-message-rules.ts";
import type { OpenedMessage } from "./opened-message.ts";
import { Triage, type Triaged } from "./triage.ts";

const clock = new FixedClock();
const minuteMs = 60_000;
const idOf = (digit: string) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;
const [reader, colleague, stranger] = [idOf("a"), idOf("b"), idOf("c")];
const connection: Connection = {
  userId: "reader".padEnd(26, "0"),
  tenantId: "tenant-id",
  teamsUserId: reader,
  teamsAccount: "reader@example.com",
  connectedAtMs: clock.now() - 30 * 24 * 60 * minuteMs,
};
const group = "19:group@thread.v2";
const chatOf = (one: string, other: string) => `19:${one}_${other}@unq.gbl.spaces`;
const from = (id: string) => ({ user: { id, displayName: "Bo", userIdentityType: "aadUser" } });
const at = (ms: number) => new Date(ms).toISOString();

interface World {
  /** Absent when nothing is known of people now. */
  readonly people?: readonly Connection[] | undefined;
  /** Teams ids of the group's members; absent when they are not remembered. */
  readonly members?: readonly string[];
  readonly decrypt?: () => Promise<unknown>;
}

interface Came extends Partial<InboxEntry> {
  readonly message?: Readonly<Record<string, unknown>>;
}

async function sort({ message = {}, ...changed }: Came, world: World = { people: [connection] }) {
  const sentAt = at(clock.now() - 1_000);
  const json = chatMessageJson({
    createdDateTime: sentAt,
    lastModifiedDateTime: sentAt,
    chatId: group,
    from: from(colleague),
    ...message,
  });
  let opened = 0;
  const asked: string[] = [];
  const acts: string[] = [];
  const members = world.members?.map((teamsUserId) => ({ teamsUserId, displayName: undefined }));
  const source = {
    async chat(id: string): Promise<Chat> {
      asked.push(id);
      return { id, kind: "group", topic: undefined, members: members ?? [] };
    },
  };
  const chats = new ChatMemory(source, clock);
  if (members !== undefined) await chats.get(group);
  const looks = { render: () => ({ message: "" }), renderThread: () => "" };
  const entry: InboxEntry<OpenedMessage<ChatMessage>> = {
    dedupeKey: "key",
    lane: "lane",
    subscriptionId: "s",
    userId: connection.userId,
    changeType: "created",
    resource: `chats('${json.chatId}')/messages('${json.id}')`,
    tenantId: "tenant-id",
    encryptedContent: { data: "", dataSignature: "", dataKey: "", encryptionCertificateId: "c" },
    receivedAtMs: clock.now(),
    ...(changed as Partial<InboxEntry<OpenedMessage<ChatMessage>>>),
  };
  const triaged = await new Triage({
    rules: chatMessageRules(looks),
    decryption: {
      decrypt: async () => {
        opened += 1;
        return (world.decrypt ?? (async () => json))();
      },
    },
    connections: {
      of: (userId) => world.people?.find((each) => each.userId === userId),
      among: (tenantId, ids) =>
        world.people?.filter((each) => each.tenantId === tenantId && ids.includes(each.teamsUserId)),
    },
    chats,
    noteAct: (userId, { chatId }) => void acts.push(`${userId} ${chatId}`),
    clock,
  }).of(entry);
  return { triaged, acts, entry, opened, isChatKnown: chats.known(group) !== undefined };
}

const outcome = (triaged: Triaged<ChatMessage>) => (triaged.kind === "drop" ? triaged.reason : "kept");
const system = {
  messageType: "systemEventMessage",
  eventDetail: { "@odata.type": "#microsoft.graph.membersAddedEventMessageDetail" },
};
const empty = { body: { contentType: "text", content: "" } };
const deleted = { deletedDateTime: at(clock.now()) };
const blocked = { policyViolation: { dlpAction: "blockAccess" } };
const ageOf = (ageMs: number) => ({
  createdDateTime: at(clock.now() - ageMs),
  lastModifiedDateTime: at(clock.now()),
});

test.each<[string, Came, string]>([
  ["a colleague's message", {}, "kept"],
  ["the reader's own message", { message: { from: from(reader) } }, "own-message"],
  [
    "the reader's own message, in other casing",
    { message: { from: from(reader.toUpperCase()) } },
    "own-message",
  ],
  [
    "a change of the reader's own message",
    { changeType: "updated", message: { from: from(reader) } },
    "own-message",
  ],
  ["a system event", { message: system }, "system-event"],
  ["a note to oneself", { message: { chatId: "48:notes" } }, "self-chat"],
  ["a message from before the connection", { message: ageOf(31 * 24 * 60 * minuteMs) }, "before-connection"],
  ["an empty message", { message: empty }, "empty"],
  ["a message that is deleted already", { message: deleted }, "deleted"],
  ["a message that was blocked at once", { message: blocked }, "blocked-by-policy"],
  ["a message that became empty", { changeType: "updated", message: empty }, "kept"],
  ["a message that was deleted", { changeType: "deleted", message: deleted }, "kept"],
  ["a message that was blocked", { changeType: "updated", message: blocked }, "kept"],
  ["a change of what was sent a week ago", { changeType: "updated", message: ageOf(followForMs) }, "kept"],
  [
    "a change of what was sent longer ago",
    { changeType: "updated", message: ageOf(followForMs + 1) },
    "too-old",
  ],
  [
    "a deletion of what was sent longer ago",
    { changeType: "deleted", message: ageOf(followForMs + 1) },
    "too-old",
  ],
  ["a message that came as late", { message: ageOf(followForMs + 1) }, "kept"],
  ["a message for a person not known in memory", { userId: "other".padEnd(26, "0") }, "kept"],
])("what can be brought to nobody is dropped, and nothing else: %s", async (_, came, expected) => {
  const { triaged } = await sort(came);
  expect(outcome(triaged)).toBe(expected);
});

test("what is kept carries what was opened, so that it is opened once", async () => {
  const { triaged, entry, opened } = await sort({});
  if (triaged.kind === "drop") throw new Error("It was dropped.");
  const { opened: found, ...rest } = triaged.entry;
  expect(rest).toEqual(entry);
  expect(found?.facts).toMatchObject({
    chatId: group,
    messageId: "1612289765949",
    sentAtMs: clock.now() - 1_000,
  });
  expect([found?.message.chatId, found?.openedAtMs, opened]).toEqual([group, clock.now(), 1]);
});

test.each<[string, () => Promise<unknown>]>([
  ["whose key is gone", () => Promise.reject(new Error("key gone"))],
  ["that is no chat message", async () => ({ nonsense: true })],
])("content %s is kept as it came", async (_, decrypt) => {
  const { triaged, entry } = await sort({}, { people: [connection], decrypt });
  expect(triaged).toEqual({ kind: "keep", entry });
});

test.each<[string, Came]>([
  ["without content", { encryptedContent: undefined }],
  ["that copies files", { changeType: "copy" }],
  ["that attaches files", { changeType: "attach" }],
])("an entry %s is kept unopened", async (_, came) => {
  const { triaged, entry, opened } = await sort(came);
  expect(triaged).toEqual({ kind: "keep", entry });
  expect(opened).toBe(0);
});

const wide: Came = { userId: undefined };
const oneOnOne = (one: string, other: string): Came => ({
  ...wide,
  message: { chatId: chatOf(one, other), from: from(other) },
});

test("what two others write each other is not even opened", async () => {
  const { triaged, opened } = await sort(oneOnOne(colleague, stranger));
  expect([outcome(triaged), opened]).toEqual(["no-reader", 0]);
});

test.each<[string, Came, World, string]>([
  ["in a chat with a connected person", oneOnOne(reader, colleague), { people: [connection] }, "kept"],
  [
    "in a chat with a connected person, in other casing",
    { ...oneOnOne(reader.toUpperCase(), colleague), tenantId: "TENANT-ID" },
    { people: [connection] },
    "kept",
  ],
  [
    "by the only connected person of two",
    oneOnOne(colleague, reader),
    { people: [connection] },
    "own-message",
  ],
  ["between two while nothing is known of people", oneOnOne(colleague, stranger), {}, "kept"],
  [
    "in a chat of another tenant",
    { ...oneOnOne(reader, colleague), tenantId: "other" },
    { people: [connection] },
    "no-reader",
  ],
  ["in a group whose members are not remembered", wide, { people: [connection] }, "kept"],
  [
    "in a group with a connected member",
    wide,
    { people: [connection], members: [reader, colleague] },
    "kept",
  ],
  ["in a group without one", wide, { people: [connection], members: [stranger, colleague] }, "no-reader"],
  ["in a group while nothing is known of people", wide, { members: [stranger, colleague] }, "kept"],
  [
    "by the only connected member of a group",
    { ...wide, message: { from: from(reader) } },
    { people: [connection], members: [reader, colleague] },
    "own-message",
  ],
  [
    "by one of two connected members",
    { ...wide, message: { from: from(reader) } },
    {
      people: [connection, { ...connection, userId: "other", teamsUserId: colleague }],
      members: [reader, colleague],
    },
    "kept",
  ],
])(
  "of a whole tenant only what concerns nobody is dropped: a message %s",
  async (_, came, world, expected) => {
    const { triaged } = await sort(came, world);
    expect(outcome(triaged)).toBe(expected);
  },
);

test("an event that changes a chat has it looked up anew, though it is dropped itself", async () => {
  const world = { people: [connection], members: [reader] };
  expect((await sort({ message: system }, world)).isChatKnown).toBe(false);
  expect((await sort({ ...wide, message: system }, world)).isChatKnown).toBe(false);
  expect((await sort(wide, world)).isChatKnown).toBe(true);
});

test("that the reader wrote is noted of their own message, and of nothing else", async () => {
  const own = await sort({ message: { from: from(reader) } });
  expect(own.acts).toEqual([`${connection.userId} ${group}`]);
  expect((await sort({})).acts).toEqual([]);
  expect((await sort({ message: system })).acts).toEqual([]);
  const changed = await sort({ changeType: "updated", message: { from: from(reader) } });
  expect(changed.acts).toEqual([]);
});
