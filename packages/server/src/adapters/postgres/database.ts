import { Socket } from "node:net";
import {
  Client,
  type ClientConfig,
  Pool,
  type PoolClient,
  type QueryConfig,
  type QueryResult,
  type QueryResultRow,
  types,
} from "pg";
import type { Log } from "../../application/log.ts";
import { connectionOptions } from "./connection-string.ts";
import { PostgresError } from "./postgres-error.ts";

/** Own schema inside Mattermost's database: its migrations and ours never meet. */
export const schema = "msteams_notifications";

/**
 * Milliseconds since 1970 UTC by the database's clock, which is the one that all nodes have in common: by it is said when work
 * is due, so that a node whose clock is wrong or set holds up nobody.
 */
export const databaseNowMs = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/**
 * Each node of a cluster holds this many connections for its work, of the limit Mattermost's own pools share (100 by
 * default in PostgreSQL). Work waits for Microsoft and Mattermost most of the time, so a few serve many messages at once.
 */
export const maxPoolConnections = 4;
/** Beyond this the database is as good as unreachable; Graph's three seconds for an answer are almost over. */
const connectTimeoutMs = 2_500;
/**
 * A statement without an answer for so long will have none: its host is gone without a word, and the kernel would wait for it
 * for a quarter of an hour. Ours take milliseconds, the nightly clean-up of a large server some seconds.
 */
const answerMs = 60_000;

export interface DatabaseOptions {
  /** Mattermost's own data source, as its configuration gives it. */
  readonly dataSource: string;
  readonly log: Log;
  readonly maxConnections?: number;
  /** How long a statement may take; what takes longer fails as `unreachable`, and may have been done all the same. */
  readonly answerMs?: number;
  /**
   * Commits are answered before they are on disk: a crash of the database may undo those of its last second. For what is
   * found out again when it is missing.
   */
  readonly isLazy?: boolean;
}

/** A statement is parsed and planned once for each connection; its name is by its text. */
const statementNames = new Map<string, string>();

function nameOf(sql: string): string {
  const name = statementNames.get(sql) ?? `msteams_${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}

/**
 * Our statements find rows by their keys, however many are asked for, so that one plan does for all. Tables through which
 * thousands of rows pass in a minute mislead the planner: it would read them whole, or plan each statement anew.
 */
const byKeys =
  "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";
const lazyCommits = "SET synchronous_commit = off";

/** A migration of a newer version changed what a prepared statement answers (SQLSTATE 0A000). */
const outdatedPlan = "0A000";

/** A connection that stands outside the pool. */
export interface OpenSession {
  readonly client: Client;
  /** Ends it without a word to the server, which may no longer hear any. */
  cut(): void;
}

/** A small pool of connections to Mattermost's PostgreSQL. Every failure is a {@link PostgresError}. */
export class Database implements AsyncDisposable {
  readonly pool: Pool;
  readonly #options: ClientConfig;
  readonly #answerMs: number;
  #ending: Promise<void> | undefined;

  constructor(options: DatabaseOptions) {
    this.#answerMs = options.answerMs ?? answerMs;
    this.#options = {
      ...connectionOptions(options.dataSource),
      connectionTimeoutMillis: connectTimeoutMs,
      application_name: "msteams-notifications",
      types: { getTypeParser: numberParser },
    };
    this.pool = new Pool({
      ...this.#options,
      max: options.maxConnections ?? maxPoolConnections,
      onConnect: (client) => client.query(options.isLazy === true ? `${byKeys}; ${lazyCommits}` : byKeys),
    });
    // A connection that breaks while idle is replaced by the next query; without this listener it would end the process.
    this.pool.on("error", () =>
      options.log.warn("An idle connection to PostgreSQL broke; the next query opens another"),
    );
    this.pool.on("connect", (client) => {
      // One in use reports its end to whoever uses it as well.
      client.on("error", () => undefined);
    });
  }

  async query<Row extends QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const statement = { text: sql, values: [...values], query_timeout: this.#answerMs };
    try {
      return (await this.#queryNamed<Row>(statement)).rows;
    } catch (cause) {
      throw PostgresError.from(cause);
    }
  }

  #queryNamed<Row extends QueryResultRow>(statement: QueryConfig): Promise<QueryResult<Row>> {
    return this.pool.query<Row>({ ...statement, name: nameOf(statement.text) }).catch((cause: unknown) => {
      if (!hasCode(cause, outdatedPlan)) throw cause;
      return this.pool.query<Row>(statement);
    });
  }

  /** Runs `work` on one connection, for what belongs to a session: locks and transactions. */
  async withConnection<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((cause: unknown) => {
      throw PostgresError.from(cause);
    });
    let broken = true;
    try {
      const result = await work(client);
      broken = false;
      return result;
    } catch (cause) {
      throw PostgresError.from(cause);
    } finally {
      // A session that failed may still hold a lock or a transaction; closing it lets go of both.
      client.release(broken);
    }
  }

  /** A connection outside the pool, for what a session holds for long. The caller ends it. */
  async openSession(): Promise<OpenSession> {
    const socket = new Socket();
    const client = new Client({ ...this.#options, keepAlive: true, stream: () => socket });
    try {
      await client.connect();
      return { client, cut: () => socket.destroy() };
    } catch (cause) {
      socket.destroy();
      throw PostgresError.from(cause);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#ending ??= this.pool.end();
    return this.#ending;
  }
}

function hasCode(cause: unknown, code: string): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === code;
}

const int8 = 20;

/** Our 64-bit columns hold milliseconds, counts and ids, all far below 2^53; as strings they would need care everywhere. */
function numberParser(oid: number, format?: "text" | "binary"): (value: string) => unknown {
  return oid === int8 ? Number : types.getTypeParser(oid, format ?? "text");
}
