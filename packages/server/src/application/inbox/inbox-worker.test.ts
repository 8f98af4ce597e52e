import { expect, test } from "bun:test";
import type { Ending } from "../deliveries/delivery-log.ts";
import { FixedClock, ManualTimers } from "../testing/time.ts";
import type { InboxTasks, InboxWork } from "./inbox.ts";
import { entriesPerLook } from "./inbox-store.ts";
import { attemptsThatHoldOrder, InboxWorker, maxEntriesInMemory, sweepMs, turnMs } from "./inbox-worker.ts";
import { maxEntriesOfLane } from "./lane.ts";
import { shareOf } from "./lane-share.ts";
import { entryOf, settled } from "./testing/entries.ts";
import { MemoryInboxStore, type StoreOperation } from "./testing/memory-inbox-store.ts";
import { allShares, MemoryLaneShares } from "./testing/memory-lane-shares.ts";

const dead = new Error("dead");
const retryMs = 1_000;

/** One node on memory. Entries succeed unless `failing` says otherwise, and wait at `hold` when there is one. */
async function working({
  held = allShares,
  isStarted = true,
}: {
  held?: readonly number[];
  isStarted?: boolean;
} = {}) {
  const clock = new FixedClock();
  const timers = new ManualTimers();
  const store = new MemoryInboxStore(clock);
  const shares = new MemoryLaneShares(held);
  const begun: InboxWork<string>[] = [];
  const buried: string[] = [];
  const failing = new Map<string, Error>();
  const world: { hold: ((work: InboxWork<string>) => Promise<void> | undefined) | undefined } = {
    hold: undefined,
  };
  const tasks: InboxTasks<string> = {
    async process(work, record) {
      begun.push(work);
      record(endingOf(work));
      await world.hold?.(work);
      const error = failing.get(work.dedupeKey);
      if (error !== undefined) throw error;
    },
    decideRetry: (error) =>
      error === dead
        ? { kind: "dead", reason: "no-use" }
        : { kind: "retry", atMs: clock.now() + retryMs, code: "test" },
    bury: async ({ dedupeKey }, reason) => void buried.push(`${dedupeKey} ${reason}`),
  };
  const worker = new InboxWorker<string>({ store, shares, clock, timers });
  const start = async () => {
    await worker.start(tasks);
    await settled();
  };
  if (isStarted) await start();
  return {
    worker,
    start,
    clock,
    timers,
    store,
    shares,
    begun,
    buried,
    failing,
    world,
    names: () => begun.map(({ dedupeKey }) => dedupeKey),
    async accept(lane: string, ...names: readonly (string | number)[]) {
      const fresh = await worker.accept(names.map((name) => entryOf(lane, name)));
      await settled();
      return fresh;
    },
    async pass(ms: number) {
      clock.nowMs += ms;
      timers.advance(ms);
      await settled();
    },
    /** Lets the next such call take effect, and answers it when told. */
    delay(operation: StoreOperation): () => Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      let isNext = true;
      store.gate = (each, when) => {
        if (each !== operation || when !== "after" || !isNext) return undefined;
        isNext = false;
        return promise;
      };
      return async () => {
        resolve();
        await settled();
      };
    },
    /** Every such call fails, until told otherwise. */
    break(...operations: readonly StoreOperation[]): () => void {
      store.gate = (each) =>
        operations.includes(each) ? Promise.reject(new Error("database away")) : undefined;
      return () => {
        store.gate = () => undefined;
      };
    },
  };
}

function endingOf({ dedupeKey }: InboxWork<string>): Ending {
  const key = { chatId: "19:a", messageId: dedupeKey, userId: "u" };
  return { key, outcome: { kind: "suppressed", reason: "test" }, times: { sentAtMs: 0, receivedAtMs: 0 } };
}

test("what was stored is worked on from memory, in order, as it was opened, and ends with what it recorded", async () => {
  const { accept, begun, names, store } = await working();
  expect(await accept("a", 1, 2)).toBe(2);
  expect(names()).toEqual(["a/1", "a/2"]);
  expect(begun.map(({ isUntouched, opened }) => [isUntouched, opened])).toEqual([
    [true, "opened a/1"],
    [true, "opened a/2"],
  ]);
  expect(store.ended).toEqual([1, 2]);
  expect(store.recorded.map(({ key }) => key.messageId)).toEqual(["a/1", "a/2"]);
  expect(store.looks).toEqual([]);
});

