interface Keyed {
  readonly dedupeKey: string;
}

interface Waiting<Entry> {
  readonly entries: readonly Entry[];
  readonly stored: PromiseWithResolvers<number>;
}

/** A statement of a few megabytes; beyond it a longer one is not quicker than two. */
const entriesPerStatement = 500;
/** One is on its way while the next gathers; more would only take connections from the work. */
const statementsAtOnce = 2;

/**
 * Stores what several requests bring in one statement: while one is under way the next gathers what comes meanwhile, so
 * that a burst takes a few statements instead of thousands, and a single request waits for nobody.
 */
export class GatheredStoring<Entry extends Keyed> {
  readonly #store: (entries: readonly Entry[]) => Promise<ReadonlySet<string>>;
  #waiting: Waiting<Entry>[] = [];
  #underWay = 0;

  /** `store` resolves to the keys that were new. */
  constructor(store: (entries: readonly Entry[]) => Promise<ReadonlySet<string>>) {
    this.#store = store;
  }

  /** Resolves to how many of the entries were new. */
  store(entries: readonly Entry[]): Promise<number> {
    if (entries.length === 0) return Promise.resolve(0);
    const waiting = { entries, stored: Promise.withResolvers<number>() };
    this.#waiting.push(waiting);
    this.#pump();
    return waiting.stored.promise;
  }

  #pump(): void {
    while (this.#underWay < statementsAtOnce && this.#waiting.length > 0) {
      this.#underWay += 1;
      void this.#storeTogether(this.#take()).finally(() => {
        this.#underWay -= 1;
        this.#pump();
      });
    }
  }

  #take(): readonly Waiting<Entry>[] {
    let count = 0;
    const end = this.#waiting.findIndex(({ entries }, index) => {
      count += entries.length;
      return index > 0 && count > entriesPerStatement;
    });
    const taken = end < 0 ? this.#waiting : this.#waiting.slice(0, end);
    this.#waiting = end < 0 ? [] : this.#waiting.slice(end);
    return taken;
  }

  async #storeTogether(together: readonly Waiting<Entry>[]): Promise<void> {
    try {
      const fresh = new Set(await this.#store(together.flatMap(({ entries }) => entries)));
      // Of two requests that bring the same entry, one brought it first.
      for (const { entries, stored } of together)
        stored.resolve(entries.filter(({ dedupeKey }) => fresh.delete(dedupeKey)).length);
    } catch (error) {
      const [only, ...others] = together;
      if (others.length === 0) only?.stored.reject(error);
      // An entry that the database does not take must not keep back those of other requests.
      else for (const each of together) await this.#storeTogether([each]);
    }
  }
}
