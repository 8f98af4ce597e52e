import { expect, test } from "bun:test";
import { RecordedLog } from "../testing/observed.ts";
import { FixedClock } from "../testing/time.ts";
import { heldCapacity, InboxRoom, inboxCapacity, requestsAtOnce } from "./inbox-room.ts";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function roomWith(pending: number) {
  const clock = new FixedClock();
  const log = new RecordedLog();
  const world = { pending, held: 0, counts: 0, error: undefined as Error | undefined };
  const room = new InboxRoom({
    async pending() {
      world.counts += 1;
      if (world.error !== undefined) throw world.error;
      return { pending: world.pending, held: world.held };
    },
    clock,
    log,
  });
  /** The state of the room once it has been counted anew. */
  const counted = async () => {
    clock.nowMs += 10_000;
    room.enter()?.[Symbol.dispose]();
    await settled();
  };
  /** Whether a request is let in. */
  const lets = (entries = 0) => {
    using admission = room.enter();
    admission?.stored(entries);
    return admission !== undefined;
  };
  return { room, clock, log, world, counted, lets };
}

test("requests are refused at the capacity and let in below it", async () => {
  const { world, counted, lets } = roomWith(inboxCapacity);
  await counted();
  expect(lets()).toBe(false);
  world.pending = inboxCapacity - 1;
  await counted();
  expect(lets()).toBe(true);
});

test("what was stored since the last count counts as well, what was refused does not", async () => {
  const { counted, lets } = roomWith(inboxCapacity - 3);
  await counted();
  expect([lets(0), lets(2), lets(0), lets(1), lets(0)]).toEqual([true, true, true, true, false]);
});

test("a node works on so many requests at once", () => {
  const { room, lets } = roomWith(0);
  const inside = Array.from({ length: requestsAtOnce }, () => room.enter());
  expect(inside.every((admission) => admission !== undefined)).toBe(true);
  expect(lets()).toBe(false);
  inside[0]?.[Symbol.dispose]();
  expect(lets()).toBe(true);
});

test("the answer never waits for the database, which is asked once in ten seconds while little waits", async () => {
  const { clock, world, lets } = roomWith(0);
  for (let request = 0; request < 100; request += 1) lets();
  expect(world.counts).toBe(1);
  await settled();
  lets();
  expect(world.counts).toBe(1);
  clock.nowMs += 9_999;
  lets();
  expect(world.counts).toBe(1);
  clock.nowMs += 1;
  lets();
  expect(world.counts).toBe(2);
});

test.each([
  ["a tenth of the capacity waits", inboxCapacity / 10, 0],
  ["much was stored since", 0, 1_000],
])("the database is asked every second once %s", async (_, pending, stored) => {
  const { clock, world, lets } = roomWith(pending);
  lets(0);
  await settled();
  lets(stored);
  clock.nowMs += 999;
  lets();
  expect(world.counts).toBe(1);
  clock.nowMs += 1;
  lets();
  expect(world.counts).toBe(2);
});

test("a count that fails leaves the last one", async () => {
  const { world, counted, lets } = roomWith(inboxCapacity);
  await counted();
  world.error = new Error("no database");
  await counted();
  expect(lets()).toBe(false);
});

test("being full is said once each time, not for each request", async () => {
  const { log, world, counted, lets } = roomWith(inboxCapacity);
  await counted();
  for (let request = 0; request < 5; request += 1) lets();
  expect(log.lines).toHaveLength(1);
  world.pending = 0;
  await counted();
  lets();
  world.pending = inboxCapacity;
  await counted();
  lets();
  expect(log.lines).toHaveLength(2);
});

test("late messages leave half of the room to live ones", async () => {
  const { room, world, lets } = roomWith(inboxCapacity / 2 - 1);
  expect(await room.hasRoomForLate()).toBe(true);
  world.pending += 1;
  expect(await room.hasRoomForLate()).toBe(false);
  expect(lets()).toBe(true);
});

test("messages are held up to a bound of their own, which is said once, and take no room of what waits", async () => {
  const { room, world, counted, lets, log } = roomWith(0);
  world.held = heldCapacity - 1;
  await counted();
  expect([room.mayHold(), room.mayHold(), room.mayHold()]).toEqual([true, false, false]);
  expect(log.lines).toEqual([expect.stringContaining("brought at once")]);
  expect(lets()).toBe(true);
  world.held = 0;
  await counted();
  expect(room.isAnyHeld).toBe(false);
  expect(room.mayHold()).toBe(true);
  expect(room.isAnyHeld).toBe(true);
});
