import { expect, test } from "bun:test";
import type { Ending } from "../../application/deliveries/delivery-log.ts";
import type { InboxEntry } from "../../application/inbox/inbox.ts";
import { entriesPerLook } from "../../application/inbox/inbox-store.ts";
import { shareOf } from "../../application/inbox/lane-share.ts";
import { schema } from "./database.ts";
import { PostgresDeliveryLog } from "./delivery-log.ts";
import type { PostgresInbox } from "./inbox.ts";
import { signalChannel } from "./signals.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { inboxOn } from "./testing/inbox-node.ts";

const here = { elsewhere: new Set<string>(), isLate: false };
const times = { sentAtMs: 1, receivedAtMs: 2 };

/** Stores entries of this node's lanes; the ids of those that were new. */
async function store(inbox: PostgresInbox, entries: readonly InboxEntry[]): Promise<readonly number[]> {
  return (await inbox.store(entries, here)).flatMap((stored) => (stored === undefined ? [] : [stored.id]));
}

function ending(lane: string, number: number, outcome: Ending["outcome"]): Ending {
  return { key: { chatId: lane, messageId: String(number), userId: "reader" }, outcome, times };
}

function asked(lane: string, number: number, changeType: "created" | "updated" | "deleted" = "created") {
  const { dedupeKey } = entry(lane, number);
  return { dedupeKey, chatId: lane, messageId: String(number), userId: "reader", changeType };
}

test("what is stored waits in its lane and comes back as it was", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const inbox = inboxOn(fresh.database, time);
  const [id = 0] = await store(inbox, [entry("a", 1)]);
  const [found] = await inbox.waitingIn("a", 6);
  const known = { id, storedAtMs: time.now(), attempts: 0, isUntouched: false };
  expect<unknown>(found?.work).toEqual({ ...entry("a", 1), ...known });
  expect(found?.dueInMs).toBeLessThanOrEqual(0);
  expect(await inbox.counts()).toEqual({ pending: 1, held: 0, dead: 0 });
});

test("a repeated entry is stored once", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  expect(await store(inbox, [entry("a", 1), entry("a", 1)])).toHaveLength(1);
  expect(await inbox.store([entry("a", 1), entry("a", 1)], here)).toEqual([undefined, undefined]);
  expect(await inbox.pending(10)).toEqual({ pending: 1, held: 0 });
});

test("entries of one request keep the order of their messages, and each learns its own id", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  const [third = 0, first = 0, second = 0] = await store(
    inbox,
    [3, 1, 2].map((number) => entry("a", number)),
  );
  expect([first, second, third]).toEqual([first, first + 1, first + 2]);
  const found = await inbox.waitingIn("a", 6);
  expect(found.map(({ work }) => work.id)).toEqual([first, second, third]);
});

test("requests that bring the same entries in another order at once store each once", async () => {
  await using fresh = await migratedDatabase();
  const [one, other] = [new ManualTime(), new ManualTime()].map((time) => inboxOn(fresh.database, time));
  const entries = Array.from({ length: 40 }, (_, index) => entry(`lane-${index % 7}`, index));
  const requests = [entries, entries.toReversed(), entries.slice(10), entries.slice(0, 30).toReversed()];
  const stored = await Promise.all(
    [one, other].flatMap((inbox) =>
      inbox === undefined ? [] : requests.map((request) => store(inbox, request)),
    ),
  );
  expect(stored.flat()).toHaveLength(40);
});

test("requests that come together each learn how many of their entries were new", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  const requests = Array.from({ length: 300 }, (_, number) =>
    store(inbox, [entry(`lane-${number % 100}`, 1)]),
  );
  expect((await Promise.all(requests)).flat()).toHaveLength(100);
  expect(await inbox.counts()).toEqual({ pending: 100, held: 0, dead: 0 });
});

