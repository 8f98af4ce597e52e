import { expect, test } from "bun:test";
import { startPostgres } from "@msteams-notifications/local-postgres";
import { SQL } from "bun";
import { countingSettings, StatementCounter } from "./statements.ts";

test("what is sent to one database is counted, each statement once, and nothing that is sent to another", async () => {
  await using postgres = await startPostgres({ settings: countingSettings });
  await using counter = await StatementCounter.open(postgres.url, "watched");
  const [watched, other] = [await postgres.createDatabase("watched"), await postgres.createDatabase("other")];
  const [plugin, stranger] = [new SQL(watched, { max: 1 }), new SQL(other, { max: 1 })];
  await plugin.unsafe("CREATE TABLE crates (number integer)");
  const before = await counter.calls();
  await plugin.begin(async (transaction) => {
    for (const number of [1, 2]) await transaction.unsafe("INSERT INTO crates VALUES ($1)", [number]);
  });
  // A function's own statements are no round trips.
  await plugin.unsafe("DO $$ BEGIN PERFORM count(*) FROM crates; END $$");
  await stranger.unsafe("SELECT 1");
  // BEGIN, two of the same text, COMMIT, DO.
  expect((await counter.calls()) - before).toBe(5);
  const insert = (await counter.statements()).find(({ text }) => text.startsWith("INSERT"));
  expect(insert?.calls).toBe(2);
  await Promise.all([plugin.close(), stranger.close()]);
}, 30_000);
