import type { Clock } from "../application/clock.ts";
import type { Timers } from "../application/timers.ts";

/** About what the plugin has when it rests. Below this nothing is to be gained. */
export const restingBytes = 80e6;
/** So much more than after the last collection is worth another: it takes some twenty milliseconds. */
export const worthwhileBytes = 8e6;
/** In a second of a burst the heap grows by some tens of megabytes. */
export const lookEveryMs = 250;
/** After three seconds without growth a burst, or the start, is over. */
export const quietLooks = 12;
/**
 * Giving memory back drops code that was compiled for speed, which takes a while to be made again: only for what a burst leaves,
 * which quiet hours with a message now and then do not.
 */
export const worthGivingBackBytes = 25e6;
export const givenBackEveryMs = 30_000;

/** What the engine can do about its memory. */
export interface Engine {
  /** Memory of this process that is in use, bytes. */
  resident(): number;
  /** Collects garbage; returns when done. */
  collect(): void;
  /** Collects garbage, and gives back to the system what is not in use. */
  giveBack(): void;
}

export interface MemoryReliefParts {
  readonly timers: Timers;
  readonly clock: Clock;
  readonly engine: Engine;
}

/**
 * Collects garbage while memory in use grows, and gives it back once it is quiet, until disposed. The engine by itself lets its
 * heap grow with the memory of the machine, which belongs to Mattermost here.
 */
export function relieveMemory({ timers, clock, engine }: MemoryReliefParts): Disposable {
  let afterwards = 0;
  let quietFor = 0;
  let backTo = restingBytes - worthGivingBackBytes;
  let givenBackAtMs = Number.NEGATIVE_INFINITY;
  let next: Disposable;
  const look = () => {
    const now = engine.resident();
    const hasGrown = now > afterwards + worthwhileBytes;
    quietFor = hasGrown ? 0 : quietFor + 1;
    if (now > restingBytes) {
      const isWorthIt = now > backTo + worthGivingBackBytes;
      const isTimeForIt = Math.abs(clock.now() - givenBackAtMs) >= givenBackEveryMs;
      if (quietFor >= quietLooks && isWorthIt && isTimeForIt) {
        engine.giveBack();
        givenBackAtMs = clock.now();
        afterwards = engine.resident();
        backTo = afterwards;
      } else if (hasGrown) {
        engine.collect();
        afterwards = engine.resident();
      }
    }
    next = timers.after(lookEveryMs, look);
  };
  next = timers.after(lookEveryMs, look);
  return { [Symbol.dispose]: () => next[Symbol.dispose]() };
}

/** Bun's ways; where something else runs the plugin, its engine decides alone. */
export const ownEngine: Engine = {
  resident: () => process.memoryUsage.rss(),
  collect: () => askBun("gc", true),
  giveBack() {
    askBun("gc", true);
    askBun("shrink");
  },
};

function askBun(what: "gc" | "shrink", ...given: readonly unknown[]): void {
  const bun: unknown = Reflect.get(globalThis, "Bun");
  const way: unknown = typeof bun === "object" && bun !== null ? Reflect.get(bun, what) : undefined;
  if (typeof way === "function") Reflect.apply(way, bun, given);
}
