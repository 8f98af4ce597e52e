import type { Timers } from "../application/timers.ts";

/** About what the plugin has when it rests. Below this nothing is to be gained. */
export const restingBytes = 100e6;
/** So much more than after the last collection is worth another: it takes some twenty milliseconds. */
export const worthwhileBytes = 10e6;
/** In a second of a burst the heap grows by some tens of megabytes. */
export const lookEveryMs = 1_000;
/** Once it is quiet, what a burst left is collected too. */
export const quietLooks = 10;

export interface MemoryReliefParts {
  readonly timers: Timers;
  /** Memory of this process that is in use, bytes. */
  readonly resident: () => number;
  /** Collects garbage and gives memory back; returns when done. */
  readonly collect: () => void;
}

/**
 * Collects garbage while much memory is in use, until disposed. The engine by itself lets its heap grow with the memory of the
 * machine, which belongs to Mattermost here.
 */
export function relieveMemory({ timers, resident, collect }: MemoryReliefParts): Disposable {
  let afterwards = 0;
  let quietFor = 0;
  let next: Disposable;
  const relieve = () => {
    collect();
    afterwards = resident();
  };
  const look = () => {
    const now = resident();
    if (now > restingBytes && now > afterwards + worthwhileBytes) {
      relieve();
      quietFor = 0;
    } else if (now > restingBytes) {
      quietFor += 1;
      if (quietFor === quietLooks) relieve();
    }
    next = timers.after(lookEveryMs, look);
  };
  next = timers.after(lookEveryMs, look);
  return { [Symbol.dispose]: () => next[Symbol.dispose]() };
}

/** Bun's way to collect at once; where something else runs the plugin, its engine decides alone. */
export function collectGarbage(): void {
  const bun: unknown = Reflect.get(globalThis, "Bun");
  if (typeof bun === "object" && bun !== null && "gc" in bun && typeof bun.gc === "function") bun.gc(true);
}
