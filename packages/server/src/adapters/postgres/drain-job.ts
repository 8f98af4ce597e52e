import { type Database, schema, workerSchema } from "./database.ts";

/** The queue's only task for messages: work off what waits in one lane. Its job's key is the lane, so one job waits at most. */
export const drainTask = "drain-lane";

/** Failures of messages are counted on their rows; a job fails only with the database, and {@link wakeForgotten} makes another. */
export const drainAttempts = 3;

/** Makes sure a lane is looked at again at `atMs`; an earlier look stays earlier. */
export async function wakeLane(database: Database, lane: string, atMs: number): Promise<void> {
  await database.query(
    `SELECT ${workerSchema}.add_job($1, json_build_object('lane', $2::text), run_at => to_timestamp($3::double precision / 1000),
       max_attempts => ${drainAttempts}, job_key => $2::text, job_key_mode => 'preserve_run_at')`,
    [drainTask, lane, atMs],
  );
}

/** A look takes milliseconds; what is this late has lost its job, or its node. */
export const forgottenAfterMs = 5_000;
/** More would make one statement long; the rest is found the next time. */
const maxForgottenLanes = 500;

/**
 * Wakes lanes whose work is overdue, because a node died with its jobs or a job used up its attempts. Lanes being worked
 * on right now are woken too, which costs a look and no more. Resolves to their number.
 */
export async function wakeForgotten(database: Database, nowMs: number): Promise<number> {
  const [row] = await database.query<{ woken: number }>(
    `WITH lanes AS (
       SELECT lane FROM ${schema}.inbox WHERE state = 'pending' AND due_at_ms < $1 GROUP BY lane ORDER BY lane LIMIT ${maxForgottenLanes}
     ), jobs AS (
       SELECT array_agg(($2, json_build_object('lane', lane), NULL, NULL, ${drainAttempts}, lane, NULL, NULL)::${workerSchema}.job_spec) AS specs
       FROM lanes
     )
     SELECT count(added.id) AS woken FROM jobs, ${workerSchema}.add_jobs(jobs.specs, true) AS added WHERE jobs.specs IS NOT NULL`,
    [nowMs - forgottenAfterMs, drainTask],
  );
  return row?.woken ?? 0;
}
