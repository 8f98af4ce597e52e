import { parseCronItems, type Runner, run } from "graphile-worker";
import type { Log } from "../../application/log.ts";
import type { Timers } from "../../application/timers.ts";
import { type Database, workerSchema } from "./database.ts";
import { queuePool } from "./queue-pool.ts";
import { workerLogger } from "./worker-logger.ts";

/** What recurs does so by the minute, and its jobs are announced by NOTIFY; polling only finds what failed and is tried again. */
const pollMs = 30_000;
/** A queue that ended because the database went away is started anew; it is not worth a busy loop. */
const restartMs = 1_000;

/** Work that recurs, run by one node of the cluster each time. */
export interface RecurringTask {
  readonly name: string;
  /** Minute, hour, day of month, month, day of week (crontab(5)), in UTC. */
  readonly schedule: string;
  run(): Promise<void>;
}

export interface RecurringWorkOptions {
  readonly database: Database;
  readonly recurring: readonly RecurringTask[];
  readonly timers: Timers;
  readonly log: Log;
}

/** Does what recurs when its time has come, until disposed; what is under way is finished first. Needs a migrated database. */
export class RecurringWork implements AsyncDisposable {
  readonly #options: RecurringWorkOptions;
  #runner: Runner | undefined;
  #restart: Disposable | undefined;
  /** While a queue is being started anew. */
  #starting: Promise<void> | undefined;
  #isStopped = false;

  private constructor(options: RecurringWorkOptions) {
    this.#options = options;
  }

  static async start(options: RecurringWorkOptions): Promise<RecurringWork> {
    const work = new RecurringWork(options);
    await work.#run();
    return work;
  }

  async #run(): Promise<void> {
    const { database, recurring, log } = this.#options;
    const runner = await run({
      pgPool: queuePool(database.pool),
      schema: workerSchema,
      concurrency: recurring.length,
      pollInterval: pollMs,
      noHandleSignals: true,
      logger: workerLogger(log),
      taskList: Object.fromEntries(recurring.map((task) => [task.name, () => task.run()])),
      parsedCronItems: parseCronItems(
        recurring.map(({ name, schedule }) => ({ task: name, match: schedule, identifier: name })),
      ),
    });
    this.#runner = runner;
    runner.promise.catch(() => undefined).then(() => this.#ended(runner));
  }

  #ended(runner: Runner): void {
    if (this.#isStopped || this.#runner !== runner) return;
    this.#options.log.warn(
      "The queue of recurring work ended, probably with the database; it is started again",
    );
    this.#runLater();
  }

  #runLater(): void {
    if (this.#isStopped) return;
    this.#restart = this.#options.timers.after(restartMs, () => {
      this.#starting = this.#run().catch(() => this.#runLater());
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#restart?.[Symbol.dispose]();
    // One that is on its way would run on with nobody to stop it.
    await this.#starting;
    await this.#runner?.stop().catch(() => undefined);
  }
}
