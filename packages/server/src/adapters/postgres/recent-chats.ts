import type { RecentChats } from "../../application/chats/chat-ports.ts";
import { type Database, schema } from "./database.ts";

/** A person with more in a short time reads of their busiest chats; a page of the index holds hundreds. */
const rowsRead = 2_000;

/** A person's chats as the record of deliveries tells of them. */
export class PostgresRecentChats implements RecentChats {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(userId: string, limit: number): Promise<readonly string[]> {
    const rows = await this.#database.query<{ chat_id: string }>(
      `SELECT chat_id FROM (
         SELECT chat_id, ended_at_ms FROM ${schema}.deliveries
         WHERE user_id = $1 AND state <> 'awaited' AND reason IS DISTINCT FROM 'self-chat'
         ORDER BY ended_at_ms DESC LIMIT ${rowsRead}
       ) AS newest
       GROUP BY chat_id ORDER BY max(ended_at_ms) DESC, chat_id LIMIT $2`,
      [userId, limit],
    );
    return rows.map(({ chat_id }) => chat_id);
  }
}
