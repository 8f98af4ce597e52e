import { expect, test } from "bun:test";
import { GraphError } from "../graph/graph-error.ts";
import { toInboxEntry } from "../notifications/inbox-entry.ts";
import { readMessages } from "./read-messages.ts";
import { clockSkewMs, overlapMs } from "./reading-window.ts";
import { type CatchUpWorld, catchUpIn, minuteMs, nowMs, person, sent } from "./testing/catch-up-world.ts";

const ann = person("ann");

function readingAnn(messages: readonly Record<string, unknown>[], world: Partial<CatchUpWorld> = {}) {
  const run = catchUpIn({ people: [ann], messages: { [ann.teamsUserId]: messages }, ...world });
  const [reader] = run.due;
  if (reader === undefined) throw new Error("nobody is due");
  const readAgain = async (change = {}) => (await readMessages(run.ports, { ...reader, ...change })).missed;
  return { ...run, readAgain };
}

const times = (run: ReturnType<typeof readingAnn>) =>
  run.entries.map(({ encryptedContent }) => JSON.parse(encryptedContent?.data ?? "{}").createdDateTime);

test("a message that never came takes the place of its notification: same key, same lane, sealed content", async () => {
  const message = sent(20);
  const run = readingAnn([message]);
  expect(await run.readAgain()).toBe(1);
  const announced = toInboxEntry(
    {
      subscriptionId: "s",
      changeType: "created",
      resource: `chats('${message.chatId}')/messages('${message.id}')`,
    },
    {
      ids: { chatId: String(message.chatId), messageId: String(message.id) },
      userId: ann.userId,
      tenantId: ann.tenantId,
      receivedAtMs: nowMs,
    },
  );
  const content = {
    encryptionCertificateId: "c",
    data: JSON.stringify(message),
    dataSignature: "s",
    dataKey: "k",
  };
  expect(run.entries).toEqual([{ ...announced, subscriptionId: "catch-up", encryptedContent: content }]);
});

test("what came is not brought again", async () => {
  const known = readingAnn([sent(20), sent(10)]);
  await known.readAgain();
  const run = readingAnn([sent(20), sent(15), sent(10)], {
    knownKeys: known.entries.map(({ dedupeKey }) => dedupeKey),
  });
  expect(await run.readAgain()).toBe(1);
  expect(await run.readAgain()).toBe(0);
});

const changesOf = (run: ReturnType<typeof readingAnn>) => run.entries.map(({ changeType }) => changeType);
const at = (minutesAgo: number) => new Date(nowMs - minutesAgo * minuteMs).toISOString();
const edited = (sentAgo: number, editedAgo: number) =>
  sent(sentAgo, { lastModifiedDateTime: at(editedAgo), lastEditedDateTime: at(editedAgo) });
const deleted = (sentAgo: number, deletedAgo: number) =>
  sent(sentAgo, { lastModifiedDateTime: at(deletedAgo), deletedDateTime: at(deletedAgo) });

async function createdKeys(...messages: Record<string, unknown>[]) {
  const run = readingAnn(messages);
  await run.readAgain();
  return run.entries.flatMap(({ changeType, dedupeKey }) => (changeType === "created" ? [dedupeKey] : []));
}

test("edits and deletions of what came are brought once, and not counted as messages", async () => {
  const messages = [edited(30, 20), deleted(29, 19), sent(28)];
  const run = readingAnn(messages, { knownKeys: await createdKeys(...messages) });
  expect(await run.readAgain()).toBe(0);
  expect(changesOf(run)).toEqual(["updated", "deleted"]);
  expect(new Set(run.entries.map(({ lane }) => lane)).size).toBe(1);
  await run.readAgain();
  expect(run.entries).toHaveLength(2);
});

test("what never came comes as it stands, without its changes", async () => {
  const run = readingAnn([edited(30, 20), edited(29, 19)]);
  expect(await run.readAgain()).toBe(2);
  expect(changesOf(run)).toEqual(["created", "created"]);
});

