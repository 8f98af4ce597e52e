import type { Clock } from "../../application/clock.ts";
import type { ChatThread, ChatThreads, ThreadKey } from "../../application/notifications/thread-ports.ts";
import { type Database, schema } from "./database.ts";

interface Row {
  readonly generation: number;
  readonly channel_id: string;
  readonly root_post_id: string | null;
  readonly created_at_ms: number;
  readonly intended_at_ms: number | null;
}

const table = `${schema}.chat_threads`;
const sameThread = "user_id = $1 AND chat_id = $2";
/** The use of a thread is noted this exactly, so that a busy chat does not write with every message. */
const usedWithinMs = 24 * 60 * 60 * 1000;

/** The thread of each chat for each reader who wants threads, one row each. */
export class PostgresChatThreads implements ChatThreads {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async find({ userId, chatId }: ThreadKey): Promise<ChatThread | undefined> {
    const nowMs = this.#clock.now();
    const [row] = await this.#database.query<Row>(
      `WITH used AS (UPDATE ${table} SET used_at_ms = $3 WHERE ${sameThread} AND used_at_ms < $4)
       SELECT * FROM ${table} WHERE ${sameThread}`,
      [userId, chatId, nowMs, nowMs - usedWithinMs],
    );
    return row && toThread(row);
  }

  /** One statement: of two nodes that intend the same root, one is first and the other sees its record. */
  async intend(key: ThreadKey, channelId: string): Promise<"first" | ChatThread> {
    const inserted = await this.#database.query(
      `INSERT INTO ${table} (user_id, chat_id, generation, channel_id, created_at_ms, intended_at_ms, used_at_ms)
       VALUES ($1, $2, 1, $3, $4, $4, $4) ON CONFLICT DO NOTHING RETURNING 1`,
      [key.userId, key.chatId, channelId, this.#clock.now()],
    );
    if (inserted.length > 0) return "first";
    // Nothing but the end of the connection and retention removes rows, and that spares those of today.
    return (await this.find(key)) ?? "first";
  }

  async setUnderWay({ userId, chatId }: ThreadKey, isUnderWay: boolean): Promise<void> {
    await this.#database.query(
      `UPDATE ${table} SET intended_at_ms = $3 WHERE ${sameThread} AND root_post_id IS NULL`,
      [userId, chatId, isUnderWay ? this.#clock.now() : null],
    );
  }

  async finish({ userId, chatId }: ThreadKey, rootPostId: string): Promise<void> {
    await this.#database.query(
      `UPDATE ${table} SET root_post_id = $3, intended_at_ms = NULL WHERE ${sameThread} AND root_post_id IS NULL`,
      [userId, chatId, rootPostId],
    );
  }

  async renew({ userId, chatId }: ThreadKey, goneRootPostId: string): Promise<void> {
    await this.#database.query(
      `UPDATE ${table} SET generation = generation + 1, root_post_id = NULL, intended_at_ms = NULL, created_at_ms = $4
       WHERE ${sameThread} AND root_post_id = $3`,
      [userId, chatId, goneRootPostId, this.#clock.now()],
    );
  }
}

function toThread(row: Row): ChatThread {
  return {
    generation: row.generation,
    rootPostId: row.root_post_id ?? undefined,
    channelId: row.channel_id,
    createdAtMs: row.created_at_ms,
    intendedAtMs: row.intended_at_ms ?? undefined,
  };
}
