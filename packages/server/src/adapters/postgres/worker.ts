import { parseCronItems, type Runner, run, type TaskList } from "graphile-worker";
import type { Clock } from "../../application/clock.ts";
import type { InboxTasks } from "../../application/inbox/inbox.ts";
import type { Log } from "../../application/log.ts";
import { type Database, workerSchema } from "./database.ts";
import { drainTask, wakeForgotten } from "./drain-job.ts";
import { drainLane } from "./lane-drain.ts";
import { LaneLocks } from "./lane-locks.ts";
import { queuePool } from "./queue-pool.ts";
import { workerLogger } from "./worker-logger.ts";

/** Lanes worked on at once by one node. Work mostly waits for Microsoft and Mattermost, far above the number of cores. */
const lanesAtOnce = 24;
/** New work is announced by NOTIFY; polling finds what became due later, so it bounds how late a retry is. */
const pollMs = 500;
/** A dead node's work is found within this and {@link forgottenAfterMs}, half of the 30 s that a takeover may take. */
const sweepMs = 5_000;
/** A queue that ended because the database went away is started anew; it is not worth a busy loop. */
const restartMs = 1_000;

/** Work that recurs, run by one node of the cluster each time. */
export interface RecurringTask {
  readonly name: string;
  /** Minute, hour, day of month, month, day of week (crontab(5)), in UTC. */
  readonly schedule: string;
  run(): Promise<void>;
}

export interface WorkerOptions {
  readonly database: Database;
  readonly tasks: InboxTasks;
  readonly recurring: readonly RecurringTask[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Works off the inbox until disposed; messages in hand are finished first. Needs a migrated database. */
export class InboxWorker implements AsyncDisposable {
  readonly #options: WorkerOptions;
  readonly #locks: LaneLocks;
  readonly #stopping = new AbortController();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #runner: Runner | undefined;

  private constructor(options: WorkerOptions) {
    this.#options = options;
    this.#locks = new LaneLocks(options.database, options.log);
  }

  static async start(options: WorkerOptions): Promise<InboxWorker> {
    const worker = new InboxWorker(options);
    await worker.#run();
    worker.#sweepLater();
    return worker;
  }

  /** Wakes work that a dead node left behind. Runs by itself every few seconds. */
  sweep(): Promise<number> {
    return wakeForgotten(this.#options.database);
  }

  async #run(): Promise<void> {
    const { database, recurring, log } = this.#options;
    const runner = await run({
      pgPool: queuePool(database.pool),
      schema: workerSchema,
      concurrency: lanesAtOnce,
      pollInterval: pollMs,
      noHandleSignals: true,
      logger: workerLogger(log),
      taskList: this.#taskList(),
      parsedCronItems: parseCronItems(
        recurring.map(({ name, schedule }) => ({ task: name, match: schedule, identifier: name })),
      ),
      preset: { worker: { localQueue: { size: lanesAtOnce } } },
    });
    this.#runner = runner;
    runner.promise.catch(() => undefined).then(() => this.#ended(runner));
  }

  #taskList(): TaskList {
    const { database, tasks, clock, recurring } = this.#options;
    const parts = { database, locks: this.#locks, tasks, clock, stopping: this.#stopping.signal };
    const drain = async (payload: unknown) => {
      if (isLanePayload(payload)) await drainLane(parts, payload.lane);
    };
    return {
      [drainTask]: drain,
      ...Object.fromEntries(recurring.map((task) => [task.name, () => task.run()])),
    };
  }

  #ended(runner: Runner): void {
    if (this.#stopping.signal.aborted || this.#runner !== runner) return;
    this.#options.log.warn("The work queue ended, probably with the database; it is started again");
    this.#later(restartMs, () => this.#restart());
  }

  async #restart(): Promise<void> {
    try {
      await this.#run();
    } catch {
      this.#later(restartMs, () => this.#restart());
    }
  }

  #sweepLater(): void {
    this.#later(sweepMs, async () => {
      await this.sweep().catch(() =>
        this.#options.log.warn("Overdue work could not be looked for; tried again shortly"),
      );
      this.#sweepLater();
    });
  }

  #later(ms: number, work: () => Promise<void>): void {
    if (this.#stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void work();
    }, ms);
    this.#timers.add(timer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#runner?.stop().catch(() => undefined);
    await this.#locks[Symbol.asyncDispose]();
  }
}

function isLanePayload(payload: unknown): payload is { readonly lane: string } {
  return (
    typeof payload === "object" && payload !== null && "lane" in payload && typeof payload.lane === "string"
  );
}
