import type { LateInbox, MayBeKnown } from "../../application/catch-up/catch-up-ports.ts";
import type { Clock } from "../../application/clock.ts";
import type { Ending } from "../../application/deliveries/delivery-log.ts";
import type { InboxEntry, InboxWork } from "../../application/inbox/inbox.ts";
import {
  entriesPerLook,
  entriesPerRelease,
  type InboxStore,
  type Stored,
  type Storing,
  type WaitingWork,
} from "../../application/inbox/inbox-store.ts";
import { shareOf } from "../../application/inbox/lane-share.ts";
import type { Arrivals } from "../../application/inbox/lane-shares.ts";
import type { Backlog } from "../../application/integration.ts";
import type { EncryptedContent } from "../../application/notifications/encrypted-content.ts";
import { chatMessageIdsOf } from "../../domain/resource-path.ts";
import { type Database, databaseNowMs, schema } from "./database.ts";
import { endingsStatement, endingValues } from "./delivery-endings.ts";
import { Gatherer } from "./gatherer.ts";
import { laneSignals, signalChannel } from "./signals.ts";

const table = `${schema}.inbox`;
const deliveries = `${schema}.deliveries`;

/**
 * Stores what is new. An entry that has ended is gone from here, so that the record of its delivery tells a repetition. Sorting
 * by key gives concurrent statements one order of locks, so that they cannot deadlock; keys of a lane begin alike and end
 * with the message's time, so it is also the order of sending.
 */
const storeEntries = `
WITH incoming AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::bigint[], $11::text[], $12::text[]) AS entry (
    dedupe_key, lane, share, subscription_id, user_id, change_type, resource, tenant_id, content, received_at_ms, chat_id, message_id
  )
), stored AS (
  INSERT INTO ${table} (dedupe_key, lane, share, subscription_id, user_id, change_type, resource, tenant_id, content,
    received_at_ms, stored_at_ms, due_at_ms)
  SELECT dedupe_key, lane, share, subscription_id, user_id, change_type, resource, tenant_id, content, received_at_ms, $13::bigint,
    ${databaseNowMs}
  FROM incoming
  WHERE NOT EXISTS (
    SELECT 1 FROM ${deliveries} AS known
    WHERE known.chat_id = incoming.chat_id AND known.message_id = incoming.message_id AND known.user_id = incoming.user_id
      AND CASE incoming.change_type WHEN 'created' THEN known.state IN ('delivered', 'suppressed', 'held')
        WHEN 'updated' THEN known.state = 'suppressed' WHEN 'deleted' THEN known.state = 'suppressed' ELSE false END
  )
  ORDER BY dedupe_key
  ON CONFLICT (dedupe_key) DO NOTHING
  RETURNING id, dedupe_key
), told AS (
  SELECT pg_notify('${signalChannel}', payload) FROM unnest($14::text[]) AS payload
)
SELECT id, dedupe_key AS "dedupeKey" FROM stored WHERE (SELECT count(*) FROM told) >= 0`;

/**
 * Entries that lost their place and are not due come after all others, and only the earliest is asked for. Both halves go by
 * one time, or an entry that becomes due between them would be in neither.
 */
const lookIntoLane = `
WITH clock AS MATERIALIZED (SELECT ${databaseNowMs} AS now_ms)
(SELECT inbox.*, due_at_ms - now_ms AS due_in_ms, false AS has_lost_place FROM ${table} AS inbox, clock
  WHERE state = 'pending' AND lane = $1 AND (attempts < $2 OR due_at_ms <= now_ms) ORDER BY id LIMIT ${entriesPerLook})
UNION ALL
(SELECT inbox.*, due_at_ms - now_ms AS due_in_ms, true AS has_lost_place FROM ${table} AS inbox, clock
  WHERE state = 'pending' AND lane = $1 AND attempts >= $2 AND due_at_ms > now_ms ORDER BY due_at_ms LIMIT 1)
LIMIT ${entriesPerLook}`;

