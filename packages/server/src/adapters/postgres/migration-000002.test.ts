import { expect, test } from "bun:test";
import { testDatabases } from "@msteams-notifications/local-postgres/testing";
import { shareOf } from "../../application/inbox/lane-share.ts";
import { Database, schema } from "./database.ts";
import { migrate } from "./migrate.ts";
import first from "./migrations/000001.sql" with { type: "text" };
import { silentLog } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { inboxOn, systemClock } from "./testing/inbox-node.ts";

const empty = testDatabases(async () => undefined);

test("an inbox of the first version keeps what waits and what was given up, in the shares of its lanes", async () => {
  await using fresh = await empty.create();
  await using database = new Database({ dataSource: fresh.url, log: silentLog });
  await database.pool.query(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}; ${first};
    CREATE TABLE migrations (number integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
    INSERT INTO migrations (number) VALUES (1); RESET search_path`);
  const lanes = ["19:a@thread.v2/reader", "19:ü/größe", "copies/0"];
  for (const [index, lane] of lanes.entries()) {
    for (const [offset, state] of ["pending", "done", "dead"].entries()) {
      const old = entry(lane, index * 3 + offset);
      await database.query(
        `INSERT INTO ${schema}.inbox (dedupe_key, lane, subscription_id, user_id, change_type, resource, tenant_id, content,
           received_at_ms, stored_at_ms, state, due_at_ms, ended_at_ms, failure)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, 1, 2, $9, 3, $10, $11)`,
        [
          old.dedupeKey,
          lane,
          old.subscriptionId,
          old.userId,
          old.changeType,
          old.resource,
          old.tenantId,
          state === "done" ? null : JSON.stringify(old.encryptedContent),
          state,
          state === "pending" ? null : 4,
          state === "dead" ? "gone" : null,
        ],
      );
    }
  }
  await migrate(database, silentLog);
  const inbox = inboxOn(database, systemClock);
  expect(await inbox.counts()).toEqual({ pending: 3, held: 0, dead: 3 });
  const rows = await database.query<{ lane: string; share: number }>(
    `SELECT lane, share FROM ${schema}.inbox ORDER BY id`,
  );
  expect(rows.map(({ share }) => share)).toEqual(rows.map(({ lane }) => shareOf(lane)));
  for (const [index, lane] of lanes.entries()) {
    const [waiting] = await inbox.waitingIn(lane, 6);
    expect(waiting?.work).toMatchObject({
      resource: entry(lane, index * 3).resource,
      encryptedContent: entry(lane, 0).encryptedContent,
    });
  }
});
