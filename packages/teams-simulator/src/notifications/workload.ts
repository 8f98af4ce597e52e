// In real time: an answer on loopback comes well within it, also on a busy machine. With less an answer that is under way
// when time jumps counts as hours late, and its endpoint as one to avoid.
const usualPatienceMs = 2_000;

/** Counts what is being sent now and what waits for its time, and tells when there is none. */
export class Workload {
  readonly #patienceMs: number;
  #active = 0;
  #waiting = 0;
  #watchers: { readonly untilDrained: boolean; readonly resolve: () => void }[] = [];

  /** `patienceMs` of real time is what {@link quiet} waits at most. */
  constructor(patienceMs = usualPatienceMs) {
    this.#patienceMs = patienceMs;
  }

  get active(): number {
    return this.#active;
  }

  get waiting(): number {
    return this.#waiting;
  }

  begin(): void {
    this.#active += 1;
  }

  end(): void {
    this.#active -= 1;
    this.#tell();
  }

  beginWaiting(): void {
    this.#waiting += 1;
  }

  endWaiting(): void {
    this.#waiting -= 1;
    this.#tell();
  }

  /** Resolves once nothing is being sent or about to be; retries and delays may still wait for the clock. */
  settled(): Promise<void> {
    return this.#watch(false);
  }

  /** Resolves once nothing is being sent and nothing waits either. */
  drained(): Promise<void> {
    return this.#watch(true);
  }

  /** Resolves once settled, or after the patience with something still being sent. */
  async quiet(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.#active === 0) return;
    const { promise: patience, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#patienceMs);
    await Promise.race([this.settled(), patience]);
    clearTimeout(timer);
  }

  #watch(untilDrained: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.push({ untilDrained, resolve });
      this.#tell();
    });
  }

  #tell(): void {
    if (this.#active > 0) return;
    const done = this.#watchers.filter(({ untilDrained }) => !untilDrained || this.#waiting === 0);
    this.#watchers = this.#watchers.filter((watcher) => !done.includes(watcher));
    for (const { resolve } of done) resolve();
  }
}
