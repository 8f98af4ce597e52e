import { applicationOwner } from "../../application/access/access-ports.ts";
import type { Clock } from "../../application/clock.ts";
import { type Database, schema } from "./database.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** Time to notice a fault, repair it and replay what was given up. */
const deadEntriesMs = 14 * dayMs;
/** What is held waits for seven days at most, and then its reader may have seen it; nobody asks what was noticed before. */
const sightingsMs = 8 * dayMs;
/** Edits and deletions of older messages no longer find their post. Rows are small: ids and times. */
const deliveriesMs = 90 * dayMs;
/** A chat that was silent for so long begins a new thread, near the newest posts. */
const threadsMs = 90 * dayMs;

/** Removes what served its purpose, so that no table grows without bound. Resolves to the number of rows removed. */
export async function removeOld(database: Database, clock: Clock): Promise<number> {
  const nowMs = clock.now();
  const [row] = await database.query<{ removed: number }>(
    `WITH entries AS (
       DELETE FROM ${schema}.inbox WHERE state = 'dead' AND ended_at_ms < $1 RETURNING 1
     ), deliveries AS (
       DELETE FROM ${schema}.deliveries WHERE ended_at_ms < $2 RETURNING 1
     ), sign_ins AS (
       DELETE FROM ${schema}.sign_ins WHERE expires_at_ms < $3 RETURNING 1
     ), sightings AS (
       DELETE FROM ${schema}.sightings WHERE seen_at_ms < $4 RETURNING 1
     ), copies AS (
       DELETE FROM ${schema}.copied_files WHERE ended_at_ms < $1 RETURNING 1
     ), threads AS (
       DELETE FROM ${schema}.chat_threads WHERE used_at_ms < $6 RETURNING 1
     ), refusals AS (
       DELETE FROM ${schema}.access_problems WHERE owner <> $5
         AND NOT EXISTS (SELECT 1 FROM ${schema}.connections WHERE user_id = owner) RETURNING 1
     )
     SELECT (SELECT count(*) FROM entries) + (SELECT count(*) FROM deliveries) + (SELECT count(*) FROM sign_ins)
       + (SELECT count(*) FROM sightings) + (SELECT count(*) FROM threads) + (SELECT count(*) FROM refusals)
       + (SELECT count(*) FROM copies) AS removed`,
    [
      nowMs - deadEntriesMs,
      nowMs - deliveriesMs,
      nowMs,
      nowMs - sightingsMs,
      applicationOwner,
      nowMs - threadsMs,
    ],
  );
  return row?.removed ?? 0;
}
