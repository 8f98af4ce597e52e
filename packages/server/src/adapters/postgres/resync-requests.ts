import type { ResyncRequests } from "../../application/ports.ts";
import { type Database, schema } from "./database.ts";

const table = `${schema}.resync_requests`;

/** Gaps in the stream of notifications that wait to be read again. */
export class PostgresResyncRequests implements ResyncRequests {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async note(owner: string, sinceMs: number): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} AS known (owner, since_ms) VALUES ($1, $2)
       ON CONFLICT (owner) DO UPDATE SET since_ms = least(known.since_ms, excluded.since_ms)`,
      [owner, sinceMs],
    );
  }

  async list(): Promise<readonly { readonly owner: string; readonly sinceMs: number }[]> {
    const sql = `SELECT owner, since_ms AS "sinceMs" FROM ${table} ORDER BY since_ms, owner`;
    return this.#database.query<{ owner: string; sinceMs: number }>(sql);
  }

  async remove(owner: string): Promise<void> {
    await this.#database.query(`DELETE FROM ${table} WHERE owner = $1`, [owner]);
  }
}
