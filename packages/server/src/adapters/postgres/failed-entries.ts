import type { Clock } from "../../application/clock.ts";
import type { FailedEntries, FailedEntry, Failures } from "../../application/failures/failure-ports.ts";
import type { InboxStore } from "../../application/inbox/inbox-store.ts";
import { type Database, databaseNowMs, schema } from "./database.ts";

/** One statement's worth; `all` takes as many statements as it needs. */
const entriesPerStatement = 1_000;

/** Their attempts begin anew. */
const putBack = `
WITH chosen AS (
  SELECT id FROM ${schema}.inbox WHERE state = 'dead' AND ($2::bigint IS NULL OR id = $2) AND ended_at_ms <= $1
  ORDER BY id LIMIT ${entriesPerStatement} FOR UPDATE SKIP LOCKED
)
UPDATE ${schema}.inbox AS entry SET state = 'pending', attempts = 0, due_at_ms = ${databaseNowMs}, ended_at_ms = NULL, failure = NULL
FROM chosen WHERE entry.id = chosen.id RETURNING entry.lane`;

/** Entries of the inbox that were given up. */
export class PostgresFailedEntries implements FailedEntries {
  readonly #database: Database;
  readonly #inbox: Pick<InboxStore, "announce">;
  readonly #clock: Clock;

  constructor(database: Database, inbox: Pick<InboxStore, "announce">, clock: Clock) {
    this.#database = database;
    this.#inbox = inbox;
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
      const values = [nowMs, which === "all" ? null : which];
      const rows = await this.#database.query<{ lane: string }>(putBack, values);
      const lanes = [...new Set(rows.map(({ lane }) => lane))];
      if (lanes.length > 0) await this.#inbox.announce({ lanes, isLate: true });
      const back = rows.length;
      replayed += back;
      if (back < entriesPerStatement) return replayed;
    }
  }
}
