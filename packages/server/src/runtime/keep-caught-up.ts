import type { Exclusively } from "../adapters/postgres/exclusive-work.ts";
import { type CatchUpPorts, catchUp } from "../application/catch-up/catch-up.ts";
import type { Timers } from "../application/timers.ts";

/** A gap is read within a minute wherever it was noted; a look that finds nobody costs one statement. */
export const catchUpSchedule = "* * * * *";

/**
 * What is noted within this time after a round is read by the next one. When thousands are subscribed, each notes a gap, and
 * looking for who is due takes the database longer than the one reading that it finds.
 */
export const gatherMs = 1_000;

export interface CatchUpKeeper extends AsyncDisposable {
  /** Begins a round; a moment after the one that is under way here, if one is, because that may have looked already. */
  start(): void;
}

/** Another node is at it. What was noted as it ended would otherwise wait for the schedule. */
export const busyElsewhereMs = 5_000;

export interface CatchUpKeeperParts {
  readonly ports: Omit<CatchUpPorts, "stopping">;
  readonly exclusively: Exclusively;
  readonly timers: Timers;
}

/** Reads what was missed, on one node of the cluster at a time, whenever started and until disposed. */
export function keepCaughtUp({ ports, exclusively, timers }: CatchUpKeeperParts): CatchUpKeeper {
  const { log } = ports;
  const stopping = new AbortController();
  let isAsked = false;
  let rounds: Promise<void> | undefined;
  let later: Disposable | undefined;
  let stopGathering: () => void = () => undefined;

  const run = async () => {
    try {
      const result = await exclusively("catch-up", () => catchUp({ ...ports, stopping: stopping.signal }));
      if (result === undefined) {
        if (!stopping.signal.aborted) later ??= timers.after(busyElsewhereMs, start);
        return;
      }
      const { kind, ...counts } = result;
      if (kind === "stopped") log.warn("Reading what was missed stopped; it goes on within a minute", counts);
      else if (result.missed > 0) log.info("Messages whose notification never came were read", counts);
    } catch (error) {
      const cause = error instanceof Error ? error.name : "unknown";
      log.warn("What was missed could not be read; it is tried again within a minute", { cause });
    }
  };

  const runWhileAsked = async () => {
    while (isAsked && !stopping.signal.aborted) {
      isAsked = false;
      await run();
      await gather();
    }
    rounds = undefined;
  };

  const gather = async () => {
    if (stopping.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    using _timer = timers.after(gatherMs, resolve);
    stopGathering = resolve;
    await promise;
  };

  const start = () => {
    if (stopping.signal.aborted) return;
    later?.[Symbol.dispose]();
    later = undefined;
    isAsked = true;
    rounds ??= runWhileAsked();
  };

  return {
    start,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      stopGathering();
      later?.[Symbol.dispose]();
      await rounds;
    },
  };
}
