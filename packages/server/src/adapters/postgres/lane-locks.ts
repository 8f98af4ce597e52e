import type { Client } from "pg";
import type { Log } from "../../application/log.ts";
import type { Database } from "./database.ts";

export interface LaneLease {
  /** True once the lock may have passed to another node; whoever holds the lease stops before the next post. */
  readonly isLost: boolean;
  /** True once since it was last asked when somebody wanted the lane meanwhile, because something new is in it. */
  takeWish(): boolean;
  release(): Promise<void>;
}

/** PostgreSQL notices a vanished host after 5 + 3 × 3 seconds and gives its locks away (libpq's keepalive settings). */
const keepalive =
  "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3";

interface HeldLane {
  session: Client | undefined;
  isWished: boolean;
}

/**
 * Makes sure that one lane is worked on once at a time in the whole cluster, by advisory locks of one long-lived session:
 * they cost no row and no transaction, and PostgreSQL drops them in the moment a node dies.
 */
export class LaneLocks implements AsyncDisposable {
  readonly #database: Database;
  readonly #log: Log;
  readonly #held = new Map<string, HeldLane>();
  #session: Promise<Client> | undefined;
  #lastAnswer: Promise<unknown> = Promise.resolve();

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** `"busy-here"` when this node works on the lane already (it will look again before it ends), or `"busy-elsewhere"`. */
  async tryAcquire(lane: string): Promise<LaneLease | "busy-here" | "busy-elsewhere"> {
    const holder = this.#held.get(lane);
    if (holder !== undefined) {
      holder.isWished = true;
      return "busy-here";
    }
    const held: HeldLane = { session: undefined, isWished: false };
    this.#held.set(lane, held);
    try {
      const session = await this.#openSession();
      if (!(await this.#ask(session, "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS yes", lane))) {
        this.#held.delete(lane);
        return "busy-elsewhere";
      }
      held.session = session;
    } catch (error) {
      this.#held.delete(lane);
      throw error;
    }
    return this.#lease(lane, held);
  }

  #lease(lane: string, held: HeldLane): LaneLease {
    return {
      get isLost() {
        return held.session === undefined;
      },
      takeWish: () => {
        const wished = held.isWished;
        held.isWished = false;
        return wished;
      },
      release: async () => {
        const { session } = held;
        if (session !== undefined) {
          // A session that broke has let go by itself.
          await this.#ask(session, "SELECT pg_advisory_unlock(hashtextextended($1, 0)) AS yes", lane).catch(
            () => false,
          );
        }
        if (this.#held.get(lane) === held) this.#held.delete(lane);
      },
    };
  }

  /** A session answers one question after another. */
  #ask(session: Client, sql: string, lane: string): Promise<boolean> {
    const answer = this.#lastAnswer.then(() => session.query<{ yes: boolean }>(sql, [lane]));
    this.#lastAnswer = answer.catch(() => undefined);
    return answer.then(({ rows }) => rows[0]?.yes === true);
  }

  #openSession(): Promise<Client> {
    this.#session ??= this.#connect().catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  async #connect(): Promise<Client> {
    const session = await this.#database.openSession();
    const lose = () => {
      this.#session = undefined;
      for (const held of this.#held.values()) {
        if (held.session === session) held.session = undefined;
      }
    };
    session.on("error", () => {
      this.#log.warn("The connection that guards the order of messages broke; work goes on over a new one");
      lose();
    });
    session.on("end", lose);
    await session.query(keepalive);
    return session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const session = await this.#session?.catch(() => undefined);
    this.#session = undefined;
    await session?.end();
  }
}
