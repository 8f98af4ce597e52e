import type { InboxWork } from "../../application/inbox/inbox.ts";
import type { EncryptedContent } from "../../application/notifications/encrypted-content.ts";
import { type Database, databaseNowMs, schema } from "./database.ts";

interface Row {
  readonly id: number;
  readonly dedupe_key: string;
  readonly lane: string;
  readonly subscription_id: string;
  readonly user_id: string | null;
  readonly change_type: InboxWork["changeType"];
  readonly resource: string;
  readonly tenant_id: string;
  readonly content: EncryptedContent | null;
  readonly received_at_ms: number;
  readonly stored_at_ms: number;
  readonly attempts: number;
  readonly due_in_ms: number;
}

/** A waiting entry and in what time it may be tried, zero or less when it is due. */
export interface WaitingWork {
  readonly work: InboxWork;
  readonly dueInMs: number;
}

/** Rows hold a message of some kilobytes each; a few at a time keep memory flat however long the lane is. */
export const rowsPerLook = 20;

/**
 * After so many failures (about half a minute) an entry no longer holds up those behind it: a late message in the
 * wrong place is better than a silent chat.
 */
export const attemptsThatHoldOrder = 6;

/** The next entries of a lane in order, without those that lost their place (all with `holdFor` failures) and are not due. */
export async function waitingIn(
  database: Database,
  lane: string,
  { holdFor }: { readonly holdFor: number },
): Promise<readonly WaitingWork[]> {
  const rows = await database.query<Row>(
    `SELECT *, due_at_ms - ${databaseNowMs} AS due_in_ms FROM ${schema}.inbox
     WHERE state = 'pending' AND lane = $1 AND (attempts < $2 OR due_at_ms <= ${databaseNowMs})
     ORDER BY id LIMIT ${rowsPerLook}`,
    [lane, holdFor],
  );
  return rows.map((row) => ({ work: toWork(row), dueInMs: row.due_in_ms }));
}

/** Ends entries. Their content is of no use any more and is dropped. */
export async function markDone(database: Database, ids: readonly number[], nowMs: number): Promise<void> {
  if (ids.length === 0) return;
  await database.query(
    `UPDATE ${schema}.inbox SET state = 'done', content = NULL, ended_at_ms = $2, failure = NULL WHERE id = ANY($1)`,
    [ids, nowMs],
  );
}

export async function markForRetry(
  database: Database,
  id: number,
  inMs: number,
  code: string,
): Promise<void> {
  await database.query(
    `UPDATE ${schema}.inbox SET attempts = attempts + 1, due_at_ms = ${databaseNowMs} + $2::bigint, failure = $3 WHERE id = $1`,
    [id, Math.round(inMs), code],
  );
}

/** Gives an entry up. Its content, still encrypted, stays for a replay until retention removes it. */
export async function markDead(database: Database, id: number, reason: string, nowMs: number): Promise<void> {
  await database.query(
    `UPDATE ${schema}.inbox SET state = 'dead', attempts = attempts + 1, ended_at_ms = $2, failure = $3 WHERE id = $1`,
    [id, nowMs, reason],
  );
}

function toWork(row: Row): InboxWork {
  return {
    id: row.id,
    dedupeKey: row.dedupe_key,
    lane: row.lane,
    subscriptionId: row.subscription_id,
    userId: row.user_id ?? undefined,
    changeType: row.change_type,
    resource: row.resource,
    tenantId: row.tenant_id,
    encryptedContent: row.content ?? undefined,
    receivedAtMs: row.received_at_ms,
    storedAtMs: row.stored_at_ms,
    attempts: row.attempts,
  };
}
