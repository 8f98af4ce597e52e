/** The machine's time, moved: what a server with a wrong clock goes by. Timers keep the machine's pace. */
export class ShiftingClock {
  offsetMs = 0;

  now(): number {
    return Date.now() + this.offsetMs;
  }

  after(delayMs: number, task: () => void): Disposable {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }
}
