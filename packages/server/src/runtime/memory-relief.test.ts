import { expect, test } from "bun:test";
import { FixedClock, ManualTimers } from "../application/testing/time.ts";
import {
  givenBackEveryMs,
  lookEveryMs,
  ownEngine,
  quietLooks,
  relieveMemory,
  restingBytes,
  worthGivingBackBytes,
  worthwhileBytes,
} from "./memory-relief.ts";

/** A process with so much that is alive, and with garbage, which stays resident until it is given back. */
function busyProcess(live: number) {
  const [timers, clock] = [new ManualTimers(), new FixedClock()];
  const world = { live, garbage: 0, free: 0, collections: 0, givenBack: 0 };
  const relief = relieveMemory({
    timers,
    clock,
    engine: {
      resident: () => world.live + world.garbage + world.free,
      collect() {
        world.collections += 1;
        world.garbage = 0;
      },
      giveBack() {
        world.givenBack += 1;
        world.garbage = 0;
        world.free = 0;
      },
    },
  });
  const look = (times = 1) => {
    for (let time = 0; time < times; time += 1) {
      clock.nowMs += lookEveryMs;
      timers.advance(lookEveryMs);
    }
  };
  return { world, clock, look, relief, timers };
}

test("a process that rests is left alone", () => {
  const { world, look } = busyProcess(restingBytes);
  look(100);
  expect([world.collections, world.givenBack]).toEqual([0, 0]);
});

test("what grows is collected each time, and what stays alive is not collected for ever", () => {
  const { world, look } = busyProcess(restingBytes);
  for (let time = 0; time < 3; time += 1) {
    world.garbage = 2 * worthwhileBytes;
    look();
  }
  expect([world.collections, world.garbage]).toEqual([3, 0]);
  world.live += 2 * worthwhileBytes;
  look(100);
  expect(world.collections).toBe(4);
});

test("what a burst left is given back once it is quiet", () => {
  const { world, look } = busyProcess(restingBytes);
  world.garbage = 2 * worthwhileBytes;
  world.free = worthGivingBackBytes;
  look(quietLooks);
  expect([world.givenBack, world.free]).toEqual([0, worthGivingBackBytes]);
  look();
  expect([world.givenBack, world.free]).toEqual([1, 0]);
});

test("memory is given back twice a minute at most, and only what is worth it", () => {
  const { world, clock, look } = busyProcess(2 * restingBytes);
  const burst = (left: number) => {
    world.free += left;
    look(2 * quietLooks);
  };
  burst(0);
  expect(world.givenBack).toBe(1);
  burst(2 * worthGivingBackBytes);
  expect(world.givenBack).toBe(1);
  clock.nowMs += givenBackEveryMs;
  look();
  expect([world.givenBack, world.free]).toEqual([2, 0]);
  clock.nowMs += givenBackEveryMs;
  burst(worthGivingBackBytes / 2);
  expect(world.givenBack).toBe(2);
});

test("nothing is looked at once it is disposed", () => {
  const { relief, timers } = busyProcess(restingBytes);
  relief[Symbol.dispose]();
  expect(timers.pending).toBe(0);
});

test("the engine that runs the plugin can be asked for all of it", () => {
  expect(ownEngine.resident()).toBeGreaterThan(1e6);
  ownEngine.collect();
  ownEngine.giveBack();
});