/** What is brought again must not be known as waiting, nor by what became of it for its reader. */
const unknownKeys = `
SELECT key FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS asked (key, chat_id, message_id, user_id, change_type)
WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE dedupe_key = asked.key)
  AND NOT EXISTS (
    SELECT 1 FROM ${deliveries} AS known
    WHERE known.chat_id = asked.chat_id AND known.message_id = asked.message_id AND known.user_id = asked.user_id
      AND CASE asked.change_type WHEN 'created' THEN known.state <> 'awaited' ELSE known.state = 'suppressed' END
  )`;

/** A copy, sealed as the entry is, in its lane and outside of its order. Holding once more until the same time changes nothing. */
const holdEntry = `
INSERT INTO ${table} (dedupe_key, lane, share, subscription_id, user_id, change_type, resource, tenant_id, content, received_at_ms,
  stored_at_ms, due_at_ms, held_at_ms, state)
SELECT $2 || '/' || resource || '/held/' || $3::bigint, lane, share, subscription_id, $2, change_type, resource, tenant_id, content,
  received_at_ms, stored_at_ms, $3::bigint, coalesce(held_at_ms, $4::bigint), 'held'
FROM ${table} WHERE id = $1 ON CONFLICT (dedupe_key) DO NOTHING`;

const release = `UPDATE ${table} SET state = 'pending', due_at_ms = ${databaseNowMs}`;

/** Those due first go first, so that the rest is not forgotten when there are more than one statement takes. */
const releaseDue = `
WITH due AS (
  SELECT id FROM ${table} WHERE state = 'held' AND share = ANY($1::smallint[]) AND due_at_ms <= $2::bigint
  ORDER BY due_at_ms, id LIMIT ${entriesPerRelease} FOR UPDATE SKIP LOCKED
)
${release} WHERE id IN (SELECT id FROM due) RETURNING lane`;

const endEntries = `WITH ended AS (${endingsStatement}) DELETE FROM ${table} WHERE id = ANY($9::bigint[])`;

interface Row {
  readonly id: number;
  readonly dedupe_key: string;
  readonly lane: string;
  readonly subscription_id: string;
  readonly user_id: string | null;
  readonly change_type: InboxWork["changeType"];
  readonly resource: string;
  readonly tenant_id: string;
  readonly content: string | null;
  readonly received_at_ms: number;
  readonly stored_at_ms: number;
  readonly attempts: number;
  readonly held_at_ms: number | null;
  readonly due_in_ms: number;
  readonly has_lost_place: boolean;
}

interface Incoming {
  readonly entry: InboxEntry;
  readonly isElsewhere: boolean;
}

interface Ended {
  readonly id: number;
  readonly endings: readonly Ending[];
}

/** Connections for what is waited for by whom. */
export interface InboxDatabases {
  readonly database: Database;
  /** For what Graph waits for. */
  readonly intake: Database;
  /** For what may be undone by a crash of the database: an entry that is there again is worked on again. */
  readonly lazy: Database;
}

/** Where notifications wait, in Mattermost's own PostgreSQL. */
export class PostgresInbox implements InboxStore, Pick<LateInbox, "unknown"> {
  readonly #databases: InboxDatabases;
  readonly #clock: Clock;
  readonly #arriving: Gatherer<Incoming, Stored | undefined>;
  readonly #ending: Gatherer<Ended, undefined>;

  constructor(databases: InboxDatabases, clock: Clock) {
    this.#databases = databases;
    this.#clock = clock;
    this.#arriving = new Gatherer((together) => this.#store(databases.intake, together, false));
    this.#ending = new Gatherer((together) => this.#end(together));
  }

  store(
    entries: readonly InboxEntry[],
    { elsewhere, isLate }: Storing,
  ): Promise<readonly (Stored | undefined)[]> {
    const incoming = entries.map((entry) => ({ entry, isElsewhere: elsewhere.has(entry.lane) }));
    return isLate ? this.#store(this.#databases.database, incoming, true) : this.#arriving.add(incoming);
  }

