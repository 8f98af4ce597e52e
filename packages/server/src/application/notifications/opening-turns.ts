/**
 * Opening a message takes a fraction of a millisecond of the processor and copies of the message; more at once would be no
 * faster, and would take the memory and the time of what is opened already.
 */
export const openedAtOnce = 16;

/** Whoever opens a message waits for a turn, in the order in which they came. */
export class OpeningTurns {
  readonly #waiting: (() => void)[] = [];
  #free = openedAtOnce;

  /** Resolves when it is one's turn, which ends when the answer is disposed. */
  async take(): Promise<Disposable> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return { [Symbol.dispose]: () => this.#end() };
  }

  /** The turn goes on to the next, who need not see that one was free. */
  #end(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
