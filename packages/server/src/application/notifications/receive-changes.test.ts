import { expect, test } from "bun:test";
import type { InboxEntry } from "../inbox/inbox.ts";
import { hashClientState, issueClientState } from "../subscriptions/client-state.ts";
import { MemorySubscriptions } from "../testing/memory-subscriptions.ts";
import { CountedMetrics, RecordedLog } from "../testing/observed.ts";
import { CountingRandomness } from "../testing/randomness.ts";
import { FixedClock, ManualTimers } from "../testing/time.ts";
import { PermanentFailure } from "../work-failure.ts";
import type { OpenedMessage } from "./opened-message.ts";
import { type ReceiveParts, receiveChanges, receiveDeadlineMs } from "./receive-changes.ts";
import { Triage, type TriageParts } from "./triage.ts";

const secret = "webhook secret";
const randomness = new CountingRandomness();
const reader = "reader".padEnd(26, "0");
const clientState = issueClientState(secret, reader, randomness);

/** What is in the content of {@link item}: just enough to be read, and dropped if it says so. */
interface Note {
  readonly text: string;
}

/** Content whose key is gone cannot be opened. */
const keyGone = "gone";

const triageParts: TriageParts<Note> = {
  decryption: {
    async decrypt({ data, dataKey }) {
      if (dataKey === keyGone) throw new PermanentFailure("key-gone", "no key");
      return { text: data };
    },
  },
  rules: {
    read: (json) => json as Note,
    facts: () => ({
      chatId: "19:a",
      messageId: "1612289765949",
      sentAtMs: new FixedClock().now(),
      changedAtMs: 1,
      isWithdrawn: false,
      changesChat: false,
    }),
    never: ({ text }) => (text === "own" ? "own-message" : undefined),
  },
  connections: {
    of: (userId) => ({
      userId,
      tenantId: "tenant-id",
      teamsUserId: "teams-id",
      teamsAccount: "reader@example.com",
      connectedAtMs: 0,
    }),
    among: () => undefined,
  },
  chats: { known: () => undefined, forget: () => undefined },
  noteAct() {},
  clock: new FixedClock(),
};
const triage = new Triage(triageParts);

async function receiving(changed: Partial<ReceiveParts<Note>> = {}) {
  const subscriptions = new MemorySubscriptions();
  const stored = { userId: reader, resource: "/r", certificateId: "c", expiresAtMs: 9e15 };
  await subscriptions.save({ ...stored, id: "known", clientStateHash: hashClientState(clientState, secret) });
  const accepted: InboxEntry<OpenedMessage<Note>>[] = [];
  const log = new RecordedLog();
  const metrics = new CountedMetrics();
  const timers = new ManualTimers();
  const parts: ReceiveParts<Note> = {
    triage,
    subscriptions,
    tokens: { verify: async () => undefined },
    inbox: {
      async accept(entries) {
        const before = accepted.length;
        for (const entry of entries) {
          if (!accepted.some(({ dedupeKey }) => dedupeKey === entry.dedupeKey)) accepted.push(entry);
        }
        return accepted.length - before;
      },
    },
    room: { enter: () => ({ stored() {}, [Symbol.dispose]() {} }) },
    clock: new FixedClock(),
    timers,
    log,
    metrics,
    webhookSecret: secret,
    tenantId: "tenant-id",
    ...changed,
  };
  return { accepted, log, metrics, timers, receive: (json: unknown) => receiveChanges(parts, json) };
}

const content = { data: "ZA==", dataSignature: "cw==", dataKey: "aw==", encryptionCertificateId: "c" };
const item = {
  subscriptionId: "known",
  clientState,
  tenantId: "tenant-id",
  changeType: "created",
  resource: "chats('19:a')/messages('1612289765949')",
  resourceData: { "@odata.id": "chats('19:a')/messages('1612289765949')" },
  encryptedContent: content,
};
const rich = { value: [item], validationTokens: ["token"] };
const one = { kind: "stored" as const, fresh: 1, repeated: 0, refused: 0, dropped: 0 };

