import type {
  SubscriptionProblem,
  SubscriptionProblems,
} from "../../application/subscriptions/subscription-store.ts";
import { type Database, schema } from "./database.ts";

const table = `${schema}.subscription_problems`;

/** What stands in the way of subscriptions, seen by whichever node an administrator asks. */
export class PostgresSubscriptionProblems implements SubscriptionProblems {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async record(owner: string, code: SubscriptionProblem["code"], nowMs: number): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} AS known (owner, code, since_ms) VALUES ($1, $2, $3)
       ON CONFLICT (owner) DO UPDATE SET code = excluded.code, since_ms = excluded.since_ms WHERE known.code <> excluded.code`,
      [owner, code, nowMs],
    );
  }

  async clear(owner: string): Promise<void> {
    await this.#database.query(`DELETE FROM ${table} WHERE owner = $1`, [owner]);
  }

  async list(): Promise<readonly SubscriptionProblem[]> {
    const sql = `SELECT owner, code, since_ms AS "sinceMs" FROM ${table} ORDER BY since_ms, owner`;
    return this.#database.query<{ owner: string; code: SubscriptionProblem["code"]; sinceMs: number }>(sql);
  }
}
