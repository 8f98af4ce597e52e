import { expect, test } from "bun:test";
import type { Ending } from "../../application/deliveries/delivery-log.ts";
import type { Database } from "./database.ts";
import { endingsStatement, endingValues } from "./delivery-endings.ts";
import { PostgresDeliveryLog } from "./delivery-log.ts";
import { connectPeople } from "./testing/connected-people.ts";
import { ManualTime, type MigratedDatabase, migratedDatabase } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { inboxOn } from "./testing/inbox-node.ts";

const times = { sentAtMs: 1, receivedAtMs: 2 };
const here = { elsewhere: new Set<string>(), isLate: false };
const keyOf = (messageId: string, userId = "ann") => ({ chatId: "chat", messageId, userId });

function ending(messageId: string, outcome: Ending["outcome"]): Ending {
  return { key: keyOf(messageId), outcome, times };
}

async function end(database: Database, endings: readonly Ending[], nowMs: number): Promise<void> {
  await database.query(endingsStatement, endingValues(endings, nowMs));
}

/** Its log, by a clock that a test moves, and when each delivery ended by message. */
async function logged({ database }: MigratedDatabase) {
  await connectPeople(database, "ann", "ben");
  const time = new ManualTime();
  const log = new PostgresDeliveryLog(database, time);
  const endedAt = async (messageId: string) => {
    const sql =
      "SELECT ended_at_ms AS at FROM msteams_notifications.deliveries WHERE message_id = $1 ORDER BY user_id";
    return (await database.query<{ at: number }>(sql, [messageId])).map(({ at }) => at);
  };
  return { time, log, endedAt };
}

test("what was delivered stays delivered, with its post, its times and when it ended", async () => {
  await using fresh = await migratedDatabase();
  const { time, log, endedAt } = await logged(fresh);
  await end(fresh.database, [ending("1", { kind: "delivered", postId: "post" })], time.now());
  const before = await log.find(keyOf("1"));
  const later: readonly Ending["outcome"][] = [
    { kind: "delivered", postId: "another" },
    { kind: "suppressed", reason: "available" },
    { kind: "dead", reason: "gone" },
  ];
  for (const outcome of later)
    await end(
      fresh.database,
      [{ ...ending("1", outcome), times: { sentAtMs: 9, receivedAtMs: 9 } }],
      time.now() + 5,
    );
  expect(await log.find(keyOf("1"))).toEqual(before);
  expect(before?.outcome).toEqual({ kind: "delivered", postId: "post" });
  expect(await endedAt("1")).toEqual([time.now()]);
});

test("a delivery that was being posted keeps the time of its intent, another gets that of its end", async () => {
  await using fresh = await migratedDatabase();
  const { time, log, endedAt } = await logged(fresh);
  const intendedAtMs = time.now();
  await log.intend(keyOf("posting"), "channel", times);
  await end(fresh.database, [ending("suppressed", { kind: "suppressed", reason: "off" })], time.now());
  await log.noteChange(keyOf("awaited"), 7, times);
  time.nowMs += 60_000;
  const delivered = ["posting", "suppressed", "awaited", "new"].map((messageId) =>
    ending(messageId, { kind: "delivered", postId: `post-${messageId}` }),
  );
  await end(fresh.database, delivered, time.now());
  expect(await endedAt("posting")).toEqual([intendedAtMs]);
  for (const messageId of ["suppressed", "awaited", "new"])
    expect(await endedAt(messageId)).toEqual([time.now()]);
  expect(await log.find(keyOf("posting"))).toMatchObject({
    outcome: { kind: "delivered", postId: "post-posting" },
    channelId: "channel",
    intendedAtMs: undefined,
  });
  expect(await log.find(keyOf("awaited"))).toMatchObject({ changedAtMs: 7 });
});

