import { DueQueue } from "./due-queue.ts";

/** Anything scheduled; disposing it before it is due cancels it. */
export interface Timer extends Disposable {
  readonly dueMs: number;
}

/** The tenant's only source of time: `now()` in epoch milliseconds, and timers on the same scale. */
export interface Clock {
  now(): number;
  after(delayMs: number, run: () => void): Timer;
}

// A longer delay would overflow the 32-bit delay of setTimeout and fire at once.
const maxSleepMs = 2_000_000_000;

interface Alarm extends Timer {
  readonly run: () => void;
  readonly order: number;
}

/**
 * A clock that can be moved by hand: `running` follows the machine's time plus every `advance`, otherwise time
 * moves by `advance` alone. Timers that become due during an `advance` run in the order of their due times.
 */
export class TenantClock implements Clock, Disposable {
  readonly #running: boolean;
  readonly #origin: number;
  readonly #alarms = new DueQueue<Alarm>();
  #offsetMs: number;
  #order = 0;
  #untilQuiet: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve));
  #sleep: ReturnType<typeof setTimeout> | undefined;
  #sleepsUntil: Alarm | undefined;

  constructor(options: { readonly startAt?: number; readonly running?: boolean } = {}) {
    this.#running = options.running ?? true;
    this.#origin = performance.now();
    this.#offsetMs = options.startAt ?? Date.now();
  }

  now(): number {
    const elapsedMs = this.#running ? performance.now() - this.#origin : 0;
    return Math.floor(this.#offsetMs + elapsedMs);
  }

  after(delayMs: number, run: () => void): Timer {
    const alarm: Alarm = {
      dueMs: this.now() + Math.max(0, delayMs),
      order: this.#order++,
      run,
      [Symbol.dispose]: () => {
        if (this.#alarms.delete(alarm)) this.#sleepUntilNext();
      },
    };
    this.#alarms.add(alarm);
    this.#sleepUntilNext();
    return alarm;
  }

  /**
   * Moves time forward by `ms`, from one due timer to the next. Before each it waits until what the previous ones set off
   * is quiet: otherwise a time limit would overtake the answer that is on its way.
   */
  async advance(ms: number): Promise<void> {
    const target = this.now() + ms;
    for (;;) {
      await this.#untilQuiet();
      const next = this.#alarms.next();
      if (next === undefined || next.dueMs > target) break;
      this.#offsetMs += Math.max(0, next.dueMs - this.now());
      this.#alarms.delete(next);
      next.run();
    }
    this.#offsetMs += Math.max(0, target - this.now());
    // The sleep that has begun is too long by now.
    this.#sleepsUntil = undefined;
    this.#sleepUntilNext();
  }

  /** Sets what tells that everything a timer set off is done; it must resolve even when something never ends. */
  quietWhen(untilQuiet: () => Promise<void>): void {
    this.#untilQuiet = untilQuiet;
  }

  get pendingTimers(): number {
    return this.#alarms.size;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#sleep);
    this.#alarms.clear();
  }

  #sleepUntilNext(): void {
    if (!this.#running) return;
    const next = this.#alarms.next();
    if (next === this.#sleepsUntil) return;
    clearTimeout(this.#sleep);
    this.#sleepsUntil = next;
    if (next === undefined) return;
    this.#sleep = setTimeout(() => this.#ring(), Math.min(maxSleepMs, Math.max(0, next.dueMs - this.now())));
  }

  #ring(): void {
    this.#sleepsUntil = undefined;
    const [now, nextOrder] = [this.now(), this.#order];
    for (let next = this.#alarms.next(); next !== undefined; next = this.#alarms.next()) {
      // What an alarm sets for now rings with the next.
      if (next.dueMs > now || next.order >= nextOrder) break;
      this.#alarms.delete(next);
      next.run();
    }
    this.#sleepUntilNext();
  }
}
