import { PostgresError } from "./postgres-error.ts";

interface Waiting<Item, Result> {
  readonly items: readonly Item[];
  readonly answer: PromiseWithResolvers<readonly Result[]>;
}

/** A statement of a few megabytes; beyond it a longer one is not quicker than two. */
const itemsPerStatement = 500;
/** One is on its way while the next gathers; more would only take connections from others. */
const statementsAtOnce = 2;

/**
 * Does in one statement what several want at the same time: while one is under way the next gathers what comes meanwhile, so
 * that a burst takes a few statements instead of thousands, and whoever comes alone waits for nobody.
 */
export class Gatherer<Item, Result> {
  readonly #run: (items: readonly Item[]) => Promise<readonly Result[]>;
  #waiting: Waiting<Item, Result>[] = [];
  #underWay = 0;

  /** `run` resolves to what became of each item, in their order. */
  constructor(run: (items: readonly Item[]) => Promise<readonly Result[]>) {
    this.#run = run;
  }

  /** Resolves to what became of each item, in their order. */
  add(items: readonly Item[]): Promise<readonly Result[]> {
    if (items.length === 0) return Promise.resolve([]);
    const waiting = { items, answer: Promise.withResolvers<readonly Result[]>() };
    this.#waiting.push(waiting);
    this.#pump();
    return waiting.answer.promise;
  }

  #pump(): void {
    while (this.#underWay < statementsAtOnce && this.#waiting.length > 0) {
      this.#underWay += 1;
      void this.#runTogether(this.#take()).finally(() => {
        this.#underWay -= 1;
        this.#pump();
      });
    }
  }

  #take(): readonly Waiting<Item, Result>[] {
    let count = 0;
    const end = this.#waiting.findIndex(({ items }, index) => {
      count += items.length;
      return index > 0 && count > itemsPerStatement;
    });
    const taken = end < 0 ? this.#waiting : this.#waiting.slice(0, end);
    this.#waiting = end < 0 ? [] : this.#waiting.slice(end);
    return taken;
  }

  async #runTogether(together: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#run(together.flatMap(({ items }) => items));
      let start = 0;
      for (const { items, answer } of together) {
        answer.resolve(results.slice(start, start + items.length));
        start += items.length;
      }
    } catch (error) {
      // Asked for each alone, a database that is away would be waited for as often.
      if (together.length === 1 || isAway(error)) for (const { answer } of together) answer.reject(error);
      // What the database does not take must not keep back what others want.
      else for (const each of together) await this.#runTogether([each]);
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof PostgresError && error.code === "unreachable";
}
