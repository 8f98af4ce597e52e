import type { Clock } from "../clock.ts";
import type { SubscriptionProblem, SubscriptionProblems } from "./subscription-store.ts";

/** A problem that another node saw meanwhile is cleared by the next success after this time. */
const lookEveryMs = 60_000;

/** Spares the statement that clears a problem where there is none: one look a minute serves thousands of changes. */
export class RememberedProblems implements SubscriptionProblems {
  readonly #problems: SubscriptionProblems;
  readonly #clock: Clock;
  #owners = new Set<string>();
  #looking: Promise<void> | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(problems: SubscriptionProblems, clock: Clock) {
    this.#problems = problems;
    this.#clock = clock;
  }

  async record(owner: string, code: SubscriptionProblem["code"], nowMs: number): Promise<void> {
    await this.#problems.record(owner, code, nowMs);
    this.#owners.add(owner);
  }

  async clear(owner: string): Promise<void> {
    // A clock set back must not keep it from looking.
    if (Math.abs(this.#clock.now() - this.#lookedAtMs) >= lookEveryMs) await this.#look();
    if (!this.#owners.has(owner)) return;
    await this.#problems.clear(owner);
    this.#owners.delete(owner);
  }

  list(): Promise<readonly SubscriptionProblem[]> {
    return this.#problems.list();
  }

  #look(): Promise<void> {
    this.#looking ??= this.#read().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #read(): Promise<void> {
    const before = new Set(this.#owners);
    const found = (await this.#problems.list()).map(({ owner }) => owner);
    // What was recorded here during the look may not be in it.
    const since = [...this.#owners].filter((owner) => !before.has(owner));
    this.#owners = new Set([...found, ...since]);
    this.#lookedAtMs = this.#clock.now();
  }
}