test("a genuine notification is stored with its lane, its person and the time it came", async () => {
  const { accepted, receive } = await receiving();
  expect(await receive(rich)).toEqual(one);
  expect(accepted).toEqual([
    {
      dedupeKey: `${reader}/19:a/1612289765949/created`,
      lane: `${reader}/19:a`,
      subscriptionId: "known",
      userId: reader,
      changeType: "created",
      resource: item.resource,
      tenantId: "tenant-id",
      encryptedContent: { ...content, encryptionCertificateThumbprint: undefined },
      receivedAtMs: new FixedClock().now(),
      opened: {
        message: { text: content.data },
        facts: triageParts.rules.facts({ text: content.data }),
        openedAtMs: new FixedClock().now(),
      },
    },
  ]);
});

test("a repetition is acknowledged and stored once", async () => {
  const { accepted, receive, metrics } = await receiving();
  await receive(rich);
  expect(await receive({ value: [item, item], validationTokens: ["token"] })).toEqual({
    ...one,
    fresh: 0,
    repeated: 2,
  });
  expect(accepted).toHaveLength(1);
  expect(metrics.counts.get("notifications_received repeated")).toBe(2);
});

test("casing that drifts is understood", async () => {
  const { accepted, receive } = await receiving();
  const { encryptedContent: _, ...rest } = item;
  const drifted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key.toUpperCase(), value]));
  const EncryptedContent = Object.fromEntries(
    Object.entries(content).map(([key, value]) => [key.toUpperCase(), value]),
  );
  const body = {
    Value: [{ ...drifted, CHANGETYPE: "Created", EncryptedContent }],
    ValidationTokens: ["token"],
  };
  expect(await receive(body)).toEqual(one);
  expect(accepted[0]?.encryptedContent?.dataKey).toBe("aw==");
});

test("a basic notification needs no token", async () => {
  const { accepted, receive } = await receiving();
  expect(await receive({ value: [{ ...item, encryptedContent: null }] })).toEqual(one);
  expect(accepted[0]?.encryptedContent).toBeUndefined();
});

test("bad items never lose the good one beside them, and each is counted by its reason", async () => {
  const { receive, metrics } = await receiving();
  const value = [
    { ...item, clientState: "guessed" },
    { ...item, subscriptionId: "unknown", clientState: "guessed" },
    { ...item, resource: "teams('x')/channels('y')", resourceData: null },
    { nonsense: true },
    "text",
    item,
  ];
  expect(await receive({ value, validationTokens: ["token"] })).toEqual({ ...one, refused: 5 });
  expect(Object.fromEntries(metrics.counts)).toEqual({
    "notifications_received malformed": 2,
    "notifications_received wrong-client-state": 1,
    "notifications_received unknown-subscription": 1,
    "notifications_received unsupported-resource": 1,
    "notifications_received stored": 1,
  });
});

test("refusals fill one line for each reason, however many items there are", async () => {
  const { receive, log } = await receiving();
  const forged = { ...item, subscriptionId: "unknown", clientState: "guessed" };
  await receive({ value: [...Array(50).fill(forged), ...Array(50).fill("text")] });
  expect(log.lines).toHaveLength(2);
  expect(log.lines.join()).toContain('"reason":"unknown-subscription","count":50');
});

test("more items or tokens than Graph sends are no notification, and nothing is looked up for them", async () => {
  const subscriptions = new MemorySubscriptions();
  subscriptions.byIds = async () => {
    throw new Error("looked up");
  };
  const { receive } = await receiving({ subscriptions });
  expect(await receive({ value: Array(2_001).fill(item) })).toEqual({ kind: "malformed" });
  expect(await receive({ value: [item], validationTokens: Array(101).fill("t") })).toEqual({
    kind: "malformed",
  });
});

