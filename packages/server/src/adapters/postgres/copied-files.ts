import { createHash } from "node:crypto";
import type { Clock } from "../../application/clock.ts";
import type { Copied, CopiedFiles } from "../../application/copying/copying-ports.ts";
import type { DeliveryKey } from "../../application/deliveries/delivery-log.ts";
import type { CopyFailure } from "../../domain/copying/copy-failure.ts";
import { type Database, schema } from "./database.ts";

interface Row {
  readonly copyable_hash: string;
  readonly file_id: string | null;
  readonly failure: CopyFailure | null;
}

const table = `${schema}.copied_files`;

/** What became of the pictures and files of messages. Keys hold addresses of files, so only their hashes are kept. */
export class PostgresCopiedFiles implements CopiedFiles {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async of(
    { chatId, messageId, userId }: DeliveryKey,
    copyableKeys: readonly string[],
  ): Promise<ReadonlyMap<string, Copied>> {
    const rows = await this.#database.query<Row>(
      `SELECT copyable_hash, file_id, failure FROM ${table} WHERE chat_id = $1 AND message_id = $2 AND user_id = $3`,
      [chatId, messageId, userId],
    );
    const byHash = new Map(rows.map((row) => [row.copyable_hash, toCopied(row)]));
    return new Map(
      copyableKeys.flatMap((key) => {
        const copied = byHash.get(hashOf(key));
        return copied === undefined ? [] : [[key, copied] as const];
      }),
    );
  }

  async record(delivery: DeliveryKey, copyableKey: string, copied: Copied): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} (chat_id, message_id, user_id, copyable_hash, file_id, failure, ended_at_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [
        ...rowOf(delivery, copyableKey),
        copied.kind === "copied" ? copied.fileId : null,
        copied.kind === "failed" ? copied.failure : null,
        this.#clock.now(),
      ],
    );
  }

  async withdraw(delivery: DeliveryKey, copyableKey: string, failure: CopyFailure): Promise<void> {
    await this.#database.query(
      `UPDATE ${table} SET file_id = NULL, failure = $5
       WHERE chat_id = $1 AND message_id = $2 AND user_id = $3 AND copyable_hash = $4`,
      [...rowOf(delivery, copyableKey), failure],
    );
  }

  async filesOf({ chatId, messageId, userId }: DeliveryKey): Promise<readonly string[]> {
    const rows = await this.#database.query<{ readonly file_id: string }>(
      `SELECT file_id FROM ${table}
       WHERE chat_id = $1 AND message_id = $2 AND user_id = $3 AND file_id IS NOT NULL`,
      [chatId, messageId, userId],
    );
    return rows.map(({ file_id }) => file_id);
  }

  async forget({ chatId, messageId, userId }: DeliveryKey): Promise<void> {
    await this.#database.query(
      `DELETE FROM ${table} WHERE chat_id = $1 AND message_id = $2 AND user_id = $3`,
      [chatId, messageId, userId],
    );
  }
}

function rowOf({ chatId, messageId, userId }: DeliveryKey, copyableKey: string): readonly string[] {
  return [chatId, messageId, userId, hashOf(copyableKey)];
}

function hashOf(copyableKey: string): string {
  return createHash("sha256").update(copyableKey).digest("base64url");
}

function toCopied({ file_id: fileId, failure }: Row): Copied {
  return fileId === null ? { kind: "failed", failure: failure ?? "unreachable" } : { kind: "copied", fileId };
}
