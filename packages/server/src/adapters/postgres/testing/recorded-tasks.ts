import type { InboxTasks, InboxWork, RetryDecision } from "../../../application/inbox/inbox.ts";

/** Work that notes what it was given, and lets a test wait for a number of entries instead of for time to pass. */
export class RecordedTasks implements InboxTasks {
  readonly processed: InboxWork[] = [];
  readonly buried: { readonly resource: string; readonly reason: string }[] = [];
  readonly retries: RetryDecision[] = [];
  readonly #work: (work: InboxWork) => Promise<void> | void;
  readonly #decide: (error: unknown, work: InboxWork) => RetryDecision;
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  #ended = 0;

  constructor(
    work: (work: InboxWork) => Promise<void> | void = () => undefined,
    decide: (error: unknown, work: InboxWork) => RetryDecision = () => ({ kind: "dead", reason: "failed" }),
  ) {
    this.#work = work;
    this.#decide = decide;
  }

  async process(work: InboxWork): Promise<void> {
    await this.#work(work);
    this.processed.push(work);
    this.#end();
  }

  decideRetry(error: unknown, work: InboxWork): RetryDecision {
    const decision = this.#decide(error, work);
    this.retries.push(decision);
    return decision;
  }

  async bury(work: InboxWork, reason: string): Promise<void> {
    this.buried.push({ resource: work.resource, reason });
    this.#end();
  }

  /** Resolves when that many entries were processed or buried in all. */
  ended(count: number): Promise<void> {
    if (this.#ended >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  #end(): void {
    this.#ended += 1;
    for (const waiting of this.#waiting) if (waiting.count <= this.#ended) waiting.resolve();
  }
}
