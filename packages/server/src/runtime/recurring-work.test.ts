import { expect, test } from "bun:test";
import type { Exclusively } from "../adapters/postgres/exclusive-work.ts";
import { RecordedLog } from "../application/testing/observed.ts";
import { ManualTimers } from "../application/testing/time.ts";
import { keptForMs, type RecurringTask, recurringWork } from "./recurring-work.ts";

/** Each second: the shortest that a schedule can say. */
const oftenest = "* * * * * *";

/** As in a cluster: a name that is taken is refused. */
function cluster(): Exclusively {
  const taken = new Set<string>();
  return async (name, work) => {
    if (taken.has(name)) return undefined;
    taken.add(name);
    try {
      return await work();
    } finally {
      taken.delete(name);
    }
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A task whose runs a test can wait for. */
function counted(run: () => Promise<void> = async () => undefined) {
  const world = { runs: 0, ran: Promise.withResolvers<void>() };
  const task: RecurringTask = {
    name: "count",
    schedule: oftenest,
    async run() {
      world.runs += 1;
      world.ran.resolve();
      await run();
    },
  };
  return { world, task };
}

const parts = (exclusively: Exclusively) => ({
  exclusively,
  timers: new ManualTimers(),
  log: new RecordedLog(),
});

test("what recurs is done when its time has come, and by one node of several", async () => {
  const shared = cluster();
  const { world, task } = counted();
  const [one, other] = [parts(shared), parts(shared)];
  await using _one = recurringWork(one, [task]);
  const asked = Promise.withResolvers<void>();
  const heard: Exclusively = async (name, work) => {
    const result = await shared(name, work);
    asked.resolve();
    return result;
  };
  await world.ran.promise;
  await using _other = recurringWork({ ...other, exclusively: heard }, [task]);
  await asked.promise;
  await settled();
  expect(world.runs).toBe(1);
  expect(one.timers.pending + other.timers.pending).toBe(1);
});

test("it is done again once the time for which others were kept from it is over", async () => {
  const { world, task } = counted();
  const given = parts(cluster());
  await using _work = recurringWork(given, [task]);
  await world.ran.promise;
  await settled();
  world.ran = Promise.withResolvers();
  given.timers.advance(keptForMs);
  await world.ran.promise;
  expect(world.runs).toBe(2);
});

test("a failure is said without its words, and the next time comes", async () => {
  const { world, task } = counted(async () => {
    throw new TypeError("secret");
  });
  const given = parts(cluster());
  await using _work = recurringWork(given, [task]);
  await world.ran.promise;
  world.ran = Promise.withResolvers();
  await world.ran.promise;
  expect(given.log.lines.join()).toContain("count");
  expect(given.log.lines.join()).not.toContain("secret");
});

test("the end waits for what is under way, and nothing begins after it", async () => {
  const held = Promise.withResolvers<void>();
  const { world, task } = counted(() => held.promise);
  const given = parts(cluster());
  const work = recurringWork(given, [task]);
  await world.ran.promise;
  let hasEnded = false;
  const ending = work[Symbol.asyncDispose]()?.then(() => {
    hasEnded = true;
  });
  await settled();
  expect(hasEnded).toBe(false);
  held.resolve();
  await ending;
  expect([world.runs, given.timers.pending]).toEqual([1, 0]);
});

test("a schedule that cannot be read is a mistake of ours, found at the start", () => {
  const { task } = counted();
  expect(() => recurringWork(parts(cluster()), [{ ...task, schedule: "99 * * * *" }])).toThrow();
});
