import type { StandingSession } from "./standing-session.ts";

/**
 * Runs `work` unless this or another node of the cluster is at the work of that name now; resolves to `undefined` then. Throws
 * `PostgresError` and what `work` throws.
 */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>;

/** By locks of the node's session, which PostgreSQL drops when the node dies. */
export function exclusivelyOn(session: Pick<StandingSession, "query">): Exclusively {
  // A session gets a lock that it has already.
  const underWay = new Set<string>();
  return async (name, work) => {
    if (underWay.has(name)) return undefined;
    underWay.add(name);
    const key = [`msteams-notifications:${name}`];
    try {
      const [taken] = await session.query<{ yes: boolean }>(
        "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS yes",
        key,
      );
      if (taken?.yes !== true) return undefined;
      try {
        return await work();
      } finally {
        // A session that broke meanwhile has let go by itself.
        await session.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", key).catch(() => undefined);
      }
    } finally {
      underWay.delete(name);
    }
  };
}
