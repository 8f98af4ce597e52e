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

  /** Moves time forward by `ms` and lets every promise that a due timer settles run before the next timer does. */
  async advance(ms: number): Promise<void> {
    const target = this.now() + ms;
    for (let next = this.#next(); next !== undefined && next.dueMs <= target; next = this.#next()) {
      this.#offsetMs += Math.max(0, next.dueMs - this.now());
      this.#alarms.delete(next);
      next.run();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.#offsetMs += Math.max(0, target - this.now());
    this.#sleepUntilNext();
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
