import { expect, test } from "bun:test";
import { RecordedLog } from "../testing/observed.ts";
import { FixedClock } from "../testing/time.ts";
import { InboxRoom, inboxCapacity, storingCapacity } from "./inbox-room.ts";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function roomWith(pending: number) {
  const clock = new FixedClock();
  const log = new RecordedLog();
  const world = { pending, counts: 0, error: undefined as Error | undefined };
  const room = new InboxRoom({
    async pending() {
      world.counts += 1;
      if (world.error !== undefined) throw world.error;
      return world.pending;
    },
    clock,
    log,
  });
  /** The state of the room once it has been counted. */
  const counted = async () => {
    room.reserve(0);
    await settled();
  };
  return { room, clock, log, world, counted };
}

test("room is refused at the capacity and given again below it", async () => {
  const { room, clock, world, counted } = roomWith(inboxCapacity - 1);
  await counted();
  expect(room.reserve(2)).toBeUndefined();
  expect(room.reserve(1)).toBeDefined();
  world.pending = 10;
  clock.nowMs += 1_000;
  await counted();
  expect(room.reserve(2)).toBeDefined();
});

test("what was stored since the last count counts as well", async () => {
  const { room, counted } = roomWith(inboxCapacity - 3);
  await counted();
  room.reserve(2)?.[Symbol.dispose]();
  expect(room.reserve(2)).toBeUndefined();
});

test("a node stores so many at once, and a larger request when nothing else is stored", () => {
  const { room } = roomWith(0);
  const large = room.reserve(storingCapacity + 1);
  expect(large).toBeDefined();
  expect(room.reserve(1)).toBeUndefined();
  large?.[Symbol.dispose]();
  expect(room.reserve(1)).toBeDefined();
});

test("the answer never waits for the database, which is asked once a second at most", async () => {
  const { room, clock, world } = roomWith(0);
  for (let request = 0; request < 100; request += 1) room.reserve(1);
  expect(world.counts).toBe(1);
  await settled();
  room.reserve(1);
  expect(world.counts).toBe(1);
  clock.nowMs += 1_000;
  room.reserve(1);
  expect(world.counts).toBe(2);
});

test("a count that fails leaves the last one", async () => {
  const { room, clock, world, counted } = roomWith(inboxCapacity);
  await counted();
  world.error = new Error("no database");
  clock.nowMs += 1_000;
  await counted();
  expect(room.reserve(1)).toBeUndefined();
});

test("being full is said once each time, not for each request", async () => {
  const { room, clock, log, world, counted } = roomWith(inboxCapacity);
  await counted();
  for (let request = 0; request < 5; request += 1) room.reserve(1);
  expect(log.lines).toHaveLength(1);
  world.pending = 0;
  clock.nowMs += 1_000;
  await counted();
  room.reserve(1);
  world.pending = inboxCapacity;
  clock.nowMs += 1_000;
  await counted();
  room.reserve(1);
  expect(log.lines).toHaveLength(2);
});

test("late messages leave half of the room to live ones", async () => {
  const { room, world } = roomWith(inboxCapacity / 2 - 1);
  expect(await room.hasRoomForLate()).toBe(true);
  world.pending += 1;
  expect(await room.hasRoomForLate()).toBe(false);
  expect(room.reserve(1)).toBeDefined();
});
