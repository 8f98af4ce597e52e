import { expect, test } from "bun:test";
import { ManualTimers } from "../application/testing/time.ts";
import { lookEveryMs, quietLooks, relieveMemory, restingBytes, worthwhileBytes } from "./memory-relief.ts";

/** A process whose garbage is `garbage` of what it has in use. */
function process(live: number) {
  const timers = new ManualTimers();
  const world = { live, garbage: 0, collections: 0 };
  const relief = relieveMemory({
    timers,
    resident: () => world.live + world.garbage,
    collect() {
      world.collections += 1;
      world.garbage = 0;
    },
  });
  const look = (times = 1) => {
    for (let time = 0; time < times; time += 1) timers.advance(lookEveryMs);
  };
  return { world, look, relief, timers };
}

test("a process that rests is left alone", () => {
  const { world, look } = process(restingBytes);
  look(100);
  expect(world.collections).toBe(0);
});

test("growth is collected again and again, what stays is not collected for ever", () => {
  const { world, look } = process(restingBytes);
  for (let time = 0; time < 3; time += 1) {
    world.garbage = 2 * worthwhileBytes;
    look();
  }
  expect([world.collections, world.garbage]).toEqual([3, 0]);
  world.live += worthwhileBytes;
  look(100);
  expect(world.collections).toBe(4);
});

test("what a burst left is collected once it is quiet", () => {
  const { world, look } = process(restingBytes);
  world.garbage = worthwhileBytes + 1;
  look();
  world.garbage = worthwhileBytes / 2;
  look(quietLooks - 1);
  expect(world.collections).toBe(1);
  look();
  expect([world.collections, world.garbage]).toEqual([2, 0]);
});

test("nothing is looked at once it is disposed", () => {
  const { relief, timers } = process(restingBytes);
  relief[Symbol.dispose]();
  expect(timers.pending).toBe(0);
});