test("no entries need no statement", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  await fresh.database.query(`ALTER TABLE ${schema}.inbox RENAME TO away`);
  expect(await inbox.store([], here)).toEqual([]);
  expect(await inbox.lanesIn([])).toEqual([]);
  expect(await inbox.unknown([])).toEqual(new Set());
});

test("an entry that ended is gone, and its ending recorded with it", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const inbox = inboxOn(fresh.database, time);
  const [first = 0, second = 0] = await store(inbox, [entry("a", 1), entry("a", 2)]);
  await Promise.all([
    inbox.end(first, [ending("a", 1, { kind: "delivered", postId: "post" })]),
    inbox.end(second, []),
  ]);
  expect(await fresh.database.query(`SELECT id FROM ${schema}.inbox`)).toEqual([]);
  const record = await new PostgresDeliveryLog(fresh.database, time).find(ending("a", 1, never).key);
  expect(record?.outcome).toEqual({ kind: "delivered", postId: "post" });
});

const never: Ending["outcome"] = { kind: "dead", reason: "never" };

test("an ending that cannot be recorded leaves its entry waiting", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  const [id = 0] = await store(inbox, [entry("a", 1)]);
  await fresh.database.query(
    `ALTER TABLE ${schema}.deliveries ADD CONSTRAINT closed CHECK (message_id <> '1')`,
  );
  const error = await inbox
    .end(id, [ending("a", 1, { kind: "suppressed", reason: "available" })])
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError", code: "query-failed" });
  expect(await inbox.pending(10)).toEqual({ pending: 1, held: 0 });
});

test("a repetition of what was delivered or suppressed is known after its entry is gone, one of what failed is not", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  const outcomes: readonly Ending["outcome"][] = [
    { kind: "delivered", postId: "post" },
    { kind: "suppressed", reason: "available" },
    { kind: "dead", reason: "gone" },
  ];
  const entries = outcomes.map((_, index) => entry("a", index + 1));
  for (const [index, id] of (await store(inbox, entries)).entries())
    await inbox.end(id, [ending("a", index + 1, outcomes[index] ?? never)]);
  const again = await inbox.store(entries, here);
  expect(again.map((stored) => stored !== undefined)).toEqual([false, false, true]);
});

test("an edit of what was delivered is stored, one of what was suppressed is not, and neither is for another reader", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  await inbox.record([
    ending("a", 1, { kind: "delivered", postId: "post" }),
    ending("a", 2, { kind: "suppressed", reason: "available" }),
  ]);
  const edits = ([1, 2] as const).flatMap((number) =>
    (["updated", "deleted"] as const).map(
      (changeType): InboxEntry => ({
        ...entry("a", number),
        changeType,
        dedupeKey: `a|${changeType}|${number}`,
      }),
    ),
  );
  const stored = await inbox.store(edits, here);
  expect(stored.map((each) => each !== undefined)).toEqual([true, true, false, false]);
  const others = await store(inbox, [{ ...entry("a", 2), userId: "another" }]);
  expect(others).toHaveLength(1);
});

test("of what is brought again that is told which never came", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  await store(inbox, [entry("a", 1)]);
  await inbox.record([
    ending("a", 2, { kind: "delivered", postId: "post" }),
    ending("a", 3, { kind: "dead", reason: "gone" }),
    ending("a", 4, { kind: "suppressed", reason: "off" }),
  ]);
  const log = new PostgresDeliveryLog(fresh.database, new ManualTime());
  await log.noteChange({ chatId: "a", messageId: "5", userId: "reader" }, 7, times);
  const candidates = [1, 2, 3, 4, 5, 6].map((number) => asked("a", number));
  const keys = candidates.map(({ dedupeKey }) => dedupeKey);
  expect(await inbox.unknown(candidates)).toEqual(new Set(keys.slice(4)));
  const edits = [2, 4].map((number) => ({ ...asked("a", number, "updated"), dedupeKey: `edit-${number}` }));
  expect(await inbox.unknown(edits)).toEqual(new Set(["edit-2"]));
});

