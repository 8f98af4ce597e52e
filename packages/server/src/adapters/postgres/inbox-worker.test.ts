import { expect, test } from "bun:test";
import { startPostgres } from "@msteams-notifications/local-postgres";
import { attemptsThatHoldOrder, maxEntriesInMemory, turnMs } from "../../application/inbox/inbox-worker.ts";
import { laneShares } from "../../application/inbox/lane-share.ts";
import { Database, schema } from "./database.ts";
import { PostgresFailedEntries } from "./failed-entries.ts";
import { migrate } from "./migrate.ts";
import { connectionsLeft, ManualTime, migratedDatabase, silentLog } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import {
  cutConnections,
  type InboxNode,
  inboxOn,
  killSession,
  lanesOf,
  startNode,
  systemClock,
  until,
} from "./testing/inbox-node.ts";
import { RecordedTasks } from "./testing/recorded-tasks.ts";

const range = (count: number) => Array.from({ length: count }, (_, number) => number);
const here = { elsewhere: new Set<string>(), isLate: false };

/** What was worked on in a lane, in the order in which it was. */
function orderOf(lane: string, ...tasks: readonly RecordedTasks[]): readonly string[] {
  return tasks.flatMap(({ processed }) =>
    processed.filter((work) => work.lane === lane).map(({ resource }) => resource),
  );
}

function inOrder(lane: string, count: number): readonly string[] {
  return range(count).map((number) => entry(lane, number).resource);
}

/** Two nodes share 64 lanes' worth: each has half. */
function haveHalf(...nodes: readonly InboxNode[]): boolean {
  return nodes.every(({ held }) => held === laneShares / nodes.length);
}

test("entries of a lane are worked on one after another in order, lanes side by side", async () => {
  await using fresh = await migratedDatabase();
  const inside = new Map<string, number>();
  let together = 0;
  const overlaps: string[] = [];
  const tasks = new RecordedTasks(async ({ lane }) => {
    if ((inside.get(lane) ?? 0) > 0) overlaps.push(lane);
    inside.set(lane, 1);
    together = Math.max(together, [...inside.values()].filter((count) => count > 0).length);
    await fresh.database.query("SELECT pg_sleep(0.002)");
    inside.set(lane, 0);
  });
  await using node = await startNode(fresh.url, tasks);
  for (const number of range(30))
    await node.worker.accept(["a", "b", "c"].map((lane) => entry(lane, number)));
  await tasks.ended(90);
  for (const lane of ["a", "b", "c"]) expect(orderOf(lane, tasks)).toEqual(inOrder(lane, 30));
  expect(overlaps).toEqual([]);
  expect(together).toBeGreaterThan(1);
});

test("a lane that does not get on holds up no other", async () => {
  await using fresh = await migratedDatabase();
  const stuck = Promise.withResolvers<void>();
  const tasks = new RecordedTasks(({ lane }) => (lane === "stuck" ? stuck.promise : undefined));
  await using node = await startNode(fresh.url, tasks);
  await node.worker.accept([entry("stuck", 0), entry("a", 0), entry("b", 0)]);
  await tasks.ended(2);
  expect(tasks.processed.map(({ lane }) => lane).sort()).toEqual(["a", "b"]);
  stuck.resolve();
  await tasks.ended(3);
});

test("an entry's row is gone when it was worked on", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks();
  await using node = await startNode(fresh.url, tasks);
  expect(await node.worker.accept([entry("a", 0), entry("a", 0)])).toBe(1);
  await tasks.ended(1);
  const rows = `SELECT 1 FROM ${schema}.inbox`;
  await until(fresh.database, async (database) => (await database.query(rows)).length === 0);
});

test("a failed entry is tried again before those behind it", async () => {
  await using fresh = await migratedDatabase();
  let failures = 2;
  const tasks = new RecordedTasks(
    ({ resource }) => {
      if (resource === entry("a", 0).resource && failures-- > 0) throw new Error("not yet");
    },
    () => ({ kind: "retry", atMs: Date.now() + 20, code: "not-yet" }),
  );
  await using node = await startNode(fresh.url, tasks);
  await node.worker.accept([entry("a", 0), entry("a", 1)]);
  await tasks.ended(2);
  expect(tasks.processed.map(({ resource, attempts }) => [resource, attempts])).toEqual([
    [entry("a", 0).resource, 2],
    [entry("a", 1).resource, 0],
  ]);
});

