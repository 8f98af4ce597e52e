import { expect, test } from "bun:test";
import { shareOf } from "../../application/inbox/lane-share.ts";
import { schema } from "./database.ts";
import { removeOld } from "./retention.ts";
import { connectPeople } from "./testing/connected-people.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { inboxOn } from "./testing/inbox-node.ts";

const here = { elsewhere: new Set<string>(), isLate: false };
const hourMs = 60 * 60_000;
const shares = [shareOf("a")];

async function world() {
  const fresh = await migratedDatabase();
  const time = new ManualTime();
  const inbox = inboxOn(fresh.database, time);
  const take = async (number: number) => (await inbox.store([entry("a", number)], here))[0]?.id ?? 0;
  const hold = async (number: number, ms: number, userId = "reader") => {
    const id = await take(number);
    await inbox.hold(id, userId, time.now() + ms);
    await inbox.end(id, []);
  };
  return { ...fresh, time, inbox, take, hold };
}

test("what is held comes back as it was, in its lane, once it is due", async () => {
  await using made = await world();
  const { time, inbox, hold, take } = made;
  const untilMs = time.now() + hourMs;
  await hold(1, hourMs);
  const behind = await take(2);
  expect((await inbox.waitingIn("a", 6)).map(({ work }) => work.id)).toEqual([behind]);
  expect(await inbox.counts()).toEqual({ pending: 1, held: 1, dead: 0 });
  expect(await inbox.pending(10)).toEqual({ pending: 1, held: 1 });
  expect(await inbox.nextRelease(shares)).toBe(untilMs);
  expect(await inbox.releaseDue(shares, untilMs - 1)).toEqual([]);
  expect(await inbox.releaseDue(shares, untilMs)).toEqual(["a"]);
  expect(await inbox.nextRelease(shares)).toBeUndefined();
  const [first, second] = await inbox.waitingIn("a", 6);
  const { dedupeKey: _, ...kept } = entry("a", 1);
  expect(first?.work).toMatchObject({ ...kept, attempts: 0, heldAtMs: time.now() });
  expect(first?.dueInMs).toBeLessThanOrEqual(0);
  expect(second?.work).toMatchObject({ id: behind, heldAtMs: undefined });
});

test("of an entry for several each may have theirs, and holding one again changes nothing", async () => {
  await using made = await world();
  const { time, inbox, take } = made;
  const id = await take(1);
  for (const userId of ["ann", "ben", "ann"]) await inbox.hold(id, userId, time.now());
  await inbox.end(id, []);
  await inbox.releaseDue(shares, time.now());
  expect((await inbox.waitingIn("a", 6)).map(({ work }) => work.userId)).toEqual(["ann", "ben"]);
});

test("what is held is not stored again when Microsoft repeats it", async () => {
  await using made = await world();
  const { inbox, take, time } = made;
  const id = await take(1);
  await inbox.hold(id, "reader", time.now() + hourMs);
  const key = { chatId: "a", messageId: "1", userId: "reader" };
  const held = {
    key,
    outcome: { kind: "held", reason: "held" },
    times: { sentAtMs: 1, receivedAtMs: 2 },
  } as const;
  await inbox.end(id, [held]);
  expect(await inbox.store([entry("a", 1)], here)).toEqual([undefined]);
  expect(
    await inbox.unknown([{ dedupeKey: entry("a", 1).dedupeKey, ...key, changeType: "created" }]),
  ).toEqual(new Set());
});

test("what is held for a week outlasts it, and what was seen of its reader meanwhile does as well", async () => {
  await using made = await world();
  const { database, time, inbox, hold } = made;
  await hold(1, 7 * 24 * hourMs);
  await connectPeople(database, "reader");
  await database.query(`INSERT INTO ${schema}.sightings VALUES ('reader', '', $1)`, [time.now()]);
  time.nowMs += 7 * 24 * hourMs;
  await removeOld(database, time);
  expect(await inbox.releaseDue(shares, time.now())).toEqual(["a"]);
  expect(await database.query(`SELECT 1 FROM ${schema}.sightings`)).toHaveLength(1);
});

test("shares of other nodes keep what they hold", async () => {
  await using made = await world();
  const { time, inbox, hold } = made;
  await hold(1, 0);
  const others = [(shareOf("a") + 1) % 64];
  expect(await inbox.releaseDue(others, time.now())).toEqual([]);
  expect(await inbox.nextRelease(others)).toBeUndefined();
});

test("all that is held for one person is released at once, and nobody else's", async () => {
  await using made = await world();
  const { time, inbox, hold } = made;
  for (const number of [1, 2]) await hold(number, hourMs, "ann");
  await hold(3, hourMs, "ben");
  expect(await inbox.heldBeyond(time.now())).toEqual(["ann", "ben"]);
  expect(await inbox.heldBeyond(time.now() + hourMs)).toEqual([]);
  await inbox.releaseOf("ann");
  expect((await inbox.waitingIn("a", 6)).map(({ work }) => work.userId)).toEqual(["ann", "ann"]);
  expect(await inbox.heldBeyond(time.now())).toEqual(["ben"]);
});
