import type { Clock, Timer } from "../clock.ts";

/** A clock that only moves when a test says so. */
export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<{ dueMs: number; run: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Timer {
    const entry = { dueMs: this.#nowMs + delayMs, run };
    this.#timers.add(entry);
    const cancel = () => {
      this.#timers.delete(entry);
    };
    return { cancel, [Symbol.dispose]: cancel };
  }

  /** Timers that still wait; zero proves that nothing leaked. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves time on and runs what falls due, in order. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined || next.dueMs > untilMs) break;
      this.#nowMs = next.dueMs;
      this.#timers.delete(next);
      next.run();
    }
    this.#nowMs = untilMs;
  }
}