test("an entry given up is buried and those behind it go on", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks(
    ({ resource }) => {
      if (resource === entry("a", 0).resource) throw new Error("never");
    },
    () => ({ kind: "dead", reason: "gone" }),
  );
  {
    await using node = await startNode(fresh.url, tasks);
    await node.worker.accept([entry("a", 0), entry("a", 1)]);
    await tasks.ended(2);
  }
  expect(tasks.buried).toEqual([{ resource: entry("a", 0).resource, reason: "gone" }]);
  const rows = await fresh.database.query(
    `SELECT state, failure, content IS NULL AS emptied FROM ${schema}.inbox`,
  );
  expect(rows).toEqual([{ state: "dead", failure: "gone", emptied: false }]);
});

test("an entry that failed often lets those behind it pass", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks(
    ({ resource }) => {
      if (resource === entry("a", 0).resource) throw new Error("stuck");
    },
    (_error, { attempts }) => ({
      kind: "retry",
      atMs: Date.now() + (attempts < attemptsThatHoldOrder - 1 ? 0 : 3_600_000),
      code: "stuck",
    }),
  );
  await using node = await startNode(fresh.url, tasks);
  await node.worker.accept([entry("a", 0), entry("a", 1)]);
  await tasks.ended(1);
  expect(tasks.processed.map(({ resource }) => resource)).toEqual([entry("a", 1).resource]);
  expect(tasks.retries).toHaveLength(attemptsThatHoldOrder);
});

test("files do not wait for one that failed before them, and a retry comes in its time", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks(
    ({ resource, attempts }) => {
      if (resource === entry("copies/0", 0).resource && attempts === 0) throw new Error("once");
    },
    () => ({ kind: "retry", atMs: Date.now() + 200, code: "once" }),
  );
  await using node = await startNode(fresh.url, tasks);
  await node.worker.accept([entry("copies/0", 0), entry("copies/0", 1)]);
  await tasks.ended(2);
  expect(orderOf("copies/0", tasks)).toEqual([1, 0].map((number) => entry("copies/0", number).resource));
});

test("files that come later do not wait for the retry of one that failed", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks(
    ({ resource }) => {
      if (resource === entry("copies/0", 0).resource) throw new Error("down");
    },
    () => ({ kind: "retry", atMs: Date.now() + 3_600_000, code: "down" }),
  );
  await using node = await startNode(fresh.url, tasks);
  await node.worker.accept([entry("copies/0", 0)]);
  const planned = `SELECT 1 FROM ${schema}.inbox WHERE attempts = 1`;
  await until(fresh.database, async (database) => (await database.query(planned)).length === 1);
  await node.worker.accept([entry("copies/0", 1)]);
  await tasks.ended(1);
  expect(orderOf("copies/0", tasks)).toEqual([entry("copies/0", 1).resource]);
});

test("a stopped node finishes the entry in hand and leaves the rest for the next", async () => {
  await using fresh = await migratedDatabase();
  const entered = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  const first = new RecordedTasks(async () => {
    entered.resolve();
    await leave.promise;
  });
  const node = await startNode(fresh.url, first);
  await node.worker.accept([entry("a", 0), entry("a", 1)]);
  await entered.promise;
  const stopped = node[Symbol.asyncDispose]();
  leave.resolve();
  await stopped;
  const next = new RecordedTasks();
  await using _next = await startNode(fresh.url, next);
  await next.ended(1);
  expect(orderOf("a", first)).toEqual([entry("a", 0).resource]);
  expect(orderOf("a", next)).toEqual([entry("a", 1).resource]);
});

test("nothing is left open after a node was stopped", async () => {
  await using fresh = await migratedDatabase();
  await (await startNode(fresh.url, new RecordedTasks()))[Symbol.asyncDispose]();
  expect(await connectionsLeft(fresh.database)).toBe(0);
});

test("work left by an earlier run is found at the start, in its order", async () => {
  await using fresh = await migratedDatabase();
  const entries = ["a", "b"].flatMap((lane) => range(30).map((number) => entry(lane, number)));
  await inboxOn(fresh.database, systemClock).store(entries, here);
  const tasks = new RecordedTasks();
  await using _node = await startNode(fresh.url, tasks);
  await tasks.ended(60);
  for (const lane of ["a", "b"]) expect(orderOf(lane, tasks)).toEqual(inOrder(lane, 30));
});

