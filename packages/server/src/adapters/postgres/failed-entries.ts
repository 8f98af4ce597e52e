import type { Clock } from "../../application/clock.ts";
import type { FailedEntries, FailedEntry, Failures } from "../../application/failures/failure-ports.ts";
import { type Database, databaseNowMs, schema, workerSchema } from "./database.ts";
import { drainAttempts, drainTask, lanePriority } from "./drain-job.ts";

/** One statement's worth; `all` takes as many statements as it needs. */
const entriesPerStatement = 1_000;

/** Rows and the work of their lanes in one statement, as when they first came. Their attempts begin anew. */
const putBack = `
WITH chosen AS (
  SELECT id FROM ${schema}.inbox WHERE state = 'dead' AND ($2::bigint IS NULL OR id = $2) AND ended_at_ms <= $1
  ORDER BY id LIMIT ${entriesPerStatement} FOR UPDATE SKIP LOCKED
), back AS (
  UPDATE ${schema}.inbox AS entry SET state = 'pending', attempts = 0, due_at_ms = ${databaseNowMs}, ended_at_ms = NULL, failure = NULL
  FROM chosen WHERE entry.id = chosen.id RETURNING entry.lane
), jobs AS (
  SELECT array_agg(
    ($3, json_build_object('lane', lane), NULL, NULL, ${drainAttempts}, lane, ${lanePriority.late}, NULL)::${workerSchema}.job_spec
    ORDER BY lane
  ) AS specs
  FROM (SELECT DISTINCT lane FROM back) AS lanes
), woken AS (
  SELECT added.id FROM jobs, ${workerSchema}.add_jobs(jobs.specs, true) AS added WHERE jobs.specs IS NOT NULL
)
SELECT (SELECT count(*) FROM back) AS back, (SELECT count(*) FROM woken) AS woken`;

/** Entries of the inbox that were given up. */
export class PostgresFailedEntries implements FailedEntries {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async failures(limit: number): Promise<Failures> {
    const rows = await this.#database.query<FailedEntry & { readonly total: number }>(
      `SELECT id, coalesce(failure, '') AS reason, ended_at_ms AS "failedAtMs", count(*) OVER () AS total
       FROM ${schema}.inbox WHERE state = 'dead' ORDER BY ended_at_ms DESC, id DESC LIMIT $1`,
      [limit],
    );
    return {
      total: rows[0]?.total ?? 0,
      newest: rows.map(({ id, reason, failedAtMs }) => ({ id, reason, failedAtMs })),
    };
  }

  /** What fails again meanwhile is not put back twice: only what had failed when this was asked for counts. */
  async replay(which: number | "all"): Promise<number> {
    const nowMs = this.#clock.now();
    let replayed = 0;
    for (;;) {
      const values = [nowMs, which === "all" ? null : which, drainTask];
      const [row] = await this.#database.query<{ back: number }>(putBack, values);
      const back = row?.back ?? 0;
      replayed += back;
      if (back < entriesPerStatement) return replayed;
    }
  }
}