  async announce({ lanes, isLate }: Arrivals): Promise<void> {
    const sql = `SELECT pg_notify('${signalChannel}', payload) FROM unnest($1::text[]) AS payload`;
    await this.#databases.database.query(sql, [laneSignals(lanes, isLate)]);
  }

  async lanesIn(shares: readonly number[]): Promise<readonly string[]> {
    if (shares.length === 0) return [];
    const sql = `SELECT lane FROM ${table} WHERE state = 'pending' AND share = ANY($1::smallint[]) GROUP BY lane ORDER BY min(id)`;
    return (await this.#databases.database.query<{ lane: string }>(sql, [shares])).map(({ lane }) => lane);
  }

  async waitingIn(lane: string, holdFor: number): Promise<readonly WaitingWork[]> {
    return (await this.#databases.database.query<Row>(lookIntoLane, [lane, holdFor])).map((row) => ({
      work: toWork(row),
      dueInMs: row.due_in_ms,
      hasLostPlace: row.has_lost_place,
    }));
  }

  async end(id: number, endings: readonly Ending[]): Promise<void> {
    await this.#ending.add([{ id, endings }]);
  }

  async record(endings: readonly Ending[]): Promise<void> {
    await this.#databases.database.query(endingsStatement, endingValues(endings, this.#clock.now()));
  }

  async retry(id: number, inMs: number, code: string): Promise<void> {
    await this.#databases.lazy.query(
      `UPDATE ${table} SET attempts = attempts + 1, due_at_ms = ${databaseNowMs} + $2::bigint, failure = $3 WHERE id = $1`,
      [id, Math.round(inMs), code],
    );
  }

  async giveUp(id: number, reason: string): Promise<void> {
    await this.#databases.database.query(
      `UPDATE ${table} SET state = 'dead', attempts = attempts + 1, ended_at_ms = $2, failure = $3 WHERE id = $1`,
      [id, this.#clock.now(), reason],
    );
  }

  async hold(id: number, userId: string, untilMs: number): Promise<void> {
    await this.#databases.database.query(holdEntry, [id, userId, Math.round(untilMs), this.#clock.now()]);
  }

  async releaseDue(shares: readonly number[], nowMs: number): Promise<readonly string[]> {
    const rows = await this.#databases.database.query<{ lane: string }>(releaseDue, [shares, nowMs]);
    return rows.map(({ lane }) => lane);
  }

  /** In bulk it is in no hurry for others, but its reader waits for it. */
  async releaseOf(userId: string): Promise<void> {
    const sql = `${release} WHERE state = 'held' AND user_id = $1 RETURNING lane`;
    const rows = await this.#databases.database.query<{ lane: string }>(sql, [userId]);
    const lanes = [...new Set(rows.map(({ lane }) => lane))];
    if (lanes.length > 0) await this.announce({ lanes, isLate: false });
  }

  /** People for whom something is held until later than that. */
  async heldBeyond(atMs: number): Promise<readonly string[]> {
    const sql = `SELECT DISTINCT user_id AS "userId" FROM ${table} WHERE state = 'held' AND due_at_ms > $1 ORDER BY 1`;
    return (await this.#databases.database.query<{ userId: string }>(sql, [atMs])).map(
      ({ userId }) => userId,
    );
  }

  async nextRelease(shares: readonly number[]): Promise<number | undefined> {
    const sql = `SELECT min(due_at_ms) AS "dueAtMs" FROM ${table} WHERE state = 'held' AND share = ANY($1::smallint[])`;
    const [row] = await this.#databases.database.query<{ dueAtMs: number | null }>(sql, [shares]);
    return row?.dueAtMs ?? undefined;
  }

  async unknown(candidates: readonly MayBeKnown[]): Promise<ReadonlySet<string>> {
    if (candidates.length === 0) return new Set();
    const rows = await this.#databases.database.query<{ key: string }>(unknownKeys, [
      candidates.map(({ dedupeKey }) => dedupeKey),
      candidates.map(({ chatId }) => chatId),
      candidates.map(({ messageId }) => messageId),
      candidates.map(({ userId }) => userId),
      candidates.map(({ changeType }) => changeType),
    ]);
    return new Set(rows.map(({ key }) => key));
  }

  /** How many entries wait to be worked off, and how many are held; counts neither further than `limit`. */
  async pending(limit: number): Promise<{ readonly pending: number; readonly held: number }> {
    const count = (state: string) =>
      `(SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE state = '${state}' LIMIT $1) AS waiting) AS ${state}`;
    const sql = `SELECT ${count("pending")}, ${count("held")}`;
    const [row] = await this.#databases.database.query<{ pending: number; held: number }>(sql, [limit]);
    return row ?? { pending: 0, held: 0 };
  }

  /** Entries not worked off yet, those that are held, and those given up, for status and metrics. */
  async counts(): Promise<Backlog> {
    const [row] = await this.#databases.database.query<Backlog>(
      `SELECT (SELECT count(*) FROM ${table} WHERE state = 'held') AS held, (SELECT count(*) FROM ${table} WHERE state = 'pending') AS pending,
         (SELECT count(*) FROM ${table} WHERE state = 'dead') AS dead`,
    );
    return row ?? { pending: 0, held: 0, dead: 0 };
  }

  async #store(
    database: Database,
    incoming: readonly Incoming[],
    isLate: boolean,
  ): Promise<readonly (Stored | undefined)[]> {
    const entries = incoming.map(({ entry }) => entry);
    const elsewhere = new Set(
      incoming.flatMap(({ entry, isElsewhere }) => (isElsewhere ? [entry.lane] : [])),
    );
    const storedAtMs = this.#clock.now();
    const rows = await database.query<{ id: number; dedupeKey: string }>(storeEntries, [
      ...columnsOf(entries),
      storedAtMs,
      laneSignals([...elsewhere], isLate),
    ]);
    const fresh = new Map(rows.map(({ id, dedupeKey }) => [dedupeKey, id]));
    return entries.map(({ dedupeKey }) => {
      const id = fresh.get(dedupeKey);
      if (id === undefined) return undefined;
      // Of two requests that bring the same entry, one brought it first.
      fresh.delete(dedupeKey);
      return { id, storedAtMs };
    });
  }

  async #end(together: readonly Ended[]): Promise<readonly undefined[]> {
    const endings = together.flatMap((each) => each.endings);
    const ids = together.map(({ id }) => id);
    await this.#databases.lazy.query(endEntries, [...endingValues(endings, this.#clock.now()), ids]);
    return together.map(() => undefined);
  }
}