test("more entries than memory holds are all worked on, each lane in its order", async () => {
  await using fresh = await migratedDatabase();
  const free = Promise.withResolvers<void>();
  const tasks = new RecordedTasks(() => free.promise);
  await using node = await startNode(fresh.url, tasks);
  const [lanes, each] = [range(20).map((number) => `lane-${number}`), 75];
  const count = lanes.length * each;
  expect(count).toBeGreaterThan(maxEntriesInMemory);
  for (let number = 0; number < each; number += 15) {
    const some = range(15).map((offset) => number + offset);
    await node.worker.accept(lanes.flatMap((lane) => some.map((one) => entry(lane, one))));
  }
  free.resolve();
  await tasks.ended(count);
  for (const lane of lanes) expect(orderOf(lane, tasks)).toEqual(inOrder(lane, each));
}, 30_000);

test("a group that never stops writing delays nobody else by more than the turns under way", async () => {
  await using fresh = await migratedDatabase();
  // A clock that moves with the work: a turn holds five messages however fast the machine is.
  const time = new ManualTime();
  const [people, messages] = [60, 20];
  const flood = range(people).flatMap((person) =>
    range(messages).map((number) => entry(`p${person}`, number)),
  );
  await inboxOn(fresh.database, time).store(flood, here);
  const begun = Promise.withResolvers<void>();
  let worked = 0;
  const tasks = new RecordedTasks(async ({ lane }) => {
    worked += 1;
    time.nowMs += Math.round(turnMs / 5 / 24);
    if (worked === 1) begun.resolve();
    if (lane !== "quiet") await fresh.database.query("SELECT pg_sleep(0.002)");
  });
  await using node = await startNode(fresh.url, tasks, time);
  await begun.promise;
  await node.worker.accept([entry("quiet", 0)]);
  const workedWhenStored = worked;
  await tasks.ended(people * messages + 1);
  const place = tasks.processed.findIndex(({ lane }) => lane === "quiet");
  expect(place - workedWhenStored).toBeLessThan(people * messages * 0.3);
}, 20_000);

test("a node whose clock is an hour ahead holds up nobody, and tries again in time", async () => {
  await using fresh = await migratedDatabase();
  const ahead = { now: () => Date.now() + 3_600_000 };
  const inbox = inboxOn(fresh.database, ahead);
  await inbox.store([entry("a", 0)], here);
  const tasks = new RecordedTasks(
    ({ attempts }) => {
      if (attempts === 0) throw new Error("once");
    },
    () => ({ kind: "retry", atMs: ahead.now() + 10, code: "once" }),
  );
  {
    await using _fast = await startNode(fresh.url, tasks, ahead);
    await tasks.ended(1);
  }
  await inbox.store([entry("a", 1)], here);
  const others = new RecordedTasks();
  await using _right = await startNode(fresh.url, others);
  await others.ended(1);
  expect([tasks.processed.length, others.processed.length]).toEqual([1, 1]);
});

test("two nodes share the lanes by halves, and whatever either stores is worked on once, in order", async () => {
  await using fresh = await migratedDatabase();
  const [first, second] = [new RecordedTasks(), new RecordedTasks()];
  await using one = await startNode(fresh.url, first);
  await using two = await startNode(fresh.url, second);
  await until(fresh.database, () => haveHalf(one, two));
  const lanes = [...lanesOf(one, 3), ...lanesOf(two, 3)];
  for (const number of range(20))
    await (number % 2 === 0 ? one : two).worker.accept(lanes.map((lane) => entry(lane, number)));
  await Promise.all([first.ended(60), second.ended(60)]);
  for (const lane of lanes.slice(0, 3)) expect(orderOf(lane, first)).toEqual(inOrder(lane, 20));
  for (const lane of lanes.slice(3)) expect(orderOf(lane, second)).toEqual(inOrder(lane, 20));
});

test("an entry that one node stores for a lane of another is worked on there", async () => {
  await using fresh = await migratedDatabase();
  const [first, second] = [new RecordedTasks(), new RecordedTasks()];
  await using one = await startNode(fresh.url, first);
  await using two = await startNode(fresh.url, second);
  await until(fresh.database, () => haveHalf(one, two));
  const [lane = ""] = lanesOf(one, 1);
  await two.worker.accept([entry(lane, 0)]);
  await first.ended(1);
  await two.worker.acceptLate([entry(lane, 1)]);
  await first.ended(2);
  expect(second.processed).toEqual([]);
});

