import type { Clock } from "../../application/clock.ts";
import { type GraphPauses, type GraphQuota, LocalPauses } from "../../application/graph-pauses.ts";
import { type Database, databaseNowMs, schema } from "./database.ts";
import { signal, signalChannel } from "./signals.ts";
import type { StandingSession } from "./standing-session.ts";

const table = `${schema}.graph_pauses`;

/** While nothing is heard of the others. Graph asks for seconds at least, so this sends few requests too many. */
const lookEveryMs = 1_000;

/**
 * Pauses that all nodes keep: a write for each 429, of which every node hears and reads a few rows. Kept by the database's
 * clock, so that a node whose clock is wrong, or set back, pauses neither the others nor itself for longer.
 */
export class PostgresGraphPauses implements GraphPauses {
  readonly #database: Database;
  readonly #clock: Clock;
  /** What this node was told itself holds whether or not the database can be asked. */
  readonly #known = new LocalPauses();
  readonly #session: Pick<StandingSession, "isOpen" | "on" | "follow">;
  #looking: Promise<void> | undefined;
  #isOutdated = true;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #writing = 0;

  constructor(database: Database, clock: Clock, session: Pick<StandingSession, "isOpen" | "on" | "follow">) {
    this.#database = database;
    this.#clock = clock;
    this.#session = session;
    const outdated = () => {
      this.#isOutdated = true;
    };
    session.on("pauses", outdated);
    session.follow({ opened: outdated, closed: outdated });
  }

  async until(quota: GraphQuota): Promise<number> {
    if (this.#isOutdated || (!this.#session.isOpen && this.#isOld())) await this.#look();
    return this.#known.until(quota);
  }

  /** A clock set back must not keep the node from looking. */
  #isOld(): boolean {
    return Math.abs(this.#clock.now() - this.#lookedAtMs) >= lookEveryMs;
  }

  async pause(quota: GraphQuota, untilMs: number): Promise<void> {
    await this.#known.pause(quota, untilMs);
    this.#writing += 1;
    await this.#database
      .query(
        `WITH paused AS (
           INSERT INTO ${table} AS known (quota, until_ms) VALUES ($1, ${databaseNowMs} + $2::bigint)
           ON CONFLICT (quota) DO UPDATE SET until_ms = greatest(known.until_ms, excluded.until_ms)
         ) SELECT pg_notify('${signalChannel}', $3)`,
        [quota, Math.round(untilMs - this.#clock.now()), signal("pauses")],
      )
      .catch(() => undefined);
    this.#writing -= 1;
  }

  #look(): Promise<void> {
    if (this.#looking === undefined) {
      // What is told meanwhile calls for another look.
      this.#isOutdated = false;
      this.#looking = this.#read().finally(() => {
        this.#lookedAtMs = this.#clock.now();
        this.#looking = undefined;
      });
    }
    return this.#looking;
  }

  async #read(): Promise<void> {
    const sql = `SELECT quota, until_ms - ${databaseNowMs} AS left_ms FROM ${table}`;
    const rows = await this.#database
      .query<{ quota: GraphQuota; left_ms: number }>(sql)
      .catch(() => undefined);
    if (rows === undefined) {
      this.#isOutdated = true;
      return;
    }
    // What is being written is not in what was read.
    if (this.#writing > 0) return;
    for (const { quota, left_ms } of rows) this.#known.correct(quota, this.#clock.now() + left_ms);
  }
}
