import type { Clock, Timer } from "../clock.ts";

/** Both Go sides ask this often (yamux `KeepAliveInterval`). */
export const keepAliveIntervalMs = 30_000;
/** A peer that does not answer within this time is taken for dead (yamux `ConnectionWriteTimeout`). */
export const keepAliveLimitMs = 10_000;

/** Pings while the session lives and reports the first ping that stays unanswered. */
export class KeepAlive implements Disposable {
  readonly #clock: Clock;
  readonly #ping: () => Promise<number>;
  readonly #onDead: () => void;
  #timer: Timer;

  constructor(clock: Clock, ping: () => Promise<number>, onDead: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#onDead = onDead;
    this.#timer = clock.after(keepAliveIntervalMs, () => this.#ask());
  }

  [Symbol.dispose](): void {
    this.#timer.cancel();
  }

  #ask(): void {
    const limit = this.#clock.after(keepAliveLimitMs, () => this.#onDead());
    this.#timer = limit;
    this.#ping().then(
      () => {
        // Disposed or reported dead meanwhile: the limit is no longer the current timer's to replace.
        if (this.#timer !== limit) return;
        limit.cancel();
        this.#timer = this.#clock.after(keepAliveIntervalMs, () => this.#ask());
      },
      () => limit.cancel(),
    );
  }
}
