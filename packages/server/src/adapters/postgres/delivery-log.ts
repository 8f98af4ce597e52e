import type { Clock } from "../../application/clock.ts";
import type {
  DeliveryKey,
  DeliveryLog,
  DeliveryRecord,
  DeliveryTimes,
  Outcome,
} from "../../application/deliveries/delivery-log.ts";
import { type Database, schema } from "./database.ts";
import { endingsStatement, endingValues } from "./delivery-endings.ts";
import { Gatherer } from "./gatherer.ts";

interface Row {
  readonly chat_id: string;
  readonly message_id: string;
  readonly user_id: string;
  readonly state: "awaited" | "held" | "posting" | "delivered" | "suppressed" | "dead";
  readonly reason: string | null;
  readonly post_id: string | null;
  readonly channel_id: string | null;
  readonly intended_at_ms: number | null;
  readonly changed_at_ms: number | null;
  readonly times: DeliveryTimes;
}

interface Intent {
  readonly key: DeliveryKey;
  readonly channelId: string;
  readonly times: DeliveryTimes;
}

const table = `${schema}.deliveries`;
const sameDelivery = "chat_id = $1 AND message_id = $2 AND user_id = $3";

/** How every message ended for every recipient, one row each. */
export class PostgresDeliveryLog implements DeliveryLog {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #intents: Gatherer<Intent, boolean>;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#intents = new Gatherer((intents) => this.#intend(intents));
  }

  async find(key: DeliveryKey): Promise<DeliveryRecord | undefined> {
    const [row] = await this.#database.query<Row>(
      `SELECT * FROM ${table} WHERE ${sameDelivery}`,
      keyValues(key),
    );
    return row === undefined ? undefined : toRecord(row);
  }

  /** One statement: of two nodes that intend the same delivery, one is first and the other sees its record. */
  async intend(
    key: DeliveryKey,
    channelId: string,
    times: DeliveryTimes,
  ): Promise<"first" | "departed" | DeliveryRecord> {
    const [isFirst] = await this.#intents.add([{ key, channelId, times }]);
    if (isFirst === true) return "first";
    // Nothing but retention removes rows, and it spares those of today.
    return (await this.find(key)) ?? "departed";
  }

  async #intend(intents: readonly Intent[]): Promise<readonly boolean[]> {
    const rows = await this.#database.query<{ key: string }>(
      `INSERT INTO ${table} (chat_id, message_id, user_id, state, channel_id, intended_at_ms, times, ended_at_ms)
       SELECT intent.chat_id, intent.message_id, intent.user_id, 'posting', intent.channel_id, $6, intent.times::jsonb, $6
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS intent (chat_id, message_id, user_id, channel_id, times)
       JOIN ${schema}.connections ON connections.user_id = intent.user_id
       ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING RETURNING chat_id || '/' || message_id || '/' || user_id AS key`,
      [
        intents.map(({ key }) => key.chatId),
        intents.map(({ key }) => key.messageId),
        intents.map(({ key }) => key.userId),
        intents.map(({ channelId }) => channelId),
        intents.map(({ times }) => JSON.stringify(times)),
        this.#clock.now(),
      ],
    );
    const first = new Set(rows.map(({ key }) => key));
    // Of two that intend the same at once, one was first.
    return intents.map(({ key }) => first.delete(`${key.chatId}/${key.messageId}/${key.userId}`));
  }

  async setUnderWay(key: DeliveryKey, channelId: string): Promise<void> {
    await this.#database.query(
      `UPDATE ${table} SET state = 'posting', reason = NULL, intended_at_ms = $4, channel_id = $5
       WHERE ${sameDelivery} AND state <> 'delivered'`,
      [...keyValues(key), this.#clock.now(), channelId],
    );
  }

  async setEnded(key: DeliveryKey): Promise<void> {
    await this.#database.query(
      `UPDATE ${table} SET state = 'posting', reason = NULL, intended_at_ms = NULL
       WHERE ${sameDelivery} AND state <> 'delivered'`,
      keyValues(key),
    );
  }

  async noteChange(key: DeliveryKey, changedAtMs: number, times: DeliveryTimes): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} AS known (chat_id, message_id, user_id, state, changed_at_ms, times, ended_at_ms)
       VALUES ($1, $2, $3, 'awaited', $4, $5, $6)
       ON CONFLICT (chat_id, message_id, user_id) DO UPDATE SET changed_at_ms = excluded.changed_at_ms
       WHERE known.changed_at_ms IS NULL OR known.changed_at_ms < excluded.changed_at_ms`,
      [...keyValues(key), changedAtMs, JSON.stringify(times), this.#clock.now()],
    );
  }

  async finish(key: DeliveryKey, outcome: Outcome, times: DeliveryTimes): Promise<void> {
    await this.#database.query(endingsStatement, endingValues([{ key, outcome, times }], this.#clock.now()));
  }

  async ofPerson(
    userId: string,
    limit: number,
    without: readonly string[],
  ): Promise<readonly DeliveryRecord[]> {
    const sql = `SELECT * FROM ${table} WHERE user_id = $1 AND state <> 'awaited'
       AND NOT (state = 'suppressed' AND reason = ANY($3)) ORDER BY ended_at_ms DESC LIMIT $2`;
    return (await this.#database.query<Row>(sql, [userId, limit, without])).map(toRecord);
  }

  async recent(limit: number): Promise<readonly DeliveryRecord[]> {
    const sql = `SELECT * FROM ${table} WHERE state <> 'awaited' ORDER BY ended_at_ms DESC LIMIT $1`;
    return (await this.#database.query<Row>(sql, [limit])).map(toRecord);
  }
}

function keyValues(key: DeliveryKey): readonly [string, string, string] {
  return [key.chatId, key.messageId, key.userId];
}

function toRecord(row: Row): DeliveryRecord {
  return {
    chatId: row.chat_id,
    messageId: row.message_id,
    userId: row.user_id,
    outcome: toOutcome(row),
    channelId: row.channel_id ?? undefined,
    intendedAtMs: row.intended_at_ms ?? undefined,
    changedAtMs: row.changed_at_ms ?? undefined,
    times: row.times,
  };
}

function toOutcome(row: Row): DeliveryRecord["outcome"] {
  switch (row.state) {
    case "awaited":
    case "posting":
      return { kind: row.state };
    case "delivered":
      return { kind: "delivered", postId: row.post_id ?? "", because: row.reason ?? undefined };
    case "held":
    case "suppressed":
    case "dead":
      return { kind: row.state, reason: row.reason ?? "" };
  }
}
