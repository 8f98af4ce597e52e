import { expect, test } from "bun:test";
import type { InboxTasks } from "../../application/inbox/inbox.ts";
import { maxEntriesInMemory } from "../../application/inbox/inbox-worker.ts";
import { maxEntriesOfLane } from "../../application/inbox/lane.ts";
import { laneShares } from "../../application/inbox/lane-share.ts";
import { type Database, schema } from "./database.ts";
import { PostgresDeliveryLog } from "./delivery-log.ts";
import { signal, signalChannel } from "./signals.ts";
import { connectPeople } from "./testing/connected-people.ts";
import { migratedDatabase } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { type InboxNode, killSession, lanesOf, startNode, systemClock, until } from "./testing/inbox-node.ts";
import { RecordedTasks } from "./testing/recorded-tasks.ts";

const range = (count: number) => Array.from({ length: count }, (_, number) => number);
const times = { sentAtMs: 1, receivedAtMs: 2 };

/** Waits until nothing waits in the inbox. */
function worked(database: Database): Promise<void> {
  const waiting = `SELECT 1 FROM ${schema}.inbox LIMIT 1`;
  return until(database, async () => (await database.query(waiting)).length === 0);
}

/** Two nodes share 64 lanes' worth: each has half. */
function haveHalf(...nodes: readonly InboxNode[]): boolean {
  return nodes.every(({ held }) => held === laneShares / nodes.length);
}

/** Posts as the plugin does: whoever intends a delivery first posts it, another looks again later. */
function posting(database: Database) {
  const log = new PostgresDeliveryLog(database, systemClock);
  const posts: string[] = [];
  const tasks: InboxTasks = {
    async process({ lane, resource }, record) {
      const key = { chatId: lane, messageId: resource, userId: "reader" };
      const answer = await log.intend(key, "channel", times);
      if (answer === "departed") throw new Error("departed");
      if (answer !== "first" && answer.outcome.kind !== "delivered") throw new Error("under way elsewhere");
      if (answer === "first") {
        await database.query("SELECT pg_sleep(0.002)");
        posts.push(resource);
      }
      record({ key, outcome: { kind: "delivered", postId: resource }, times });
    },
    decideRetry: () => ({ kind: "retry", atMs: systemClock.now() + 100, code: "under-way" }),
    bury: async () => undefined,
  };
  return { tasks, posts };
}

test("a node alone holds every share, three hold each share once and none more than is due", async () => {
  await using fresh = await migratedDatabase();
  await using one = await startNode(fresh.url, new RecordedTasks());
  expect(one.held).toBe(laneShares);
  await until(fresh.database, () => one.shares.isAlone);
  await using two = await startNode(fresh.url, new RecordedTasks());
  await using three = await startNode(fresh.url, new RecordedTasks());
  const nodes = [one, two, three];
  const isShared = () => nodes.reduce((sum, { held }) => sum + held, 0) === laneShares;
  await until(fresh.database, () => isShared() && nodes.every(({ held }) => held <= 22 && held > 0));
  for (let share = 0; share < laneShares; share += 1)
    expect(nodes.filter(({ shares }) => shares.holds(share))).toHaveLength(1);
  expect(nodes.map(({ shares }) => shares.isAlone)).toEqual([false, false, false]);
});

test("a node whose session broke takes part again", async () => {
  await using fresh = await migratedDatabase();
  await using node = await startNode(fresh.url, new RecordedTasks());
  const lost = Promise.withResolvers<number>();
  node.session.follow({ opened: () => undefined, closed: () => lost.resolve(node.held) });
  await killSession(fresh.database, node);
  expect(await lost.promise).toBe(0);
  await until(fresh.database, () => node.session.isOpen && node.held === laneShares);
  await until(fresh.database, () => node.shares.isAlone);
});

test("a node that hears of another is not alone from that moment, and again once nodes are counted", async () => {
  await using fresh = await migratedDatabase();
  await using node = await startNode(fresh.url, new RecordedTasks());
  await until(fresh.database, () => node.shares.isAlone);
  const heard = Promise.withResolvers<boolean>();
  node.session.on("shares", () => heard.resolve(node.shares.isAlone));
  await fresh.database.query("SELECT pg_notify($1, $2)", [signalChannel, signal("shares")]);
  expect(await heard.promise).toBe(false);
  await until(fresh.database, () => node.shares.isAlone);
});

test("a node whose session broke knows of nobody, and so is not alone", async () => {
  await using fresh = await migratedDatabase();
  await using node = await startNode(fresh.url, new RecordedTasks());
  await until(fresh.database, () => node.shares.isAlone);
  const lost = Promise.withResolvers<boolean>();
  node.session.follow({ opened: () => undefined, closed: () => lost.resolve(node.shares.isAlone) });
  await killSession(fresh.database, node);
  expect(await lost.promise).toBe(false);
  await until(fresh.database, () => node.shares.isAlone);
});