/** One array for each column of {@link storeEntries}. */
function columnsOf(entries: readonly InboxEntry[]): readonly unknown[] {
  const ids = entries.map(({ resource }) => chatMessageIdsOf(resource));
  return [
    entries.map(({ dedupeKey }) => dedupeKey),
    entries.map(({ lane }) => lane),
    entries.map(({ lane }) => shareOf(lane)),
    entries.map(({ subscriptionId }) => subscriptionId),
    entries.map(({ userId }) => userId ?? null),
    entries.map(({ changeType }) => changeType),
    entries.map(({ resource }) => resource),
    entries.map(({ tenantId }) => tenantId),
    entries.map(({ encryptedContent }) =>
      encryptedContent === undefined ? null : JSON.stringify(encryptedContent),
    ),
    entries.map(({ receivedAtMs }) => receivedAtMs),
    ids.map((each) => each?.chatId ?? null),
    ids.map((each) => each?.messageId ?? null),
  ];
}

function toWork(row: Row): InboxWork<never> {
  return {
    id: row.id,
    dedupeKey: row.dedupe_key,
    lane: row.lane,
    subscriptionId: row.subscription_id,
    userId: row.user_id ?? undefined,
    changeType: row.change_type,
    resource: row.resource,
    tenantId: row.tenant_id,
    encryptedContent: row.content === null ? undefined : (JSON.parse(row.content) as EncryptedContent),
    receivedAtMs: row.received_at_ms,
    storedAtMs: row.stored_at_ms,
    attempts: row.attempts,
    heldAtMs: row.held_at_ms ?? undefined,
    isUntouched: false,
  };
}
