import { Client } from "pg";

/** A statement that a database was given, as PostgreSQL's own statistics have it: values are `$1`, `$2` … */
export interface CountedStatement {
  readonly text: string;
  readonly calls: number;
  readonly planned: number;
}

export interface StatementCounts extends AsyncDisposable {
  /** What the database was given since the count began or was last read, by whoever; this counting itself left out. */
  read(): Promise<readonly CountedStatement[]>;
  /** The one value that a statement answers; not counted. */
  ask(sql: string): Promise<unknown>;
}

/** Begins to count the statements of one database. */
export async function countStatements(url: string): Promise<StatementCounts> {
  const client = new Client({ connectionString: url, application_name: "statement-counts" });
  await client.connect();
  await client.query("SET pg_stat_statements.track = none");
  await client.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  const reset =
    "SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)";
  await client.query(reset);
  return {
    async read() {
      const { rows } = await client.query<{ text: string; calls: string; planned: string }>(
        `SELECT query AS text, calls, plans AS planned FROM pg_stat_statements
         WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND toplevel ORDER BY calls DESC`,
      );
      await client.query(reset);
      return rows.map(({ text, calls, planned }) => ({
        text,
        calls: Number(calls),
        planned: Number(planned),
      }));
    },
    async ask(sql) {
      const { rows } = await client.query<Record<string, unknown>>(sql);
      return Object.values(rows[0] ?? {})[0];
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}
