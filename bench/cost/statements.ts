import { SQL } from "bun";
import { parentOf } from "./processes.ts";

/**
 * PostgreSQL's own count of what it executed, by pg_stat_statements, which the PostgreSQL of the tests has. It counts each
 * statement that a client sends once, BEGIN and COMMIT too, and none that a function runs: the round trips. The log would
 * cost more than what it counts, and pg_stat_database counts transactions.
 */
export const countingSettings = { shared_preload_libraries: "pg_stat_statements" } as const;

/** One statement, its constants left out. */
export interface Statement {
  readonly text: string;
  readonly calls: number;
  readonly totalMs: number;
}

/** Counts over a connection to another database than the plugin's, so that its own statements are told from those. */
export class StatementCounter implements AsyncDisposable {
  readonly #sql: SQL;
  readonly #database: string;
  /** PostgreSQL's first process, the parent of all its others. */
  readonly serverProcess: number;

  private constructor(sql: SQL, database: string, serverProcess: number) {
    this.#sql = sql;
    this.#database = database;
    this.serverProcess = serverProcess;
  }

  static async open(maintenanceUrl: string, database: string): Promise<StatementCounter> {
    const sql = new SQL(maintenanceUrl, { max: 1 });
    await sql.unsafe("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    const [{ pid }] = await sql.unsafe("SELECT pg_backend_pid() AS pid");
    return new StatementCounter(sql, database, parentOf(Number(pid)));
  }

  /** Since the server started. */
  async calls(): Promise<number> {
    const [{ calls }] = await this.#sql.unsafe(
      `SELECT coalesce(sum(calls), 0)::float8 AS calls FROM pg_stat_statements
       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = '${this.#database}')`,
    );
    return calls;
  }

  /** Those that were called since the server started, the most time-consuming first. */
  async statements(): Promise<readonly Statement[]> {
    return await this.#sql.unsafe(
      `SELECT query AS text, calls::float8 AS calls, total_exec_time + total_plan_time AS "totalMs" FROM pg_stat_statements
       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = '${this.#database}') ORDER BY 3 DESC`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sql.close();
  }
}