test("what was deleted is brought as a deletion alone: whoever was told of it is not told of it any more", async () => {
  const run = readingAnn([deleted(29, 19)]);
  expect(await run.readAgain()).toBe(0);
  expect(changesOf(run)).toEqual(["deleted"]);
});

test("a change of last week's message is brought, an older one and one before the window are not", async () => {
  const dayMinutes = 24 * 60;
  const messages = [edited(6 * dayMinutes, 20), edited(8 * dayMinutes, 21)];
  const old = sent(6 * dayMinutes, { lastModifiedDateTime: at(5), lastEditedDateTime: at(5 * dayMinutes) });
  const run = readingAnn([...messages, old], { people: [person("ann", nowMs - 30 * dayMinutes * minuteMs)] });
  expect(await run.readAgain()).toBe(0);
  expect(
    run.entries.map(({ changeType, resource }) => [changeType, resource.includes(String(messages[0]?.id))]),
  ).toEqual([["updated", true]]);
});

test("messages are brought oldest first, in whatever order Graph lists them", async () => {
  const run = readingAnn([sent(1), sent(30, { chatId: "19:b@thread.v2" }), sent(5), sent(29)], {
    pageLength: 2,
  });
  await run.readAgain();
  expect(times(run)).toEqual([30, 29, 5, 1].map((minutes) => sent(minutes).createdDateTime));
});

test("the window is the last reading's end until what a clock ahead stamps now; read is recorded until now", async () => {
  const run = readingAnn([]);
  await run.readAgain();
  expect(run.read).toEqual([
    {
      teamsUserId: ann.teamsUserId,
      window: { fromMs: nowMs - 60 * minuteMs - overlapMs, untilMs: nowMs + clockSkewMs },
    },
  ]);
  expect(run.progressed).toEqual([[ann.userId, nowMs, nowMs]]);
});

test("a message that a clock of Microsoft's ahead of ours has stamped is brought", async () => {
  const run = readingAnn([sent(-1)]);
  await run.readAgain();
  expect(times(run)).toEqual([sent(-1).createdDateTime]);
});

test("an old message that someone reacted to is not brought", async () => {
  const at = new Date(nowMs - minuteMs).toISOString();
  const run = readingAnn([
    sent(25 * 60, { lastModifiedDateTime: at }),
    sent(23 * 60, { lastModifiedDateTime: at }),
  ]);
  expect(await run.readAgain()).toBe(1);
});

test("nothing from before the person connected or turned notifications on is brought", async () => {
  const at = new Date(nowMs - minuteMs).toISOString();
  const early = sent(50, { lastModifiedDateTime: at });
  const run = readingAnn([early, sent(10)]);
  expect(await run.readAgain({ notificationsOnSinceMs: nowMs - 40 * minuteMs })).toBe(1);
  const late = readingAnn([early, sent(10)]);
  expect(await late.readAgain({ connection: { ...ann, connectedAtMs: nowMs - 40 * minuteMs } })).toBe(1);
});

test("of a person who turned notifications off nothing is read, and the switch is remembered", async () => {
  const run = readingAnn([sent(10)], { off: [ann.userId] });
  expect(await run.readAgain()).toBe(0);
  expect([run.read, run.entries]).toEqual([[], []]);
  expect(run.switches).toEqual([[ann.userId, false, nowMs]]);
  expect(run.progressed).toEqual([[ann.userId, nowMs, nowMs]]);
});

test("what the person last did in each chat is noted before anything is brought", async () => {
  const from = { user: { id: ann.teamsUserId, displayName: "Ann" }, application: null };
  const run = readingAnn([
    sent(30, { from }),
    sent(20, { from }),
    sent(10),
    sent(5, { chatId: "19:b@thread.v2", from }),
  ]);
  let broughtBefore = -1;
  const { noteActs } = run.ports.sightings;
  run.ports.sightings.noteActs = (...given) => {
    broughtBefore = run.entries.length;
    return noteActs(...given);
  };
  await run.readAgain();
  expect(broughtBefore).toBe(0);
  expect(run.acts.get(ann.userId)).toEqual(
    new Map([
      ["19:a@thread.v2", nowMs - 20 * minuteMs],
      ["19:b@thread.v2", nowMs - 5 * minuteMs],
    ]),
  );
});

