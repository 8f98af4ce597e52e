import { Cron } from "croner";
import type { Exclusively } from "../adapters/postgres/exclusive-work.ts";
import type { Log } from "../application/log.ts";
import type { Timers } from "../application/timers.ts";

/**
 * Whoever did the work keeps others from it for so long: nodes' clocks may differ by seconds, and what is done in a moment would
 * be done again by each of them.
 */
export const keptForMs = 30_000;

/** Work that recurs, done by one node of the cluster each time. */
export interface RecurringTask {
  readonly name: string;
  /** Minute, hour, day of month, month, day of week (crontab(5)), in UTC. */
  readonly schedule: string;
  run(): Promise<void>;
}

export interface RecurringWorkParts {
  readonly exclusively: Exclusively;
  readonly timers: Timers;
  readonly log: Log;
}

/**
 * Does what recurs when its time has come, until disposed; what is under way is finished first. What was missed while nothing
 * ran is not made up for, and what failed waits for its next time.
 */
export function recurringWork(
  { exclusively, timers, log }: RecurringWorkParts,
  tasks: readonly RecurringTask[],
): AsyncDisposable {
  const stopping = Promise.withResolvers<void>();
  const underWay = new Set<Promise<void>>();
  const doOnce = async ({ name, run }: RecurringTask) => {
    try {
      await exclusively(`recurring/${name}`, async () => {
        await run();
        const kept = Promise.withResolvers<void>();
        using _time = timers.after(keptForMs, kept.resolve);
        await Promise.race([kept.promise, stopping.promise]);
      });
    } catch (error) {
      const cause = error instanceof Error ? error.name : "unknown";
      log.warn("Work that recurs failed; it is done again when its time comes", { work: name, cause });
    }
  };
  const schedules = tasks.map((task) => {
    const begin = () => {
      const work = doOnce(task).finally(() => underWay.delete(work));
      underWay.add(work);
    };
    return new Cron(task.schedule, { timezone: "UTC", unref: true }, begin);
  });
  return {
    async [Symbol.asyncDispose]() {
      for (const schedule of schedules) schedule.stop();
      stopping.resolve();
      await Promise.all(underWay);
    },
  };
}