test("what is known already is stored once and worked on once", async () => {
  const { accept, names } = await working();
  await accept("a", 1);
  expect(await accept("a", 1, 2)).toBe(1);
  expect(names()).toEqual(["a/1", "a/2"]);
});

test("lanes do not wait for each other, entries of one lane do", async () => {
  const { accept, names, world } = await working();
  const first = Promise.withResolvers<void>();
  world.hold = ({ dedupeKey }) => (dedupeKey === "a/1" ? first.promise : undefined);
  await accept("a", 1, 2);
  await accept("b", 1);
  expect(names()).toEqual(["a/1", "b/1"]);
  first.resolve();
  await settled();
  expect(names()).toEqual(["a/1", "b/1", "a/2"]);
});

test("two statements that are answered the wrong way round keep the order of their ids", async () => {
  const { accept, names, delay, world } = await working();
  const hold = Promise.withResolvers<void>();
  world.hold = ({ dedupeKey }) => (dedupeKey === "a/0" ? hold.promise : undefined);
  await accept("a", 0);
  const answer = delay("store");
  const first = accept("a", 1);
  await accept("a", 2);
  await answer();
  await first;
  hold.resolve();
  await settled();
  expect(names()).toEqual(["a/0", "a/1", "a/2"]);
});

test("what a lane has too much of goes through the store, in order", async () => {
  const { accept, begun, store } = await working();
  const count = maxEntriesOfLane + entriesPerLook + 5;
  const all = Array.from({ length: count }, (_, index) => index);
  await accept("a", ...all);
  expect(begun.map(({ dedupeKey }) => dedupeKey)).toEqual(all.map((index) => `a/${index}`));
  expect(begun.filter(({ isUntouched }) => isUntouched)).toHaveLength(maxEntriesOfLane);
  expect(store.looks).toHaveLength(2);
});

test("what memory has no room for goes through the store", async () => {
  const { worker, begun, store } = await working();
  const many = Array.from({ length: maxEntriesInMemory + 100 }, (_, index) =>
    entryOf(`lane ${index % 50}`, index),
  );
  await worker.accept(many);
  await settled();
  expect(store.rows.size).toBe(0);
  expect(begun.filter(({ isUntouched }) => isUntouched)).toHaveLength(maxEntriesInMemory);
});

test("a failed entry is tried again at its time and holds up its lane until then", async () => {
  const { accept, names, failing, pass, store } = await working();
  failing.set("a/1", new Error("failed"));
  await accept("a", 1, 2);
  await accept("a", 3);
  expect(names()).toEqual(["a/1"]);
  expect(store.retried).toEqual([{ id: 1, inMs: retryMs, code: "test" }]);
  expect(store.recorded).toHaveLength(1);
  failing.clear();
  await pass(retryMs - 1);
  expect(names()).toEqual(["a/1"]);
  await pass(1);
  expect(names()).toEqual(["a/1", "a/1", "a/2", "a/3"]);
});

test("after six failures others pass, and those that come later as well", async () => {
  const { accept, names, failing, pass } = await working();
  failing.set("a/1", new Error("failed"));
  await accept("a", 1, 2);
  for (let failures = 1; failures < attemptsThatHoldOrder; failures += 1) {
    expect(names()).toEqual(Array(failures).fill("a/1"));
    await pass(retryMs);
  }
  expect(names().slice(attemptsThatHoldOrder)).toEqual(["a/2"]);
  await accept("a", 3);
  expect(names().slice(attemptsThatHoldOrder)).toEqual(["a/2", "a/3"]);
  failing.clear();
  await pass(retryMs);
  expect(names().at(-1)).toBe("a/1");
});

test("a copy that fails holds up no other", async () => {
  const { accept, names, failing, pass } = await working();
  failing.set("copies/0/1", new Error("failed"));
  await accept("copies/0", 1, 2);
  await accept("copies/0", 3);
  expect(names()).toEqual(["copies/0/1", "copies/0/2", "copies/0/3"]);
  failing.clear();
  await pass(retryMs);
  expect(names().at(-1)).toBe("copies/0/1");
});

