import type { Database } from "./database.ts";
import { PostgresError } from "./postgres-error.ts";
import type { StandingSession } from "./standing-session.ts";

const sql = "SELECT pg_backend_pid() AS pid";

/**
 * Makes sure that a session has a connection to PostgreSQL of its own. A pooler in transaction mode lends one to whoever asks next,
 * so that locks, prepared statements and signals would get lost. Throws {@link PostgresError} `pooled` then.
 */
export async function mustBelongToUs(session: StandingSession, database: Database): Promise<void> {
  const [ours] = await session.query<{ pid: number }>(sql);
  const others = await database.withConnection(
    async (client) => (await client.query<{ pid: number }>(sql)).rows[0],
  );
  if (ours?.pid !== others?.pid) return;
  throw new PostgresError(
    "pooled",
    "Between Mattermost and PostgreSQL stands a connection pooler in transaction mode.",
  );
}
