import type { Exclusively } from "../adapters/postgres/exclusive-work.ts";
import type { Log } from "../application/log.ts";
import type { Subscriptions } from "../application/subscriptions/subscriptions.ts";
import type { Timers } from "../application/timers.ts";

/** Four times within the shortest life of a subscription, an hour (facts, section 3). */
export const reconcileSchedule = "*/15 * * * *";

/** After a failure it is tried again soon, then less often, until the schedule is the sooner one. */
const firstPauseMs = 5_000;
const longestPauseMs = 5 * 60_000;

export interface KeeperParts {
  readonly subscriptions: Pick<Subscriptions, "reconcile">;
  readonly exclusively: Exclusively;
  readonly timers: Timers;
  readonly log: Log;
}

export interface SubscriptionKeeper extends AsyncDisposable {
  /** Makes the subscriptions right, on one node of the cluster at a time. Never rejects. */
  reconcile(): Promise<void>;
}

/** Makes the subscriptions right now, and again after a failure, until disposed. */
export function keepSubscriptions({
  subscriptions,
  exclusively,
  timers,
  log,
}: KeeperParts): SubscriptionKeeper {
  let pauseMs = firstPauseMs;
  const stopping = new AbortController();
  let later: Disposable | undefined;
  let last: Promise<void> = Promise.resolve();

  const attempt = async () => {
    if (stopping.signal.aborted) return;
    later?.[Symbol.dispose]();
    const failures = await exclusively("reconcile-subscriptions", async () => {
      const result = await subscriptions.reconcile(stopping.signal);
      if (result.changes > 0) log.info("Subscriptions at Microsoft were put right", { ...result });
      return result.failures;
    }).catch((error: unknown) => {
      log.warn("Subscriptions could not be compared with Microsoft's", {
        cause: error instanceof Error ? error.name : "unknown",
      });
      return 1;
    });
    if (failures === undefined || failures === 0 || stopping.signal.aborted) {
      pauseMs = firstPauseMs;
      return;
    }
    later = timers.after(pauseMs, () => void reconcile());
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
  };
  const reconcile = () => {
    last = last.then(attempt);
    return last;
  };

  void reconcile();
  return {
    reconcile,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      later?.[Symbol.dispose]();
      await last;
    },
  };
}
