import { type GraphPauses, type GraphQuota, LocalPauses } from "../../application/graph-pauses.ts";
import type { Clock } from "../../application/ports.ts";
import { type Database, schema } from "./database.ts";

const table = `${schema}.graph_pauses`;

/** Graph asks for seconds at least, so a node that learns of a pause this late sends few requests too many. */
const lookEveryMs = 1_000;

/** Pauses that all nodes keep: one read of a few rows a second, and a write for each 429. */
export class PostgresGraphPauses implements GraphPauses {
  readonly #database: Database;
  readonly #clock: Clock;
  /** What this node was told itself holds whether or not the database can be asked. */
  readonly #known = new LocalPauses();
  #looking: Promise<void> | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

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
    await this.#database
      .query(
        `INSERT INTO ${table} AS known (quota, until_ms) VALUES ($1, $2)
         ON CONFLICT (quota) DO UPDATE SET until_ms = greatest(known.until_ms, excluded.until_ms)`,
        [quota, Math.round(untilMs)],
      )
      .catch(() => undefined);
  }

  #look(): Promise<void> {
    this.#looking ??= this.#read().finally(() => {
      this.#lookedAtMs = this.#clock.now();
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #read(): Promise<void> {
    const sql = `SELECT quota, until_ms FROM ${table}`;
    const rows = await this.#database
      .query<{ quota: GraphQuota; until_ms: number }>(sql)
      .catch(() => [] as const);
    for (const { quota, until_ms } of rows) await this.#known.pause(quota, until_ms);
  }
}