test("what is put back on one node is worked on by the node that has the lane", async () => {
  await using fresh = await migratedDatabase();
  let isBroken = true;
  const first = new RecordedTasks(() => {
    if (isBroken) throw new Error("broken");
  });
  const second = new RecordedTasks();
  await using one = await startNode(fresh.url, first);
  await using two = await startNode(fresh.url, second);
  await until(fresh.database, () => haveHalf(one, two));
  const [lane = ""] = lanesOf(one, 1);
  await one.worker.accept([entry(lane, 0)]);
  await until(fresh.database, async () => (await two.inbox.counts()).dead === 1);
  isBroken = false;
  const failed = new PostgresFailedEntries(fresh.database, two.inbox, systemClock);
  expect(await failed.replay("all")).toBe(1);
  await first.ended(2);
  expect([first.processed.length, second.processed.length]).toEqual([1, 0]);
});

test("when a node's session dies another takes its lanes, with nothing lost or in hand twice at once", async () => {
  await using fresh = await migratedDatabase();
  const inside = new Map<string, number>();
  const overlaps: string[] = [];
  const work = async ({ lane }: { readonly lane: string }) => {
    inside.set(lane, (inside.get(lane) ?? 0) + 1);
    if (inside.get(lane) !== 1) overlaps.push(lane);
    await fresh.database.query("SELECT pg_sleep(0.002)");
    inside.set(lane, (inside.get(lane) ?? 1) - 1);
  };
  const [first, second] = [new RecordedTasks(work), new RecordedTasks(work)];
  await using one = await startNode(fresh.url, first);
  await using two = await startNode(fresh.url, second);
  await until(fresh.database, () => haveHalf(one, two));
  const lanes = [...lanesOf(one, 3), ...lanesOf(two, 3)];
  await two.worker.accept(lanes.flatMap((lane) => range(40).map((number) => entry(lane, number))));
  await first.ended(5);
  await killSession(fresh.database, one);
  await until(fresh.database, async () => (await two.inbox.pending(1)).pending === 0);
  const worked = [...first.processed, ...second.processed].map(({ resource }) => resource);
  expect(new Set(worked).size).toBe(240);
  expect(overlaps).toEqual([]);
}, 20_000);

test("a node that left gives its lanes to those that stay, and work goes on there", async () => {
  await using fresh = await migratedDatabase();
  const [first, second] = [new RecordedTasks(), new RecordedTasks()];
  const one = await startNode(fresh.url, first);
  await using two = await startNode(fresh.url, second);
  await until(fresh.database, () => haveHalf(one, two));
  const [lane = ""] = lanesOf(one, 1);
  await one[Symbol.asyncDispose]();
  await until(fresh.database, () => two.held === laneShares);
  await two.worker.accept([entry(lane, 0)]);
  await second.ended(1);
  expect(first.processed).toEqual([]);
});

test("work goes on after every connection to the database was cut", async () => {
  await using fresh = await migratedDatabase();
  const tasks = new RecordedTasks();
  await using node = await startNode(fresh.url, tasks);
  await node.worker.accept([entry("a", 0)]);
  await tasks.ended(1);
  await until(fresh.database, async () => (await node.inbox.pending(1)).pending === 0);
  await cutConnections(fresh.database);
  await inboxOn(fresh.database, systemClock).store([entry("a", 1), entry("b", 0)], {
    elsewhere: new Set(["a", "b"]),
    isLate: false,
  });
  await tasks.ended(3);
  expect(orderOf("a", tasks)).toEqual(inOrder("a", 2));
  expect(orderOf("b", tasks)).toEqual(inOrder("b", 1));
}, 20_000);

test("work goes on after the database was away in the middle of it", async () => {
  await using postgres = await startPostgres();
  const url = await postgres.createDatabase("away");
  await using database = new Database({ dataSource: url, log: silentLog });
  await migrate(database, silentLog);
  const halfway = Promise.withResolvers<void>();
  const tasks = new RecordedTasks(
    async () => {
      await database.query("SELECT pg_sleep(0.002)");
      if (tasks.processed.length === 50) halfway.resolve();
    },
    () => ({ kind: "retry", atMs: Date.now() + 100, code: "database" }),
  );
  const lanes = range(20).map((number) => `lane-${number}`);
  const entries = lanes.flatMap((lane) => range(5).map((number) => entry(lane, number)));
  await inboxOn(database, systemClock).store(entries, here);
  await using _node = await startNode(url, tasks);
  await halfway.promise;
  // A rejection that nobody hears ends the process, and this test.
  await postgres.halt();
  await postgres.resume();
  // What was done when the record of it was lost is done again; its delivery is found in the log then.
  const different = () => new Set(tasks.processed.map(({ resource }) => resource)).size;
  for (let ended = 100; different() < 100; ended += 1) await tasks.ended(ended);
  expect(different()).toBe(100);
}, 30_000);
