import type { LateInbox } from "../../application/catch-up/catch-up-ports.ts";
import type { Clock } from "../../application/clock.ts";
import type { Inbox, InboxEntry } from "../../application/inbox/inbox.ts";
import { type Database, databaseNowMs, schema, workerSchema } from "./database.ts";
import { drainAttempts, drainTask, lanePriority, wakeLane } from "./drain-job.ts";
import { GatheredStoring } from "./gathered-storing.ts";

/** A lane in which so many entries wait has enough to do; others go first. */
const busyLaneEntries = 10;

/**
 * Entries and their work in one statement: either both are there or neither. New rows wake their lane, repeated ones wake
 * nothing. A lane that waits already keeps its place in the queue: were it put at the end with each new entry, one in
 * which people never stop writing would wait for ever. Sorting by key gives concurrent statements one order of locks, so
 * that they cannot deadlock; keys of a lane begin alike and end with the message's time, so it is also the order of sending.
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
  SELECT dedupe_key, lane, subscription_id, user_id, change_type, resource, tenant_id, content, received_at_ms, $2, ${databaseNowMs}
  FROM incoming ORDER BY dedupe_key
  ON CONFLICT (dedupe_key) DO NOTHING
  RETURNING lane, dedupe_key
), lanes AS (
  SELECT lane, greatest($3::integer, CASE WHEN EXISTS (
    SELECT 1 FROM ${schema}.inbox AS waiting WHERE waiting.state = 'pending' AND waiting.lane = fresh.lane
    ORDER BY waiting.id OFFSET ${busyLaneEntries - 1} LIMIT 1
  ) THEN ${lanePriority.busy} ELSE ${lanePriority.quiet} END) AS priority
  FROM (SELECT DISTINCT lane FROM stored) AS fresh
), jobs AS (
  SELECT array_agg(
    ('${drainTask}', json_build_object('lane', lane), NULL, NULL, ${drainAttempts}, lane, priority, NULL)::${workerSchema}.job_spec
    ORDER BY lane
  ) AS specs
  FROM lanes
), woken AS (
  SELECT added.key FROM jobs, ${workerSchema}.add_jobs(jobs.specs, true) AS added WHERE jobs.specs IS NOT NULL
)
SELECT array(SELECT dedupe_key FROM stored) AS stored, array(SELECT lane FROM lanes EXCEPT SELECT key FROM woken) AS asleep`;

/** Where notifications wait, in Mattermost's own PostgreSQL. */
export class PostgresInbox implements Inbox, LateInbox {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #gathered: GatheredStoring<InboxEntry>;

  /** What Graph waits for goes over `intake`, everything else over `database`. */
  constructor(database: Database, clock: Clock, intake: Database = database) {
    this.#database = database;
    this.#clock = clock;
    this.#gathered = new GatheredStoring((entries) => this.#store(intake, entries, lanePriority.quiet));
  }

  accept(entries: readonly InboxEntry[]): Promise<number> {
    return this.#gathered.store(entries);
  }

  async acceptLate(entries: readonly InboxEntry[]): Promise<number> {
    return (await this.#store(this.#database, entries, lanePriority.late)).size;
  }

  async unknown(dedupeKeys: readonly string[]): Promise<ReadonlySet<string>> {
    if (dedupeKeys.length === 0) return new Set();
    const sql = `SELECT key FROM unnest($1::text[]) AS asked (key)
      WHERE NOT EXISTS (SELECT 1 FROM ${schema}.inbox WHERE dedupe_key = asked.key)`;
    return new Set((await this.#database.query<{ key: string }>(sql, [dedupeKeys])).map(({ key }) => key));
  }

  /** How many entries wait; counts no further than `limit`. */
  async pending(limit: number): Promise<number> {
    const sql = `SELECT count(*) AS count FROM (SELECT 1 FROM ${schema}.inbox WHERE state = 'pending' LIMIT $1) AS waiting`;
    return (await this.#database.query<{ count: number }>(sql, [limit]))[0]?.count ?? 0;
  }

  /** Entries not worked off yet, and entries given up, for status and metrics. */
  async counts(): Promise<{ readonly pending: number; readonly dead: number }> {
    const [row] = await this.#database.query<{ pending: number; dead: number }>(
      `SELECT (SELECT count(*) FROM ${schema}.inbox WHERE state = 'pending') AS pending,
         (SELECT count(*) FROM ${schema}.inbox WHERE state = 'dead') AS dead`,
    );
    return row ?? { pending: 0, dead: 0 };
  }

  /** Resolves to the keys that were new. */
  async #store(
    database: Database,
    entries: readonly InboxEntry[],
    priority: number,
  ): Promise<ReadonlySet<string>> {
    if (entries.length === 0) return new Set();
    const values = [JSON.stringify(entries.map(toRow)), this.#clock.now(), priority];
    type Row = { readonly stored: readonly string[]; readonly asleep: readonly string[] };
    const [{ stored, asleep } = { stored: [], asleep: [] }] = await database.query<Row>(accept, values);
    await this.#wake(database, asleep, priority);
    return new Set(stored);
  }

  /**
   * A job that a worker fetches while entries are stored for its lane is neither there any more to wait for them nor gone,
   * so that the queue adds none, and the worker may look before they can be seen. Whoever fetches from now on sees them.
   */
  async #wake(database: Database, lanes: readonly string[], priority: number): Promise<void> {
    const waking = lanes.map((lane) => wakeLane(database, lane, { inMs: 0, priority }));
    // The entries are stored, and the search for forgotten work finds them too.
    await Promise.allSettled(waking);
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