test("over killed sessions everything is posted once and in the order of its lane, whoever has the lane", async () => {
  await using fresh = await migratedDatabase();
  await connectPeople(fresh.database, "reader");
  const { tasks, posts } = posting(fresh.database);
  await using one = await startNode(fresh.url, tasks);
  await using two = await startNode(fresh.url, tasks);
  await until(fresh.database, () => haveHalf(one, two));
  const lanes = [...lanesOf(one, 4), ...lanesOf(two, 4)];
  for (const round of range(6)) {
    const [killed, stays] = round % 2 === 0 ? [one, two] : [two, one];
    const before = posts.length;
    for (const number of range(10)) {
      const entries = lanes.map((lane) => entry(lane, round * 10 + number));
      await stays.worker.accept(entries);
    }
    // In the middle of the work, not before it or after it.
    await until(fresh.database, () => posts.length > before + 10);
    await killSession(fresh.database, killed);
    await until(fresh.database, () => killed.session.isOpen);
  }
  await worked(fresh.database);
  for (const lane of lanes) {
    const ofLane = range(60).map((number) => entry(lane, number).resource);
    expect(posts.filter((resource) => ofLane.includes(resource))).toEqual(ofLane);
  }
  expect(posts).toHaveLength(60 * lanes.length);
  // A delivery of each, and none that was left in the middle.
  const states = await fresh.database.query(
    `SELECT state, count(*) AS count FROM ${schema}.deliveries GROUP BY state`,
  );
  expect(states).toEqual([{ state: "delivered", count: 60 * lanes.length }]);
}, 30_000);

test("lanes go round among nodes that come and go, and nothing is left or done twice", async () => {
  await using fresh = await migratedDatabase();
  await connectPeople(fresh.database, "reader");
  const { tasks, posts } = posting(fresh.database);
  await using stays = await startNode(fresh.url, tasks);
  const lanes = range(12).map((number) => `lane-${number}`);
  for (const round of range(4)) {
    {
      await using comes = await startNode(fresh.url, tasks);
      for (const number of range(5)) {
        const node = number % 2 === 0 ? stays : comes;
        await node.worker.accept(lanes.map((lane) => entry(lane, round * 10 + number)));
      }
      await until(fresh.database, () => haveHalf(stays, comes));
    }
    for (const number of range(5))
      await stays.worker.accept(lanes.map((lane) => entry(lane, round * 10 + 5 + number)));
  }
  await worked(fresh.database);
  for (const lane of lanes) {
    const ofLane = range(40).map((number) => entry(lane, number).resource);
    expect(posts.filter((resource) => ofLane.includes(resource))).toEqual(ofLane);
  }
  expect(posts).toHaveLength(40 * lanes.length);
}, 30_000);

test("no more entries are held in memory than it has room for, of one lane and of all", async () => {
  await using fresh = await migratedDatabase();
  const free = Promise.withResolvers<void>();
  const fromMemory = new Map<string, number>();
  const all: string[] = [];
  let isReady = false;
  const tasks: InboxTasks = {
    async process({ lane, resource, isUntouched }) {
      if (lane === "probe") {
        isReady ||= isUntouched;
        return;
      }
      await free.promise;
      all.push(resource);
      if (isUntouched) fromMemory.set(lane, (fromMemory.get(lane) ?? 0) + 1);
    },
    decideRetry: () => ({ kind: "dead", reason: "failed" }),
    bury: async () => undefined,
  };
  await using node = await startNode(fresh.url, tasks);
  // At first it looks into the store for what was left there.
  for (let number = 0; !isReady; number += 1) {
    await node.worker.accept([entry("probe", number)]);
    await worked(fresh.database);
  }
  const [long, each] = [maxEntriesOfLane + 30, 15];
  const lanes = range(80).map((number) => `lane-${number}`);
  await node.worker.accept(range(long).map((number) => entry("long", number)));
  for (const number of range(each)) await node.worker.accept(lanes.map((lane) => entry(lane, number)));
  free.resolve();
  await worked(fresh.database);
  const counts = [...fromMemory.values()];
  const sum = counts.reduce((total, count) => total + count, 0);
  // Besides those that wait, each of the lanes at work has one in hand.
  expect(fromMemory.get("long")).toBeLessThanOrEqual(maxEntriesOfLane + 1);
  expect(sum).toBeLessThanOrEqual(maxEntriesInMemory + 24);
  expect(sum).toBeGreaterThan(maxEntriesInMemory / 2);
  expect(new Set(all).size).toBe(long + each * lanes.length);
  expect(all).toHaveLength(long + each * lanes.length);
}, 30_000);
