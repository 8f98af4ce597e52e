import type { Clock } from "../clock.ts";
import type { Timers } from "../timers.ts";

export class FixedClock implements Clock {
  nowMs = 1_790_000_000_000;
  now(): number {
    return this.nowMs;
  }
}

export class ManualTimers implements Timers {
  #nowMs = 0;
  readonly #waiting = new Set<{ readonly atMs: number; readonly work: () => void }>();
  get pending(): number {
    return this.#waiting.size;
  }
  after(ms: number, work: () => void): Disposable {
    const entry = { atMs: this.#nowMs + ms, work };
    this.#waiting.add(entry);
    return { [Symbol.dispose]: () => this.#waiting.delete(entry) };
  }
  advance(ms: number): void {
    this.#nowMs += ms;
    for (const entry of [...this.#waiting].sort((one, other) => one.atMs - other.atMs)) {
      if (entry.atMs > this.#nowMs) continue;
      this.#waiting.delete(entry);
      entry.work();
    }
  }
}
