import { expect, test } from "bun:test";
import { FixedClock, ManualTimers } from "../testing/time.ts";
import { HeldEntries } from "./held-entries.ts";
import { shareOf } from "./lane-share.ts";
import { entryOf, settled } from "./testing/entries.ts";
import { MemoryInboxStore } from "./testing/memory-inbox-store.ts";
import { allShares } from "./testing/memory-lane-shares.ts";

const minuteMs = 60_000;

function world({ shares = allShares }: { shares?: readonly number[] } = {}) {
  const clock = new FixedClock();
  const timers = new ManualTimers();
  const store = new MemoryInboxStore(clock);
  const released: string[] = [];
  const held = new HeldEntries({
    ...{ store, clock, timers },
    shares: () => shares,
    released: (lanes) => released.push(...lanes),
  });
  const holdFor = async (lane: string, name: number, ms: number) => {
    const id = store.leave(entryOf(lane, name));
    await held.hold({ id }, "ann", clock.now() + ms);
    await store.end(id, []);
  };
  const pass = async (ms: number) => {
    clock.nowMs += ms;
    timers.advance(ms);
    await settled();
  };
  return { clock, timers, store, held, released, holdFor, pass };
}

test("what is held waits in no lane, and does when it is due, as it was and for its reader alone", async () => {
  const { clock, store, released, holdFor, pass } = world();
  const heldAtMs = clock.now();
  await holdFor("a", 1, minuteMs);
  expect([...store.rows]).toEqual([]);
  await pass(minuteMs - 1);
  expect(released).toEqual([]);
  await pass(1);
  expect(released).toEqual(["a"]);
  const { opened: _, dedupeKey: __, ...entry } = entryOf("a", 1);
  const works = [...store.rows.values()].map(({ work }) => work);
  expect(works).toMatchObject([{ ...entry, userId: "ann", heldAtMs, attempts: 0 }]);
});

test("one timer waits for whatever is due first, also when that is held later", async () => {
  const { timers, released, holdFor, pass } = world();
  await holdFor("a", 1, 10 * minuteMs);
  await holdFor("b", 1, minuteMs);
  await holdFor("c", 1, 5 * minuteMs);
  expect(timers.pending).toBe(1);
  await pass(minuteMs);
  expect(released).toEqual(["b"]);
  await pass(4 * minuteMs);
  expect(released).toEqual(["b", "c"]);
  await pass(5 * minuteMs);
  expect(released).toEqual(["b", "c", "a"]);
  expect(timers.pending).toBe(0);
});

test("holding the same once more until the same time changes nothing", async () => {
  const { clock, store, held } = world();
  const id = store.leave(entryOf("a", 1));
  for (const _ of [1, 2]) await held.hold({ id }, "ann", clock.now() + minuteMs);
  expect(store.held.size).toBe(1);
});

test("what another node's lanes hold is left to it", async () => {
  const { clock, store, held, released } = world({
    shares: allShares.filter((each) => each !== shareOf("a")),
  });
  const id = store.leave(entryOf("a", 1));
  await store.hold(id, "ann", clock.now());
  await held.look();
  expect(released).toEqual([]);
});

test("while the database is away it is asked again, and what is due is not forgotten", async () => {
  const { store, released, holdFor, pass } = world();
  await holdFor("a", 1, minuteMs);
  store.gate = (operation) =>
    operation === "releaseDue" ? Promise.reject(new Error("no database")) : undefined;
  await pass(minuteMs);
  expect(released).toEqual([]);
  store.gate = () => undefined;
  await pass(1_000);
  expect(released).toEqual(["a"]);
});

test("nothing is waited for once it is stopped", async () => {
  const { timers, held, holdFor } = world();
  await holdFor("a", 1, minuteMs);
  held[Symbol.dispose]();
  expect(timers.pending).toBe(0);
  await holdFor("b", 1, minuteMs);
  expect(timers.pending).toBe(0);
});