test("in a tenant-wide scope the message belongs to all its readers", async () => {
  const run = readingAnn([sent(10)], { scope: "tenant" });
  await run.readAgain();
  expect(run.entries.map(({ userId, lane }) => [userId, lane])).toEqual([
    [undefined, "tenant/19:a@thread.v2"],
  ]);
});

test("what is no message of a chat is left out", async () => {
  const run = readingAnn([
    sent(10),
    { ...sent(9), chatId: null, lastModifiedDateTime: sent(9).lastModifiedDateTime },
  ]);
  expect(await run.readAgain()).toBe(1);
});

test("a day with thousands of messages is read in parts, each recorded, none lost", async () => {
  const messages = Array.from({ length: 4_500 }, (_, number) => sent(55 - number / 100));
  const run = readingAnn(messages);
  expect(await run.readAgain()).toBe(4_500);
  expect(new Set(run.entries.map(({ dedupeKey }) => dedupeKey)).size).toBe(4_500);
  expect(times(run)).toEqual(messages.map(({ createdDateTime }) => createdDateTime));
  expect(run.progressed.length).toBeGreaterThan(2);
  expect(run.progressed.at(-1)).toEqual([ann.userId, nowMs, nowMs]);
  expect(Math.max(...run.statements)).toBeLessThanOrEqual(200);
});

test("a minute with thousands of messages is taken whole", async () => {
  const messages = Array.from({ length: 2_500 }, (_, number) => sent(1 - number / 100_000));
  expect(await readingAnn(messages).readAgain()).toBe(2_500);
});

test("a reading that fails records nothing as read", async () => {
  const run = readingAnn([sent(10)], {
    refusals: { [ann.teamsUserId]: new GraphError("unavailable", "503") },
  });
  await expect(run.readAgain()).rejects.toMatchObject({ code: "unavailable" });
  expect(run.progressed).toEqual([]);
});

const fromAnn = { from: { user: { id: ann.teamsUserId, displayName: "Ann", userIdentityType: "aadUser" } } };

test.each<[string, Record<string, unknown>]>([
  ["one's own message", sent(20, fromAnn)],
  ["an edit of one's own message", { ...edited(120, 20), ...fromAnn }],
  ["a system event", sent(20, { messageType: "systemEventMessage", eventDetail: { "@odata.type": "#x" } })],
  ["a note to oneself", sent(20, { chatId: "48:notes" })],
  ["an empty message", sent(20, { body: { contentType: "text", content: "" } })],
  ["a message that was deleted at once", { ...deleted(20, 20), id: "1" }],
])("%s can never be delivered, so it is neither asked for nor brought", async (_, message) => {
  const run = readingAnn([message]);
  expect(await run.readAgain()).toBe(0);
  expect(run.entries.filter(({ changeType }) => changeType === "created")).toEqual([]);
  expect(run.asked.flat().filter(({ changeType }) => changeType === "created")).toEqual([]);
});

test("a message from before the connection is neither asked for nor brought, nor are its changes", async () => {
  const run = readingAnn([sent(20), edited(25, 20)], {
    people: [person("ann", nowMs - 10 * minuteMs)],
  });
  expect(await run.readAgain()).toBe(0);
  expect([run.entries, run.asked.flat()]).toEqual([[], []]);
});

test("what may be known is asked for by its key and by its delivery", async () => {
  const run = readingAnn([edited(30, 20)]);
  await run.readAgain();
  const [message] = run.entries;
  const key = { chatId: "19:a@thread.v2", messageId: String(nowMs - 30 * minuteMs), userId: ann.userId };
  expect(run.asked.flat()).toEqual([
    { ...key, changeType: "created", dedupeKey: message?.dedupeKey ?? "" },
    { ...key, changeType: "updated", dedupeKey: expect.stringContaining("/updated/") },
  ]);
});