test("what is given up is buried and does not hold up its lane", async () => {
  const { accept, names, failing, buried, store } = await working();
  failing.set("a/1", dead);
  await accept("a", 1, 2);
  expect(names()).toEqual(["a/1", "a/2"]);
  expect(buried).toEqual(["a/1 no-use"]);
  expect([...store.dead]).toEqual([[1, "no-use"]]);
});

test("what an earlier run left is found, with its failures", async () => {
  const { start, store, begun } = await working({ isStarted: false });
  store.leave(entryOf("a", 1), { attempts: 3 });
  await start();
  expect(begun.map(({ attempts, isUntouched }) => [attempts, isUntouched])).toEqual([[3, false]]);
});

test("what comes before the start is worked off after it", async () => {
  const { accept, start, names } = await working({ isStarted: false });
  await accept("a", 1);
  expect(names()).toEqual([]);
  await start();
  expect(names()).toEqual(["a/1"]);
});

test("what comes while a gained share is not listed yet waits for what is there", async () => {
  const { accept, shares, store, names, delay } = await working({ held: [] });
  store.leave(entryOf("a", 1));
  const answer = delay("lanesIn");
  shares.gain(shareOf("a"));
  await accept("a", 2);
  await answer();
  expect(names()).toEqual(["a/1", "a/2"]);
});

test("a listing that fails is made again", async () => {
  const { shares, store, names, pass, break: breaks } = await working({ held: [] });
  store.leave(entryOf("a", 1));
  const mend = breaks("lanesIn");
  shares.gain(shareOf("a"));
  await settled();
  mend();
  await pass(1_000);
  expect(names()).toEqual(["a/1"]);
});

test("a listing from before a share was lost says nothing about what its other node left", async () => {
  const { accept, shares, store, names, delay } = await working({ held: [] });
  const answer = delay("lanesIn");
  shares.gain(shareOf("a"));
  await settled();
  await shares.lose(shareOf("a"));
  store.leave(entryOf("a", 1));
  const second = Promise.withResolvers<void>();
  const { gate } = store;
  store.gate = (operation, when) =>
    operation === "lanesIn" && when === "before" ? second.promise : gate(operation, when);
  shares.gain(shareOf("a"));
  await answer();
  await accept("a", 2);
  second.resolve();
  await settled();
  expect(names()).toEqual(["a/1", "a/2"]);
});

test("nothing of a lost share is begun, and what is in hand is waited for", async () => {
  const { accept, shares, names, world, store } = await working();
  const hold = Promise.withResolvers<void>();
  world.hold = () => hold.promise;
  await accept("a", 1, 2);
  let isFree = false;
  const lost = shares.lose(shareOf("a")).then(() => {
    isFree = true;
  });
  await settled();
  expect(isFree).toBe(false);
  hold.resolve();
  await lost;
  await settled();
  expect(names()).toEqual(["a/1"]);
  expect([...store.rows.keys()]).toEqual([2]);
});

test("a failure in a lost share is recorded and not tried again here", async () => {
  const { accept, shares, names, failing, pass } = await working();
  failing.set("a/1", new Error("failed"));
  await accept("a", 1);
  await shares.lose(shareOf("a"));
  await pass(retryMs);
  expect(names()).toEqual(["a/1"]);
});

test("what is stored for lanes of other nodes is told to them and left to them", async () => {
  const { accept, store, names } = await working({ held: [shareOf("b")] });
  const heard: unknown[] = [];
  store.heard = (told) => void heard.push(told);
  await accept("a", 1);
  await accept("b", 1);
  expect(heard).toEqual([{ lanes: ["a"], isLate: false }]);
  expect(names()).toEqual(["b/1"]);
});

test("what was stored while its lane was handed over is told afterwards, until it could be told", async () => {
  const { accept, shares, store, names, delay, pass, break: breaks } = await working();
  const answer = delay("store");
  const accepted = accept("a", 1);
  await settled();
  await shares.lose(shareOf("a"));
  const mend = breaks("announce");
  await answer();
  expect(await accepted).toBe(1);
  expect([names(), store.announced]).toEqual([[], []]);
  mend();
  await pass(1_000);
  expect(store.announced).toEqual([{ lanes: ["a"], isLate: false }]);
});

