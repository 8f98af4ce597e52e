import { expect, test } from "bun:test";
import { Lane } from "./lane.ts";
import { entryOf } from "./testing/entries.ts";

const workOf = (id: number) => ({ ...entryOf("a", id), id, storedAtMs: 0, attempts: 0, isUntouched: true });

test("entries take their places by id, in whatever order they come", () => {
  const lane = new Lane<string>("a");
  for (const id of [3, 1, 4, 2]) lane.add(workOf(id));
  expect(lane.waiting.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
});

test("a lane is late until something comes that is not, and busy when much waits or its turn did not suffice", () => {
  const lane = new Lane<string>("a");
  expect(lane.urgency).toBe("late");
  lane.isLate = false;
  for (let id = 1; id < 10; id += 1) lane.add(workOf(id));
  expect(lane.urgency).toBe("quiet");
  lane.add(workOf(10));
  expect(lane.urgency).toBe("busy");
  lane.waiting.length = 0;
  lane.isBusy = true;
  expect(lane.urgency).toBe("busy");
});

test("a lane is idle only when nothing waits, arrives or is in hand", () => {
  const lane = new Lane<string>("a");
  expect([lane.hasWork, lane.isIdle]).toEqual([false, true]);
  lane.arriving = 1;
  expect(lane.isIdle).toBe(false);
  lane.arriving = 0;
  lane.turn = Promise.resolve();
  expect(lane.isIdle).toBe(false);
  lane.turn = undefined;
  lane.fallBehind();
  expect([lane.hasWork, lane.isIdle]).toEqual([true, false]);
});

test("an ended pause runs nothing any more", () => {
  const lane = new Lane<string>("a");
  let isDisposed = false;
  const timer = {
    [Symbol.dispose]: () => {
      isDisposed = true;
    },
  };
  lane.pause = { timer, holdsUp: true };
  lane.endPause();
  expect(lane.pause).toBeUndefined();
  expect(isDisposed).toBe(true);
});
