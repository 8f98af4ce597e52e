import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";

/** How a plugin API method misbehaves. Probabilities lie between 0 and 1. */
export interface Fault {
  /** Answers an error and does nothing. */
  readonly failBefore?: number;
  /** Does its work and answers an error all the same, as when the answer was lost. */
  readonly failAfter?: number;
  /** Does its work and never answers. */
  readonly hang?: number;
  /** Time added before the work. */
  readonly delayMs?: number;
}

/** Deliberate failures of plugin API calls, for tests of what a plugin does then. Chance is injected. */
export class Faults {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #faults = new Map<string, Fault>();
  readonly #injected = new Map<string, number>();
  readonly #calls = new Map<string, number>();

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Sets the fault of an API method by its Mattermost name, for example `CreatePost`. */
  set(method: string, fault: Fault): void {
    this.#faults.set(method, fault);
  }

  clear(): void {
    this.#faults.clear();
  }

  /** How often each method failed on purpose so far. */
  get injected(): ReadonlyMap<string, number> {
    return this.#injected;
  }

  /** How often plugins called each method so far, failed on purpose or not. */
  get calls(): ReadonlyMap<string, number> {
    return this.#calls;
  }

  async around<T>(method: string, work: () => Promise<T> | T): Promise<T> {
    this.#calls.set(method, (this.#calls.get(method) ?? 0) + 1);
    const fault = this.#faults.get(method);
    if (!fault) return work();
    const { delayMs = 0, failBefore = 0, failAfter = 0, hang = 0 } = fault;
    if (delayMs > 0) await new Promise<void>((resolve) => this.#clock.after(delayMs, resolve));
    if (this.#random() < failBefore) throw this.#fail(method, "Nothing was done.");
    const result = await work();
    if (this.#random() < failAfter) throw this.#fail(method, "The work was done before.");
    if (this.#random() < hang) {
      this.#count(method);
      return new Promise<T>(() => undefined);
    }
    return result;
  }

  #fail(method: string, detail: string): AppError {
    this.#count(method);
    return new AppError("app.fault.injected.app_error", { where: method, detail });
  }

  #count(method: string): void {
    this.#injected.set(method, (this.#injected.get(method) ?? 0) + 1);
  }
}
