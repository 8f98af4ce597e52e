import { testDatabases } from "@msteams-notifications/local-postgres/testing";
import type { Log } from "../../../application/log.ts";
import { Database } from "../database.ts";
import { migrate } from "../migrate.ts";

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

const databases = testDatabases(async (url) => {
  await using database = new Database({ dataSource: url, log: silentLog });
  await migrate(database, silentLog);
});

export interface MigratedDatabase extends AsyncDisposable {
  readonly database: Database;
  readonly url: string;
}

/** A migrated database of the test's own; closed and dropped when disposed. */
export async function migratedDatabase(): Promise<MigratedDatabase> {
  const fresh = await databases.create();
  const database = new Database({ dataSource: fresh.url, log: silentLog });
  return {
    database,
    url: fresh.url,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await fresh[Symbol.asyncDispose]();
    },
  };
}

/** Milliseconds that only move when told to. */
export class ManualTime {
  nowMs = 1_790_000_000_000;
  now(): number {
    return this.nowMs;
  }
}

/** PostgreSQL ends a session a moment after its client has gone, so the count is asked for until it is none. */
const closingLooks = 500;

/** How many other connections to this database remain open. */
export async function connectionsLeft(database: Database): Promise<number> {
  for (let look = 1; ; look += 1) {
    const [row] = await database.query<{ count: number }>(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    if (row?.count === 0 || look === closingLooks) return row?.count ?? 0;
  }
}