test("many end at once, each as it did and nobody else's", async () => {
  await using fresh = await migratedDatabase();
  const { time, log } = await logged(fresh);
  const outcomes: readonly Ending["outcome"][] = [
    { kind: "delivered", postId: "post" },
    { kind: "suppressed", reason: "available" },
    { kind: "dead", reason: "gone" },
  ];
  const of = (number: number) => outcomes[number % 3] ?? { kind: "dead", reason: "" };
  const endings = Array.from({ length: 300 }, (_, number) => ending(String(number), of(number)));
  // In whatever order they come: statements side by side take their locks in one.
  await Promise.all([
    end(fresh.database, endings.slice(0, 200), time.now()),
    end(fresh.database, endings.slice(100).reverse(), time.now()),
  ]);
  for (const number of [0, 1, 2, 99, 100, 101, 199, 200, 299])
    expect((await log.find(keyOf(String(number))))?.outcome).toEqual(of(number));
  expect(await log.recent(1_000)).toHaveLength(300);
  expect(await log.find(keyOf("1", "ben"))).toBeUndefined();
});

test("none need no row", async () => {
  await using fresh = await migratedDatabase();
  const { time, log } = await logged(fresh);
  await end(fresh.database, [], time.now());
  expect(await log.recent(10)).toEqual([]);
});

test("what several entries end at once is recorded as if they had ended one after another", async () => {
  await using fresh = await migratedDatabase();
  const { time, log } = await logged(fresh);
  const inbox = inboxOn(fresh.database, time);
  const numbers = [1, 2, 3, 4, 5, 6];
  const stored = await inbox.store(
    numbers.map((number) => entry("a", number)),
    here,
  );
  const ids = stored.map((each) => each?.id ?? 0);
  // Two go at once, what comes meanwhile gathers: among it the same delivery, which no statement may touch twice.
  const outcomes: readonly Ending[] = [
    ending("1", { kind: "suppressed", reason: "off" }),
    ending("2", { kind: "suppressed", reason: "off" }),
    ending("same", { kind: "delivered", postId: "post" }),
    ending("same", { kind: "dead", reason: "later" }),
    ending("5", { kind: "dead", reason: "gone" }),
    ending("same", { kind: "suppressed", reason: "later" }),
  ];
  await Promise.all(ids.map((id, index) => inbox.end(id, outcomes.slice(index, index + 1))));
  expect((await log.find(keyOf("same")))?.outcome).toEqual({ kind: "delivered", postId: "post" });
  for (const messageId of ["1", "2", "5"]) expect(await log.find(keyOf(messageId))).toBeDefined();
  expect(await inbox.counts()).toEqual({ pending: 0, held: 0, dead: 0 });
});

test("an entry whose work ended one delivery twice ends, and a delivered one stays so", async () => {
  await using fresh = await migratedDatabase();
  const { time, log } = await logged(fresh);
  const inbox = inboxOn(fresh.database, time);
  const [stored] = await inbox.store([entry("a", 1)], here);
  const endings = [
    ending("first", { kind: "delivered", postId: "post" }),
    ending("first", { kind: "suppressed", reason: "later" }),
    ending("last", { kind: "suppressed", reason: "before" }),
    ending("last", { kind: "dead", reason: "after" }),
  ];
  await inbox.record(endings);
  await inbox.end(stored?.id ?? 0, endings);
  expect((await log.find(keyOf("first")))?.outcome).toEqual({ kind: "delivered", postId: "post" });
  expect((await log.find(keyOf("last")))?.outcome).toEqual({ kind: "dead", reason: "after" });
  expect(await inbox.counts()).toEqual({ pending: 0, held: 0, dead: 0 });
});

test("what the database does not take keeps back none of those that gathered with it", async () => {
  await using fresh = await migratedDatabase();
  const { time, log } = await logged(fresh);
  const inbox = inboxOn(fresh.database, time);
  const numbers = [1, 2, 3, 4, 5];
  const stored = await inbox.store(
    numbers.map((number) => entry("a", number)),
    here,
  );
  const answers = await Promise.allSettled(
    stored.map((each, index) => {
      // PostgreSQL's text has no place for this character.
      const reason = index === 3 ? "\u0000" : "off";
      return inbox.end(each?.id ?? 0, [ending(String(index), { kind: "suppressed", reason })]);
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  const left = await inbox.waitingIn("a", 6);
  expect(left.map(({ work }) => work.id)).toEqual([stored[3]?.id ?? 0]);
  expect(await log.find(keyOf("3"))).toBeUndefined();
  expect((await log.find(keyOf("4")))?.outcome).toEqual({ kind: "suppressed", reason: "off" });
});
