import type { Clock, Inbox, InboxEntry } from "../../application/ports.ts";
import { type Database, schema, workerSchema } from "./database.ts";
import { drainAttempts, drainTask } from "./drain-job.ts";

/**
 * Entries and their work in one statement: either both are there or neither. New rows wake their lane, repeated ones wake
 * nothing. Sorting by key gives concurrent statements one order of locks, so that they cannot deadlock; keys of a lane
 * begin alike and end with the message's time, so it is also the order of sending.
 */
const accept = `
WITH incoming AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS entry (
    dedupe_key text, lane text, subscription_id text, user_id text, change_type text, resource text, tenant_id text,
    content jsonb, received_at_ms bigint
  )
), stored AS (
  INSERT INTO ${schema}.inbox (dedupe_key, lane, subscription_id, user_id, change_type, resource, tenant_id, content,
    received_at_ms, stored_at_ms, due_at_ms)
  SELECT dedupe_key, lane, subscription_id, user_id, change_type, resource, tenant_id, content, received_at_ms, $2, $2
  FROM incoming ORDER BY dedupe_key
  ON CONFLICT (dedupe_key) DO NOTHING
  RETURNING lane
), jobs AS (
  SELECT array_agg(
    ('${drainTask}', json_build_object('lane', lane), NULL, NULL, ${drainAttempts}, lane, NULL, NULL)::${workerSchema}.job_spec
    ORDER BY lane
  ) AS specs
  FROM (SELECT DISTINCT lane FROM stored) AS lanes
), woken AS (
  SELECT added.id FROM jobs, ${workerSchema}.add_jobs(jobs.specs) AS added WHERE jobs.specs IS NOT NULL
)
SELECT (SELECT count(*) FROM stored) AS stored, (SELECT count(*) FROM woken) AS woken`;

/** Where notifications wait, in Mattermost's own PostgreSQL. */
export class PostgresInbox implements Inbox {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async accept(entries: readonly InboxEntry[]): Promise<number> {
    if (entries.length === 0) return 0;
    const values = [JSON.stringify(entries.map(toRow)), this.#clock.now()];
    return (await this.#database.query<{ stored: number }>(accept, values))[0]?.stored ?? 0;
  }

  /** Entries not worked off yet, and entries given up, for status and metrics. */
  async counts(): Promise<{ readonly pending: number; readonly dead: number }> {
    const [row] = await this.#database.query<{ pending: number; dead: number }>(
      `SELECT count(*) FILTER (WHERE state = 'pending') AS pending, count(*) FILTER (WHERE state = 'dead') AS dead
       FROM ${schema}.inbox WHERE state <> 'done'`,
    );
    return row ?? { pending: 0, dead: 0 };
  }
}

function toRow(entry: InboxEntry): Readonly<Record<string, unknown>> {
  return {
    dedupe_key: entry.dedupeKey,
    lane: entry.lane,
    subscription_id: entry.subscriptionId,
    user_id: entry.userId ?? null,
    change_type: entry.changeType,
    resource: entry.resource,
    tenant_id: entry.tenantId,
    content: entry.encryptedContent ?? null,
    received_at_ms: entry.receivedAtMs,
  };
}
