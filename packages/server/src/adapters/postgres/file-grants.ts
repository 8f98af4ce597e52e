import type { FileGrant, FileGrants } from "../../application/copying/copying-ports.ts";
import { type Database, schema } from "./database.ts";
import type { SecretBox } from "./secret-box.ts";

interface Row {
  readonly refresh_token: Uint8Array;
  readonly granted_at_ms: number;
}

const table = `${schema}.file_grants`;

/** Refresh tokens of people whose files are copied, sealed, one row each. */
export class PostgresFileGrants implements FileGrants {
  readonly #database: Database;
  readonly #box: SecretBox;

  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  async find(userId: string): Promise<FileGrant | undefined> {
    const sql = `SELECT refresh_token, granted_at_ms FROM ${table} WHERE user_id = $1`;
    const [row] = await this.#database.query<Row>(sql, [userId]);
    if (row === undefined) return undefined;
    const refreshToken = this.#box.open(row.refresh_token, sealingContext(userId));
    return { refreshToken, grantedAtMs: row.granted_at_ms };
  }

  async put(userId: string, { refreshToken, grantedAtMs }: FileGrant): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} (user_id, refresh_token, granted_at_ms) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET refresh_token = excluded.refresh_token, granted_at_ms = excluded.granted_at_ms`,
      [userId, this.#box.seal(refreshToken, sealingContext(userId)), grantedAtMs],
    );
  }

  /** Microsoft leaves the old token alive (facts, section 1), so of two nodes that renew at once either may be last. */
  async renew(userId: string, { refreshToken, grantedAtMs }: FileGrant): Promise<void> {
    await this.#database.query(
      `UPDATE ${table} SET refresh_token = $2 WHERE user_id = $1 AND granted_at_ms = $3`,
      [userId, this.#box.seal(refreshToken, sealingContext(userId)), grantedAtMs],
    );
  }

  async remove(userId: string, grantedAtMs: number): Promise<void> {
    await this.#database.query(`DELETE FROM ${table} WHERE user_id = $1 AND granted_at_ms = $2`, [
      userId,
      grantedAtMs,
    ]);
  }

  async countMissing(): Promise<number> {
    const sql = `SELECT count(*) AS count FROM ${schema}.connections AS connected
      WHERE NOT EXISTS (SELECT 1 FROM ${table} AS granted WHERE granted.user_id = connected.user_id)`;
    return (await this.#database.query<{ count: number }>(sql))[0]?.count ?? 0;
  }

  async removeAll(): Promise<number> {
    return (await this.#database.query(`DELETE FROM ${table} RETURNING 1`)).length;
  }
}

function sealingContext(userId: string): string {
  return `file_grants.refresh_token:${userId}`;
}
