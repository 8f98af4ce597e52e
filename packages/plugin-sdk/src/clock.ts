/** A pending call that can be taken back. Disposing it twice, or after it ran, does nothing. */
export interface Timer extends Disposable {
  cancel(): void;
}

/** Where time comes from. Injected so that tests decide when a limit is reached. */
export interface Clock {
  /** Monotonic milliseconds; only differences have a meaning. */
  now(): number;
  /** Calls `run` once after `delayMs` milliseconds unless the timer is cancelled first. */
  after(delayMs: number, run: () => void): Timer;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    const cancel = () => clearTimeout(timer);
    return { cancel, [Symbol.dispose]: cancel };
  },
};
