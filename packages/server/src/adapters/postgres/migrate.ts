import type { PoolClient } from "pg";
import type { Log } from "../../application/log.ts";
import { type Database, schema } from "./database.ts";
import first from "./migrations/000001.sql" with { type: "text" };
import second from "./migrations/000002.sql" with { type: "text" };
import third from "./migrations/000003.sql" with { type: "text" };
import fourth from "./migrations/000004.sql" with { type: "text" };
import { PostgresError } from "./postgres-error.ts";

/** In order, each by the number of its file; a migration that was released is never changed. */
const migrations: ReadonlyMap<number, string> = new Map([
  [1, first],
  [2, second],
  [3, third],
  [4, fourth],
]);

/** Any constant will do; it only has to differ from other users of advisory locks in Mattermost's database. */
const migrationLock = 5_472_930_817_264;

/**
 * Brings our schema up to date. Several nodes may call it at once: one works, the others wait and find
 * nothing left to do. Throws {@link PostgresError} `schema-too-new` when a newer version of the plugin was here before.
 */
export async function migrate(database: Database, log: Log): Promise<void> {
  await database.withConnection(async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    try {
      await ensureSchema(client, schema);
      await applyMissing(client, log);
    } finally {
      await client.query("SELECT pg_advisory_unlock($1)", [migrationLock]);
    }
  });
}

/**
 * Where the role may not create schemas, an administrator has made ours beforehand. `IF NOT EXISTS` would not do: PostgreSQL
 * asks for the right first and looks afterwards.
 */
async function ensureSchema(client: PoolClient, name: string): Promise<void> {
  const found = await client.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [name]);
  if (found.rows.length === 0) await client.query(`CREATE SCHEMA ${name}`);
}

async function applyMissing(client: PoolClient, log: Log): Promise<void> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${schema}.migrations (number integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  const { rows } = await client.query<{ number: number }>(`SELECT number FROM ${schema}.migrations`);
  const applied = new Set(rows.map(({ number }) => number));
  if (Math.max(...applied) > Math.max(...migrations.keys())) {
    throw new PostgresError(
      "schema-too-new",
      "A newer version of this plugin has already changed the database. Install that version or a later one.",
    );
  }
  for (const [number, sql] of migrations) {
    if (applied.has(number)) continue;
    await apply(client, number, sql);
    log.info("Database schema updated", { migration: number });
  }
}

async function apply(client: PoolClient, number: number, sql: string): Promise<void> {
  await client.query("BEGIN");
  await client.query(`SET LOCAL search_path TO ${schema}`);
  await client.query(sql);
  await client.query(`INSERT INTO ${schema}.migrations (number) VALUES ($1)`, [number]);
  await client.query("COMMIT");
}
