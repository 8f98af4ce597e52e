import type { Sightings } from "../../application/catch-up/catch-up-ports.ts";
import type {
  NotificationSwitches,
  ReaderHistories,
} from "../../application/notifications/notification-ports.ts";
import type { ReaderHistory } from "../../domain/delivery-policy.ts";
import { type Database, schema } from "./database.ts";

interface Row {
  readonly present_at_ms: number | null;
  readonly acted_at_ms: number | null;
  readonly on_since_ms: number | null;
}

/** In front of Teams, in no particular chat. */
const anywhere = "";

/** When people were noticed in Teams and when they turned notifications on. Rows go with the connection. */
export class PostgresReaderHistories implements ReaderHistories, Sightings, NotificationSwitches {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(userId: string, chatId: string): Promise<ReaderHistory> {
    const [row] = await this.#database.query<Row>(
      `SELECT max(seen_at_ms) FILTER (WHERE chat_id = '${anywhere}') AS present_at_ms,
         max(seen_at_ms) FILTER (WHERE chat_id = $2) AS acted_at_ms,
         (SELECT since_ms FROM ${schema}.notification_switches WHERE user_id = $1 AND is_on) AS on_since_ms
       FROM ${schema}.sightings WHERE user_id = $1 AND chat_id IN ('${anywhere}', $2)`,
      [userId, chatId],
    );
    return {
      presentAtMs: row?.present_at_ms ?? undefined,
      actedAtMs: row?.acted_at_ms ?? undefined,
      notificationsOnSinceMs: row?.on_since_ms ?? undefined,
    };
  }

  async notePresent(userIds: readonly string[], atMs: number): Promise<void> {
    await this.#note(
      userIds.map((userId) => ({ userId, chatId: anywhere })),
      userIds.map(() => atMs),
    );
  }

  async noteActs(userId: string, lastActs: ReadonlyMap<string, number>): Promise<void> {
    await this.#note(
      [...lastActs.keys()].map((chatId) => ({ userId, chatId })),
      [...lastActs.values()],
    );
  }

  /** People switch while the plugin may be stopped, so what is noted is what is found; nothing new changes nothing. */
  async noteSwitch(userId: string, isOn: boolean, nowMs: number): Promise<void> {
    const table = `${schema}.notification_switches`;
    if (isOn) {
      await this.#database.query(
        `UPDATE ${table} SET is_on = true, since_ms = $2 WHERE user_id = $1 AND NOT is_on`,
        [userId, nowMs],
      );
      return;
    }
    await this.#database.query(
      `INSERT INTO ${table} AS known (user_id, is_on, since_ms)
       SELECT user_id, false, $2 FROM ${schema}.connections WHERE user_id = $1
       ON CONFLICT (user_id) DO UPDATE SET is_on = false, since_ms = excluded.since_ms WHERE known.is_on`,
      [userId, nowMs],
    );
  }

  /** As if everybody whose notifications are on had turned them on now. */
  async noteSwitchedOnForAll(nowMs: number): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${schema}.notification_switches AS known (user_id, is_on, since_ms)
       SELECT user_id, true, $1 FROM ${schema}.connections ORDER BY user_id
       ON CONFLICT (user_id) DO UPDATE SET since_ms = excluded.since_ms WHERE known.is_on`,
      [nowMs],
    );
  }

  async #note(
    where: readonly { readonly userId: string; readonly chatId: string }[],
    times: readonly number[],
  ): Promise<void> {
    if (where.length === 0) return;
    await this.#database.query(
      `INSERT INTO ${schema}.sightings AS known (user_id, chat_id, seen_at_ms)
       SELECT user_id, seen.chat_id, seen.at_ms
       FROM unnest($1::text[], $2::text[], $3::bigint[]) AS seen (user_id, chat_id, at_ms)
       JOIN ${schema}.connections USING (user_id) ORDER BY user_id, seen.chat_id
       ON CONFLICT (user_id, chat_id) DO UPDATE SET seen_at_ms = excluded.seen_at_ms
       WHERE known.seen_at_ms < excluded.seen_at_ms`,
      [where.map(({ userId }) => userId), where.map(({ chatId }) => chatId), times],
    );
  }
}
