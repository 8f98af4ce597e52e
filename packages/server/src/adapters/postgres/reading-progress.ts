import type { DueReader, ReadingProgress } from "../../application/catch-up/catch-up-ports.ts";
import type { ResyncRequests } from "../../application/catch-up/resync-requests.ts";
import { tenantOwner } from "../../application/subscriptions/client-state.ts";
import { type ConnectionRow, toConnection } from "./connection-store.ts";
import { type Database, schema } from "./database.ts";

interface Row extends ConnectionRow {
  readonly read_until_ms: number;
  readonly wanted_since_ms: number | null;
  readonly on_since_ms: number | null;
  readonly wishes: number;
}

const table = `${schema}.reading_progress`;

/** How far each person's messages were read at Microsoft, and which gaps wait to be read. Rows go with the connection. */
export class PostgresReadingProgress implements ReadingProgress, ResyncRequests {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `least` takes no notice of a null: a first wish stands as it is. */
  async note(owner: string, sinceMs: number): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} AS known (user_id, read_until_ms, wanted_since_ms, wishes)
       SELECT user_id, connected_at_ms, $2, 1 FROM ${schema}.connections WHERE user_id = $1 OR $1 = $3
       ON CONFLICT (user_id) DO UPDATE SET wanted_since_ms = least(known.wanted_since_ms, excluded.wanted_since_ms),
         wishes = known.wishes + 1, not_before_ms = 0`,
      [owner, Math.round(sinceMs), tenantOwner],
    );
  }

  async due(nowMs: number, everyMs: number, limit: number): Promise<readonly DueReader[]> {
    const rows = await this.#database.query<Row>(
      `SELECT person.*, coalesce(known.read_until_ms, person.connected_at_ms) AS read_until_ms, known.wanted_since_ms,
         coalesce(known.wishes, 0) AS wishes, switch.since_ms AS on_since_ms
       FROM ${schema}.connections AS person LEFT JOIN ${table} AS known USING (user_id)
         LEFT JOIN ${schema}.notification_switches AS switch ON switch.user_id = person.user_id AND switch.is_on
       WHERE coalesce(known.not_before_ms, 0) <= $1 AND (known.wanted_since_ms IS NOT NULL
         OR abs($1 - coalesce(known.read_until_ms, person.connected_at_ms)) >= $2)
       ORDER BY known.wanted_since_ms IS NULL, read_until_ms, person.user_id LIMIT $3`,
      [nowMs, everyMs, limit],
    );
    return rows.map((row) => ({
      connection: toConnection(row),
      readUntilMs: row.read_until_ms,
      wantedSinceMs: row.wanted_since_ms ?? undefined,
      notificationsOnSinceMs: row.on_since_ms ?? undefined,
      wishes: row.wishes,
    }));
  }

  async advance({ connection, wishes }: DueReader, toMs: number, endMs: number): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} AS known (user_id, read_until_ms, wanted_since_ms, wishes)
       SELECT user_id, $2::bigint, CASE WHEN $2::bigint < $3::bigint THEN $2::bigint END, $4::integer FROM ${schema}.connections WHERE user_id = $1
       ON CONFLICT (user_id) DO UPDATE SET read_until_ms = greatest(least(known.read_until_ms, $3::bigint), $2::bigint),
         wanted_since_ms = CASE WHEN known.wishes = $4::integer THEN excluded.wanted_since_ms ELSE known.wanted_since_ms END`,
      [connection.userId, toMs, endMs, wishes],
    );
  }

  async postpone({ connection, readUntilMs }: DueReader, untilMs: number): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} (user_id, read_until_ms, not_before_ms)
       SELECT user_id, $2, $3 FROM ${schema}.connections WHERE user_id = $1
       ON CONFLICT (user_id) DO UPDATE SET not_before_ms = excluded.not_before_ms`,
      [connection.userId, readUntilMs, untilMs],
    );
  }

  /** People with a gap that waits to be read. */
  async waiting(): Promise<number> {
    const sql = `SELECT count(*) AS count FROM ${table} WHERE wanted_since_ms IS NOT NULL`;
    return (await this.#database.query<{ count: number }>(sql))[0]?.count ?? 0;
  }
}
