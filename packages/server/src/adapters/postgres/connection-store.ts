import type { ConnectionStore } from "../../application/connections/connection-store.ts";
import type { Connection } from "../../domain/connection.ts";
import { type Database, schema } from "./database.ts";
import { signal, signalChannel } from "./signals.ts";

/** A row of the table as the database gives it. */
export interface ConnectionRow {
  readonly user_id: string;
  readonly tenant_id: string;
  readonly teams_user_id: string;
  readonly teams_account: string;
  readonly connected_at_ms: number;
}

const table = `${schema}.connections`;

/** Who is connected to which Teams account. The table's two keys keep both sides unique. */
export class PostgresConnections implements ConnectionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async byMattermostUser(userId: string): Promise<Connection | undefined> {
    return this.#first(
      await this.#database.query<ConnectionRow>(`SELECT * FROM ${table} WHERE user_id = $1`, [userId]),
    );
  }

  async byTeamsAccount(tenantId: string, teamsUserId: string): Promise<Connection | undefined> {
    return (await this.byTeamsUsers(tenantId, [teamsUserId]))[0];
  }

  async byTeamsUsers(tenantId: string, teamsUserIds: readonly string[]): Promise<readonly Connection[]> {
    if (teamsUserIds.length === 0) return [];
    const sql = `SELECT * FROM ${table} WHERE tenant_id = $1 AND teams_user_id = ANY($2) ORDER BY user_id`;
    return (await this.#database.query<ConnectionRow>(sql, [tenantId, teamsUserIds])).map(toConnection);
  }

  async list(): Promise<readonly Connection[]> {
    return (await this.#database.query<ConnectionRow>(`SELECT * FROM ${table} ORDER BY user_id`)).map(
      toConnection,
    );
  }

  async count(): Promise<number> {
    return (await this.#database.query<{ count: number }>(`SELECT count(*) FROM ${table}`))[0]?.count ?? 0;
  }

  async hasOthers(userId: string): Promise<boolean> {
    const sql = `SELECT EXISTS (SELECT FROM ${table} WHERE user_id <> $1) AS yes`;
    return (await this.#database.query<{ yes: boolean }>(sql, [userId]))[0]?.yes === true;
  }

  async connectedAmong(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (userIds.length === 0) return new Set();
    const sql = `SELECT user_id FROM ${table} WHERE user_id = ANY($1)`;
    const rows = await this.#database.query<{ user_id: string }>(sql, [userIds]);
    return new Set(rows.map(({ user_id }) => user_id));
  }

  async add(connection: Connection): Promise<"added" | "person-taken" | "account-taken"> {
    const added = await this.#database.query(
      `WITH added AS (
         INSERT INTO ${table} (user_id, tenant_id, teams_user_id, teams_account, connected_at_ms)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING user_id
       ) SELECT pg_notify('${signalChannel}', $6) FROM added`,
      [
        connection.userId,
        connection.tenantId,
        connection.teamsUserId,
        connection.teamsAccount,
        connection.connectedAtMs,
        signal("connections", connection.userId),
      ],
    );
    if (added.length > 0) return "added";
    return (await this.byMattermostUser(connection.userId)) === undefined ? "account-taken" : "person-taken";
  }

  async remove(userId: string): Promise<Connection | undefined> {
    return this.#first(
      await this.#database.query<ConnectionRow>(
        `WITH removed AS (DELETE FROM ${table} WHERE user_id = $1 RETURNING *)
         SELECT removed.*, pg_notify('${signalChannel}', $2) FROM removed`,
        [userId, signal("connections", userId)],
      ),
    );
  }

  #first(rows: readonly ConnectionRow[]): Connection | undefined {
    return rows[0] === undefined ? undefined : toConnection(rows[0]);
  }
}

export function toConnection(row: ConnectionRow): Connection {
  return {
    userId: row.user_id,
    tenantId: row.tenant_id,
    teamsUserId: row.teams_user_id,
    teamsAccount: row.teams_account,
    connectedAtMs: row.connected_at_ms,
  };
}
