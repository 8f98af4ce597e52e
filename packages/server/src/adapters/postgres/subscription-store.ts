import type {
  StoredSubscription,
  SubscriptionStore,
} from "../../application/subscriptions/subscription-store.ts";
import { type Database, schema } from "./database.ts";

interface Row {
  readonly id: string;
  readonly user_id: string | null;
  readonly resource: string;
  readonly client_state_hash: string;
  readonly certificate_id: string;
  readonly expires_at_ms: number;
}

const table = `${schema}.subscriptions`;

/** The subscriptions this installation made, with what tells their notifications from forged ones. */
export class PostgresSubscriptions implements SubscriptionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async byId(id: string): Promise<StoredSubscription | undefined> {
    return (await this.byIds([id])).get(id);
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, StoredSubscription>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.query<Row>(`SELECT * FROM ${table} WHERE id = ANY($1)`, [ids]);
    return new Map(rows.map((row) => [row.id, toSubscription(row)]));
  }

  async concerning(userId: string): Promise<readonly StoredSubscription[]> {
    const sql = `SELECT * FROM ${table} WHERE user_id = $1 OR user_id IS NULL ORDER BY expires_at_ms DESC`;
    return (await this.#database.query<Row>(sql, [userId])).map(toSubscription);
  }

  async countActive(nowMs: number): Promise<number> {
    const sql = `SELECT count(*) FROM ${table} WHERE expires_at_ms > $1`;
    return (await this.#database.query<{ count: number }>(sql, [nowMs]))[0]?.count ?? 0;
  }

  async list(): Promise<readonly StoredSubscription[]> {
    return (await this.#database.query<Row>(`SELECT * FROM ${table} ORDER BY id`)).map(toSubscription);
  }

  async save(subscription: StoredSubscription): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} (id, user_id, resource, client_state_hash, certificate_id, expires_at_ms)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, resource = excluded.resource,
         client_state_hash = excluded.client_state_hash, certificate_id = excluded.certificate_id,
         expires_at_ms = excluded.expires_at_ms`,
      [
        subscription.id,
        subscription.userId ?? null,
        subscription.resource,
        subscription.clientStateHash,
        subscription.certificateId,
        subscription.expiresAtMs,
      ],
    );
  }

  async remove(id: string): Promise<void> {
    await this.#database.query(`DELETE FROM ${table} WHERE id = $1`, [id]);
  }
}

function toSubscription(row: Row): StoredSubscription {
  return {
    id: row.id,
    userId: row.user_id ?? undefined,
    resource: row.resource,
    clientStateHash: row.client_state_hash,
    certificateId: row.certificate_id,
    expiresAtMs: row.expires_at_ms,
  };
}
