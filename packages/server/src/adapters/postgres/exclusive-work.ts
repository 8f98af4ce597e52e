import type { Database } from "./database.ts";

/**
 * Runs `work` unless another node of the cluster is at the same work now; resolves to `undefined` then. The lock belongs
 * to a session, so a node that dies lets go of it. Throws `PostgresError` and what `work` throws.
 */
export async function exclusively<T>(
  database: Database,
  name: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const key = `msteams-notifications:${name}`;
  const done = await database.withConnection(async (client) => {
    const taken = await client.query<{ yes: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS yes",
      [key],
    );
    if (taken.rows[0]?.yes !== true) return undefined;
    // Carried out of the connection as a value, where every error thrown is the database's.
    const [outcome] = await Promise.allSettled([work()]);
    await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [key]);
    return outcome;
  });
  if (done?.status === "rejected") throw done.reason;
  return done?.value;
}
