import type { Clock } from "../../application/clock.ts";
import { type GraphPauses, type GraphQuota, LocalPauses } from "../../application/graph-pauses.ts";
import { type Database, databaseNowMs, schema } from "./database.ts";

const table = `${schema}.graph_pauses`;

/** Graph asks for seconds at least, so a node that learns of a pause this late sends few requests too many. */
const lookEveryMs = 1_000;

/**
 * Pauses that all nodes keep: one read of a few rows a second, and a write for each 429. Kept by the database's clock, so that
 * a node whose clock is wrong, or set back, pauses neither the others nor itself for longer.
 */
export class PostgresGraphPauses implements GraphPauses {
  readonly #database: Database;
  readonly #clock: Clock;
  /** What this node was told itself holds whether or not the database can be asked. */
  readonly #known = new LocalPauses();
  #looking: Promise<void> | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #writing = 0;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async until(quota: GraphQuota): Promise<number> {
    // A clock set back must not keep the node from looking.
    if (Math.abs(this.#clock.now() - this.#lookedAtMs) >= lookEveryMs) await this.#look();
    return this.#known.until(quota);
  }

  async pause(quota: GraphQuota, untilMs: number): Promise<void> {
    await this.#known.pause(quota, untilMs);
    this.#writing += 1;
    await this.#database
      .query(
        `INSERT INTO ${table} AS known (quota, until_ms) VALUES ($1, ${databaseNowMs} + $2::bigint)
         ON CONFLICT (quota) DO UPDATE SET until_ms = greatest(known.until_ms, excluded.until_ms)`,
        [quota, Math.round(untilMs - this.#clock.now())],
      )
      .catch(() => undefined);
    this.#writing -= 1;
  }

  #look(): Promise<void> {
    this.#looking ??= this.#read().finally(() => {
      this.#lookedAtMs = this.#clock.now();
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #read(): Promise<void> {
    const sql = `SELECT quota, until_ms - ${databaseNowMs} AS left_ms FROM ${table}`;
    const rows = await this.#database
      .query<{ quota: GraphQuota; left_ms: number }>(sql)
      .catch(() => [] as const);
    // What is being written is not in what was read.
    if (this.#writing > 0) return;
    for (const { quota, left_ms } of rows) this.#known.correct(quota, this.#clock.now() + left_ms);
  }
}