test("an item nested without end is malformed and does no harm", async () => {
  const { receive } = await receiving();
  const nested = JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`);
  const forever: Record<string, unknown> = {};
  forever.a = forever;
  expect(await receive({ ...rich, value: [item, nested, forever] })).toEqual({ ...one, refused: 2 });
});

test("a notification that outruns the record of its subscription is believed by its signed state", async () => {
  const { accepted, receive } = await receiving();
  expect(await receive({ ...rich, value: [{ ...item, subscriptionId: "just made" }] })).toEqual(one);
  expect(accepted[0]?.userId).toBe(reader);
});

test("a tenant-wide subscription names nobody", async () => {
  const { accepted, receive } = await receiving();
  const tenantState = issueClientState(secret, "tenant", randomness);
  await receive({ ...rich, value: [{ ...item, subscriptionId: "wide", clientState: tenantState }] });
  expect([accepted[0]?.userId, accepted[0]?.lane]).toEqual([undefined, "tenant/19:a"]);
});

test("a rejected token rejects every rich item of its request and no basic one", async () => {
  const verify = async () => {
    throw new PermanentFailure("validation-token-signature", "forged");
  };
  const { accepted, receive } = await receiving({ tokens: { verify } });
  const basic = { ...item, resource: "chats('19:b')/messages('1')", encryptedContent: null };
  expect(await receive({ value: [item, basic], validationTokens: ["forged"] })).toEqual({
    ...one,
    refused: 1,
  });
  expect(accepted.map(({ resource }) => resource)).toEqual([basic.resource]);
});

test("missing tokens are refused with the hint that helps", async () => {
  const { receive, log } = await receiving();
  expect(await receive({ value: [item], validationTokens: null })).toEqual({ ...one, fresh: 0, refused: 1 });
  expect(log.lines.join()).toContain("Assignment required");
});

test("tokens that cannot be checked now make Graph send the request again", async () => {
  const verify = async () => {
    throw new TypeError("keys unreachable");
  };
  const { accepted, receive } = await receiving({ tokens: { verify } });
  expect(await receive(rich)).toEqual({ kind: "unavailable" });
  expect(accepted).toEqual([]);
});

test("nothing is acknowledged when it could not be stored", async () => {
  const accept = async () => {
    throw new Error("database away");
  };
  const { receive } = await receiving({ inbox: { accept } });
  expect(await receive(rich)).toEqual({ kind: "unavailable" });
});

test("the answer comes within Graph's time even if the database hangs", async () => {
  const { receive, timers } = await receiving({
    inbox: { accept: () => new Promise<number>(() => undefined) },
  });
  const answer = receive(rich);
  timers.advance(receiveDeadlineMs);
  expect(await answer).toEqual({ kind: "unavailable" });
  expect(timers.pending).toBe(0);
});

test.each([undefined, null, 1, "x", [], {}, { value: 1 }])("%p is not a notification", async (json) => {
  const { receive } = await receiving();
  expect(await receive(json)).toEqual({ kind: "malformed" });
});

test("changes of one message are kept apart, repetitions of one change are not", async () => {
  const { accepted, receive } = await receiving();
  const edited = { ...item, changeType: "updated", resourceData: { "@odata.etag": "1" } };
  const editedAgain = { ...edited, resourceData: { "@odata.etag": "2" } };
  await receive({ value: [item, edited, edited, editedAgain], validationTokens: ["token"] });
  expect(accepted.map(({ changeType }) => changeType)).toEqual(["created", "updated", "updated"]);
  expect(new Set(accepted.map(({ lane }) => lane)).size).toBe(1);
});

test("changes that nothing tells apart are all kept, each time they come", async () => {
  const clock = new FixedClock();
  const { accepted, receive } = await receiving({ clock });
  const bare = { ...item, changeType: "updated", encryptedContent: undefined };
  for (let turn = 0; turn < 2; turn += 1) {
    await receive({ value: [bare] });
    clock.nowMs += 1;
  }
  expect(accepted).toHaveLength(2);
});

test("neither client states nor content reach the log", async () => {
  const { receive, log } = await receiving();
  await receive({
    value: [
      { ...item, clientState: "guessed-state" },
      { ...item, changeType: "private-content" },
    ],
    validationTokens: [],
  });
  expect(log.lines.length).toBeGreaterThan(0);
  for (const secretText of ["guessed-state", "private-content", clientState])
    expect(log.lines.join()).not.toContain(secretText);
});

test("a full inbox takes nothing, and says so at once and without a word to the database", async () => {
  const room = { enter: () => undefined };
  const untouched = async () => {
    throw new Error("the database was asked");
  };
  const subscriptions = Object.assign(new MemorySubscriptions(), { byIds: untouched });
  const { accepted, metrics, receive } = await receiving({ room, subscriptions });
  expect(await receive({ ...rich, value: [item, item] })).toEqual({ kind: "unavailable" });
  expect(accepted).toEqual([]);
  expect(metrics.counts.get("notifications_received overloaded")).toBe(2);
});

test("room is taken by what was stored, and a request leaves however it ended", async () => {
  let [inside, waiting] = [0, 0];
  const room = {
    enter: () => {
      inside += 1;
      return {
        stored(entries: number) {
          waiting += entries;
        },
        [Symbol.dispose]() {
          inside -= 1;
        },
      };
    },
  };
  const forged = { ...item, clientState: "forged" };
  await (await receiving({ room })).receive({ ...rich, value: [item, forged, forged] });
  expect([inside, waiting]).toEqual([0, 1]);
  const inbox = { accept: () => Promise.reject(new Error("no database")) };
  await (await receiving({ room, inbox })).receive(rich);
  expect([inside, waiting]).toEqual([0, 1]);
});

function lookingUp() {
  const subscriptions = new MemorySubscriptions();
  const lookedUp: (readonly string[])[] = [];
  const { byIds } = subscriptions;
  subscriptions.byIds = (ids) => {
    lookedUp.push(ids);
    return byIds.call(subscriptions, ids);
  };
  return { subscriptions, lookedUp };
}

test("a state with our signature is believed without a look at the database", async () => {
  const { subscriptions, lookedUp } = lookingUp();
  const { receive } = await receiving({ subscriptions });
  expect(await receive({ ...rich, value: [item, { ...item, changeType: "updated" }] })).toEqual({
    ...one,
    fresh: 2,
  });
  expect(lookedUp).toEqual([]);
});

test("a state of a secret that was replaced is looked up, and only that", async () => {
  const { subscriptions, lookedUp } = lookingUp();
  const older = issueClientState("older secret", reader, randomness);
  const { accepted, receive } = await receiving({ subscriptions });
  await subscriptions.save({
    id: "old",
    userId: reader,
    resource: "/r",
    certificateId: "c",
    expiresAtMs: 9e15,
    clientStateHash: hashClientState(older, "older secret"),
  });
  const old = { ...item, subscriptionId: "old", clientState: older, resource: "chats('19:b')/messages('1')" };
  expect(await receive({ ...rich, value: [item, old] })).toEqual({ ...one, fresh: 2 });
  expect(lookedUp).toEqual([["old"]]);
  expect(accepted.map(({ userId }) => userId)).toEqual([reader, reader]);
});

test("what nobody can ever be brought is acknowledged, counted and not stored", async () => {
  const { accepted, receive, metrics, log } = await receiving();
  const own = { ...item, encryptedContent: { ...content, data: "own" } };
  const edited = { ...item, changeType: "updated", resource: "chats('19:a')/messages('2')" };
  expect(await receive({ ...rich, value: [own, edited] })).toEqual({ ...one, dropped: 1 });
  expect(accepted.map(({ changeType }) => changeType)).toEqual(["updated"]);
  expect(Object.fromEntries(metrics.counts)).toEqual({
    "notifications_dropped own-message": 1,
    "notifications_received stored": 1,
  });
  expect(log.lines).toEqual([]);
});

test("what cannot be opened now is stored as it came", async () => {
  const { accepted, receive } = await receiving();
  const sealed = { ...item, encryptedContent: { ...content, dataKey: keyGone } };
  expect(await receive({ ...rich, value: [sealed] })).toEqual(one);
  expect(accepted[0]?.encryptedContent?.dataKey).toBe(keyGone);
  expect(accepted[0]?.opened).toBeUndefined();
});

test("nothing is opened before its token was verified", async () => {
  const verify = async () => {
    throw new PermanentFailure("validation-token-signature", "forged");
  };
  let opened = 0;
  const decrypt = async () => {
    opened += 1;
    return {};
  };
  const { receive } = await receiving({
    tokens: { verify },
    triage: new Triage({ ...triageParts, decryption: { decrypt } }),
  });
  await receive(rich);
  expect(opened).toBe(0);
});
