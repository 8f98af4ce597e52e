import type { EncryptedContent, InboxWork } from "../../application/ports.ts";
import { type Database, schema } from "./database.ts";

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
  readonly due_at_ms: number;
}

/** A waiting entry and when it may be tried. */
export interface WaitingWork {
  readonly work: InboxWork;
  readonly dueAtMs: number;
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
  { nowMs, holdFor }: { readonly nowMs: number; readonly holdFor: number },
): Promise<readonly WaitingWork[]> {
  const rows = await database.query<Row>(
    `SELECT * FROM ${schema}.inbox WHERE state = 'pending' AND lane = $1 AND (attempts < $3 OR due_at_ms <= $2)
     ORDER BY id LIMIT ${rowsPerLook}`,
    [lane, nowMs, holdFor],
  );
  return rows.map((row) => ({ work: toWork(row), dueAtMs: row.due_at_ms }));
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
  atMs: number,
  code: string,
): Promise<void> {
  await database.query(
    `UPDATE ${schema}.inbox SET attempts = attempts + 1, due_at_ms = $2, failure = $3 WHERE id = $1`,
    [id, Math.round(atMs), code],
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