test("an entry to be tried later holds up its lane until it has failed too often", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  const [first = 0, second = 0] = await store(inbox, [entry("a", 1), entry("a", 2)]);
  const order = async (holdFor: number) =>
    (await inbox.waitingIn("a", holdFor)).map(({ work, hasLostPlace }) => [work.id, hasLostPlace]);
  await inbox.retry(first, 3_600_000, "down");
  expect(await order(2)).toEqual([
    [first, false],
    [second, false],
  ]);
  const [waiting] = await inbox.waitingIn("a", 2);
  expect(waiting?.dueInMs).toBeWithin(3_500_000, 3_600_001);
  expect(waiting?.work.attempts).toBe(1);
  await inbox.retry(first, 3_600_000, "down");
  expect(await order(2)).toEqual([
    [second, false],
    [first, true],
  ]);
  await inbox.retry(first, 0, "down");
  expect(await order(2)).toEqual([
    [first, false],
    [second, false],
  ]);
});

test("a look takes a few entries however long the lane is", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  await store(
    inbox,
    Array.from({ length: entriesPerLook + 5 }, (_, number) => entry("a", number)),
  );
  const found = await inbox.waitingIn("a", 6);
  expect(found.map(({ work }) => work.resource)).toEqual(
    Array.from({ length: entriesPerLook }, (_, number) => entry("a", number).resource),
  );
});

test("what was given up no longer waits and keeps its content for a replay", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  const [first = 0, second = 0] = await store(inbox, [entry("a", 1), entry("a", 2)]);
  await inbox.giveUp(first, "gone");
  expect((await inbox.waitingIn("a", 6)).map(({ work }) => work.id)).toEqual([second]);
  expect(await inbox.counts()).toEqual({ pending: 1, held: 0, dead: 1 });
  const rows = await fresh.database.query(
    `SELECT failure, content IS NULL AS emptied FROM ${schema}.inbox WHERE state = 'dead'`,
  );
  expect(rows).toEqual([{ failure: "gone", emptied: false }]);
});

test("what waits is counted up to a limit", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  await store(
    inbox,
    [1, 2, 3].map((number) => entry("a", number)),
  );
  expect([await inbox.pending(10), await inbox.pending(2)]).toEqual([
    { pending: 3, held: 0 },
    { pending: 2, held: 0 },
  ]);
});

test("lanes are found by their shares, those first whose work came first", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  for (const lane of ["b", "a", "c"]) await store(inbox, [entry(lane, 1)]);
  const [dead = 0] = await store(inbox, [entry("d", 1)]);
  await inbox.giveUp(dead, "gone");
  expect(await inbox.lanesIn(["a", "b", "c", "d"].map(shareOf))).toEqual(["b", "a", "c"]);
  expect(await inbox.lanesIn([shareOf("a")])).toEqual(["a"]);
});

test("nodes hear of lanes that are theirs once their entries are there, and of no others", async () => {
  await using fresh = await migratedDatabase();
  const inbox = inboxOn(fresh.database, new ManualTime());
  const { client: listener } = await fresh.database.openSession();
  const heard: string[] = [];
  const last = Promise.withResolvers<void>();
  listener.on("notification", ({ payload = "" }) => {
    heard.push(payload);
    if (payload.includes("last")) last.resolve();
  });
  await listener.query(`LISTEN ${signalChannel}`);
  const elsewhere = new Set(["a"]);
  await inbox.store([entry("a", 1), entry("b", 1)], { elsewhere, isLate: false });
  await inbox.store([entry("a", 2)], { elsewhere, isLate: true });
  await inbox.announce({ lanes: ["last"], isLate: false });
  await last.promise;
  await listener.end();
  expect(heard).toEqual(['lanes ["a"]', 'late-lanes ["a"]', 'lanes ["last"]']);
});