test("what another node may have ended meanwhile is not worked on from memory", async () => {
  const { accept, shares, store, names, delay } = await working();
  const answer = delay("store");
  const accepted = accept("a", 1);
  await settled();
  await shares.lose(shareOf("a"));
  await store.end(1, []);
  shares.gain(shareOf("a"));
  await settled();
  await answer();
  await accepted;
  expect(names()).toEqual([]);
});

test("what the node that had its lane may have ended before handing it over is not worked on from memory", async () => {
  const { accept, shares, store, names, delay } = await working({ held: [] });
  const answer = delay("store");
  const accepted = accept("a", 1);
  await settled();
  await store.end(1, []);
  shares.gain(shareOf("a"));
  await settled();
  await answer();
  await accepted;
  expect(names()).toEqual([]);
});

test("what a look on its way has seen is not worked on again when its storing is answered", async () => {
  const { shares, accept, names, store } = await working();
  const look = Promise.withResolvers<void>();
  const stored = Promise.withResolvers<void>();
  store.gate = (operation, when) => {
    if (operation === "waitingIn" && when === "before") return look.promise;
    return operation === "store" && when === "after" ? stored.promise : undefined;
  };
  shares.tell({ lanes: ["a"], isLate: false });
  await settled();
  const accepted = accept("a", 1);
  await settled();
  look.resolve();
  await settled();
  expect(names()).toEqual(["a/1"]);
  stored.resolve();
  await accepted;
  expect(names()).toEqual(["a/1"]);
});

test("where other nodes store as well, the store says what is next", async () => {
  const { accept, shares, store, names, begun } = await working();
  shares.isAlone = false;
  store.leave(entryOf("a", 1));
  await accept("a", 2);
  expect(names()).toEqual(["a/1", "a/2"]);
  expect(begun.some(({ isUntouched }) => isUntouched)).toBe(false);
});

test("what others tell of is looked for, for the lanes of this node", async () => {
  const { shares, store, names } = await working({ held: [shareOf("a")] });
  store.leave(entryOf("a", 1));
  store.leave(entryOf("b", 1));
  shares.tell({ lanes: ["a", "b"], isLate: false });
  await settled();
  expect(names()).toEqual(["a/1"]);
});

test("a storing whose answer got lost is looked for, and its repetition is not worked on twice", async () => {
  const { accept, store, names } = await working();
  store.gate = (operation, when) =>
    operation === "store" && when === "after" ? Promise.reject(new Error("connection lost")) : undefined;
  await expect(accept("a", 1)).rejects.toThrow("connection lost");
  store.gate = () => undefined;
  expect(await accept("a", 1, 2)).toBe(1);
  expect(names()).toEqual(["a/1", "a/2"]);
});

test.each(["waitingIn", "end", "retry"] as const)(
  "a lane goes on a moment after %s failed",
  async (operation) => {
    const { accept, failing, store, pass, break: breaks } = await working();
    if (operation !== "end") failing.set("a/1", new Error("failed"));
    const mend = breaks(operation);
    await accept("a", 1, 2);
    await pass(retryMs);
    expect(store.ended).toEqual([]);
    mend();
    failing.clear();
    await pass(1_000);
    expect(store.ended).toEqual([1, 2]);
  },
);

test("an entry that cannot be buried is not ended", async () => {
  const { accept, failing, store, buried, pass, break: breaks } = await working();
  failing.set("a/1", dead);
  const mend = breaks("giveUp");
  await accept("a", 1);
  expect(store.ended).toEqual([]);
  mend();
  await pass(1_000);
  expect([store.ended, buried]).toEqual([[1], ["a/1 no-use", "a/1 no-use"]]);
});

test("late lanes take three turns at most, and live ones go beside them", async () => {
  const { worker, accept, names, world } = await working();
  const hold = Promise.withResolvers<void>();
  world.hold = () => hold.promise;
  await worker.acceptLate(["w", "x", "y", "z"].map((lane) => entryOf(lane, 1)));
  await settled();
  expect(names()).toEqual(["w/1", "x/1", "y/1"]);
  await accept("live", 1);
  expect(names().at(-1)).toBe("live/1");
  // What comes live for a lane that waits makes it live.
  await accept("z", 2);
  expect(names().at(-1)).toBe("z/1");
  hold.resolve();
  await settled();
  expect(names()).toHaveLength(6);
});

