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
  readonly #alarms = new Set<Alarm>();
  #offsetMs: number;
  #order = 0;
  #untilQuiet: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve));
  #sleep: ReturnType<typeof setTimeout> | undefined;

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
      const next = this.#next();
      if (next === undefined || next.dueMs > target) break;
      this.#offsetMs += Math.max(0, next.dueMs - this.now());
      this.#alarms.delete(next);
      next.run();
    }
    this.#offsetMs += Math.max(0, target - this.now());
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

  #next(): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (first === undefined || alarm.dueMs < first.dueMs) first = alarm;
    }
    return first;
  }

  #sleepUntilNext(): void {
    if (!this.#running) return;
    clearTimeout(this.#sleep);
    const next = this.#next();
    if (next === undefined) return;
    this.#sleep = setTimeout(() => this.#ring(), Math.min(maxSleepMs, Math.max(0, next.dueMs - this.now())));
  }

  #ring(): void {
    const now = this.now();
    const due = [...this.#alarms].filter((alarm) => alarm.dueMs <= now);
    due.sort((left, right) => left.dueMs - right.dueMs || left.order - right.order);
    for (const alarm of due) {
      if (this.#alarms.delete(alarm)) alarm.run();
    }
    this.#sleepUntilNext();
  }
}
