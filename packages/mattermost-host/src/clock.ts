/** The time a server lives by: milliseconds since 1970 and timers that let go when disposed. */
export interface Clock {
  now(): number;
  /** Runs `task` once after `delayMs` unless the returned handle is disposed first. */
  after(delayMs: number, task: () => void): Disposable;
}

/** The machine's own time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref?.();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};