test("two dozen lanes are worked on at once, and the next when one of them is done", async () => {
  const { worker, names, world } = await working();
  const holds = new Map<string, () => void>();
  world.hold = ({ dedupeKey }) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    holds.set(dedupeKey, resolve);
    return promise;
  };
  await worker.accept(Array.from({ length: 26 }, (_, index) => entryOf(`lane ${index}`, 1)));
  await settled();
  expect(names()).toHaveLength(24);
  holds.get("lane 3/1")?.();
  await settled();
  expect(names().slice(24)).toEqual(["lane 24/1"]);
});

test("a long lane gives way to others after its turn", async () => {
  const { worker, clock, names, world } = await working();
  const others = Promise.withResolvers<void>();
  world.hold = ({ lane }) => {
    if (lane !== "long") return others.promise;
    clock.nowMs += turnMs;
    return undefined;
  };
  await worker.accept([
    ...Array.from({ length: 23 }, (_, index) => entryOf(`held ${index}`, 1)),
    entryOf("long", 1),
    entryOf("long", 2),
    entryOf("short", 1),
  ]);
  await settled();
  expect(names().slice(23)).toEqual(["long/1", "short/1"]);
  others.resolve();
  await settled();
  expect(names().at(-1)).toBe("long/2");
});

test("a sweep finds what nobody told of, again and again", async () => {
  const { store, names, pass, break: breaks } = await working();
  store.leave(entryOf("a", 1));
  await pass(sweepMs);
  expect(names()).toEqual(["a/1"]);
  const mend = breaks("lanesIn");
  store.leave(entryOf("a", 2));
  await pass(sweepMs);
  mend();
  await pass(sweepMs);
  expect(names()).toEqual(["a/1", "a/2"]);
});

test("an end finishes what is in hand and leaves the rest to whoever comes next", async () => {
  const { accept, worker, names, store, timers, world } = await working();
  const hold = Promise.withResolvers<void>();
  world.hold = () => hold.promise;
  await accept("a", 1, 2);
  let hasEnded = false;
  const end = worker[Symbol.asyncDispose]().then(() => {
    hasEnded = true;
  });
  await settled();
  expect(hasEnded).toBe(false);
  hold.resolve();
  await end;
  await accept("a", 3);
  expect(names()).toEqual(["a/1"]);
  expect(store.ended).toEqual([1]);
  expect([...store.rows.keys()]).toEqual([2, 3]);
  expect(timers.pending).toBe(0);
});

test("an end waits for what is being stored, so that whoever has its lane next finds it", async () => {
  const { accept, worker, names, store, shares, delay } = await working();
  const answer = delay("store");
  const accepted = accept("a", 1);
  await settled();
  let hasEnded = false;
  const end = worker[Symbol.asyncDispose]().then(() => {
    hasEnded = true;
  });
  await settled();
  expect([hasEnded, shares.holds(shareOf("a"))]).toEqual([false, true]);
  await answer();
  await end;
  expect(await accepted).toBe(1);
  expect([names(), [...store.rows.keys()]]).toEqual([[], [1]]);
});

test("an end does not fail over what could not be stored", async () => {
  const { accept, worker, break: breaks } = await working();
  breaks("store");
  const failed = accept("a", 1).catch((error: Error) => error.message);
  await worker[Symbol.asyncDispose]();
  expect(await failed).toBe("database away");
});

test("what still comes after the end is told to whoever has its lane by then", async () => {
  const { accept, worker, store } = await working();
  const heard: unknown[] = [];
  store.heard = (told) => void heard.push(told);
  await worker[Symbol.asyncDispose]();
  expect(await accept("a", 1)).toBe(1);
  expect(heard).toEqual([{ lanes: ["a"], isLate: false }]);
});

test("an end during the start leaves no timer behind", async () => {
  const { start, worker, timers } = await working({ isStarted: false });
  const started = start();
  await worker[Symbol.asyncDispose]();
  await started;
  expect(timers.pending).toBe(0);
});

test("what is unknown is asked of the store", async () => {
  const { accept, worker } = await working();
  await accept("a", 1);
  const asked = ["a/1", "a/2"].map((dedupeKey) => ({
    dedupeKey,
    chatId: "19:a",
    messageId: "1",
    userId: "u",
    changeType: "created" as const,
  }));
  expect([...(await worker.unknown(asked))]).toEqual(["a/2"]);
});
