import { type Database, databaseNowMs, schema, workerSchema } from "./database.ts";

/** The queue's only task for messages: work off what waits in one lane. Its job's key is the lane, so one job waits at most. */
export const drainTask = "drain-lane";

/** Failures of messages are counted on their rows; a job fails only with the database, and {@link wakeForgotten} makes another. */
export const drainAttempts = 3;

/**
 * Which lanes go first, lower ones before higher. `busy`: much waits in it, so it has had its share. `late`: read again
 * hours after it was sent, and in no hurry.
 */
export const lanePriority = { quiet: 0, busy: 1, late: 2 } as const;

export interface Look {
  /** From now on. */
  readonly inMs: number;
  readonly priority?: number;
  /** The lane's unless given. */
  readonly key?: string;
}

/**
 * Makes sure a lane is looked at again in `inMs`. A look that is planned for the same `key` stays where it is, also when
 * that is later: what comes into a lane waits with those in front of it, unless their look has a key of its own.
 */
export async function wakeLane(
  database: Database,
  lane: string,
  { inMs, priority = lanePriority.quiet, key = lane }: Look,
): Promise<void> {
  await database.query(
    `SELECT ${workerSchema}.add_job($1, json_build_object('lane', $2::text), run_at => now() + $3::double precision * interval '1 ms',
       max_attempts => ${drainAttempts}, job_key => $5::text, job_key_mode => 'preserve_run_at', priority => $4::integer)`,
    [drainTask, lane, Math.max(0, inMs), priority, key],
  );
}

/** A look takes milliseconds; what is this late has lost its job, or its node. */
export const forgottenAfterMs = 5_000;
/** More would make one statement long; the rest is found the next time. */
const maxForgottenLanes = 500;
/** However much goes first, a lane that has waited this long is looked at. */
export const agedAfterMs = 60_000;
/** One turn of each of a node's workers, so that those in front wait for one turn more. */
const maxAgedLanes = 24;

/**
 * Wakes lanes whose work is overdue and that no job waits for, because a node died with its jobs or a job used up its
 * attempts, and brings those forward that have waited longest behind others. Lanes being worked on right now are woken
 * too, which costs a look and no more. Resolves to their number.
 */
export async function wakeForgotten(database: Database): Promise<number> {
  const [row] = await database.query<{ woken: number }>(
    `WITH overdue AS (
       SELECT lane, min(due_at_ms) AS since_ms FROM ${schema}.inbox WHERE state = 'pending' AND due_at_ms < ${databaseNowMs} - ${forgottenAfterMs} GROUP BY lane
     ), forgotten AS (
       SELECT lane FROM overdue WHERE NOT EXISTS (
         SELECT 1 FROM ${workerSchema}.jobs AS job
         WHERE job.key = overdue.lane AND job.locked_at IS NULL AND job.attempts < job.max_attempts
       ) ORDER BY lane LIMIT ${maxForgottenLanes}
     ), aged AS (
       SELECT lane FROM overdue WHERE since_ms < ${databaseNowMs} - ${agedAfterMs} ORDER BY since_ms LIMIT ${maxAgedLanes}
     ), jobs AS (
       SELECT array_agg(($1, json_build_object('lane', lane), NULL, NULL, ${drainAttempts}, lane, NULL, NULL)::${workerSchema}.job_spec) AS specs
       FROM (SELECT lane FROM forgotten UNION SELECT lane FROM aged) AS lanes
     )
     SELECT count(added.id) AS woken FROM jobs, ${workerSchema}.add_jobs(jobs.specs, true) AS added WHERE jobs.specs IS NOT NULL`,
    [drainTask],
  );
  return row?.woken ?? 0;
}
