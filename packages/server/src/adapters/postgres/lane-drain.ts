import type { Clock } from "../../application/clock.ts";
import { mayOvertake } from "../../application/copying/copy-entries.ts";
import type { InboxTasks, InboxWork } from "../../application/inbox/inbox.ts";
import type { Database } from "./database.ts";
import { type Look, lanePriority, wakeLane } from "./drain-job.ts";
import type { LaneLease, LaneLocks } from "./lane-locks.ts";
import {
  attemptsThatHoldOrder,
  markDead,
  markDone,
  markForRetry,
  rowsPerLook,
  waitingIn,
} from "./lane-rows.ts";

/**
 * A long lane gives way to others after this time. A message takes some 150 ms, most of it Microsoft's and Mattermost's;
 * with two hundred busy lanes for two dozen workers a turn comes round every few seconds.
 */
export const turnMs = 500;
/** How soon a lane that another node works on is looked at again; that node usually finds what is new by itself. */
const busyElsewhereMs = 200;

export interface DrainParts {
  readonly database: Database;
  readonly locks: LaneLocks;
  readonly tasks: InboxTasks;
  readonly clock: Clock;
  /** Ends a turn early, between two messages. */
  readonly stopping: AbortSignal;
}

/** Works off one lane in order: until it is empty, must wait, or others deserve their turn. */
export async function drainLane(parts: DrainParts, lane: string): Promise<void> {
  const lease = await parts.locks.tryAcquire(lane);
  if (lease === "busy-here") return;
  if (lease === "busy-elsewhere") {
    await wakeLane(parts.database, lane, { inMs: busyElsewhereMs });
    return;
  }
  let again: Look | undefined;
  try {
    again = await takeTurn(parts, lease, lane);
  } finally {
    await lease.release();
  }
  // A wish between the last look and the release would be lost without a look of its own.
  if ((again === undefined || again.key !== undefined) && lease.takeWish())
    await wakeLane(parts.database, lane, { inMs: 0 });
  if (again !== undefined) await wakeLane(parts.database, lane, again);
}

/** Resolves to when the lane wants to be looked at again, `undefined` when new entries will wake it. */
async function takeTurn(parts: DrainParts, lease: LaneLease, lane: string): Promise<Look | undefined> {
  const endMs = parts.clock.now() + turnMs;
  let nextRetryInMs = Number.POSITIVE_INFINITY;
  const holdFor = mayOvertake(lane) ? 0 : attemptsThatHoldOrder;
  for (;;) {
    lease.takeWish();
    const lookedAtMs = parts.clock.now();
    const waiting = await waitingIn(parts.database, lane, { holdFor });
    const done: number[] = [];
    try {
      for (const { work, dueInMs } of waiting) {
        const nowMs = parts.clock.now();
        const inMs = dueInMs - (nowMs - lookedAtMs);
        if (inMs > 0) return { inMs };
        if (lease.isLost || parts.stopping.aborted) return { inMs: 0 };
        if (nowMs >= endMs) return { inMs: 0, priority: lanePriority.busy };
        const retryInMs = await attempt(parts, work);
        if (retryInMs === "done") done.push(work.id);
        else if (retryInMs !== "dead") {
          if (work.attempts + 1 < holdFor) return { inMs: retryInMs };
          // One that lost its place lets the next ones pass; the search for overdue work finds it when its time has come.
          // Where there are no places, nothing else would bring the lane back in time.
          if (holdFor === 0) nextRetryInMs = Math.min(retryInMs, nextRetryInMs);
        }
      }
    } finally {
      await markDone(parts.database, done, parts.clock.now());
    }
    if (waiting.length < rowsPerLook && !lease.takeWish())
      return nextRetryInMs === Number.POSITIVE_INFINITY
        ? undefined
        : { inMs: nextRetryInMs, key: `${lane}/again` };
  }
}

/** A number is in how many milliseconds the entry is to be tried again. */
async function attempt(parts: DrainParts, work: InboxWork): Promise<"done" | "dead" | number> {
  try {
    await parts.tasks.process(work);
    return "done";
  } catch (error) {
    const decision = parts.tasks.decideRetry(error, work);
    if (decision.kind === "retry") {
      const inMs = Math.max(0, decision.atMs - parts.clock.now());
      await markForRetry(parts.database, work.id, inMs, decision.code);
      return inMs;
    }
    await parts.tasks.bury(work, decision.reason);
    await markDead(parts.database, work.id, decision.reason, parts.clock.now());
    return "dead";
  }
}
