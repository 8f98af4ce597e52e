import { SQL } from "bun";
import { schema } from "../packages/server/src/adapters/postgres/database.ts";
import { inboxCapacity } from "../packages/server/src/application/notifications/inbox-room.ts";

const inbox = `${schema}.inbox`;

/** Sessions that never rest: two compute, one writes and commits, as a Mattermost at its limits does. */
const statements = [
  "SELECT count(*) FROM generate_series(1, 400000) AS number WHERE md5(number::text) LIKE 'a%'",
  "SELECT count(*) FROM generate_series(1, 400000) AS number WHERE md5(number::text) LIKE 'b%'",
  "INSERT INTO bench_noise SELECT number, repeat('x', 500) FROM generate_series(1, 2000) AS number",
];

/** Keeps the database busy until disposed. */
export async function keepBusy(dataSource: string): Promise<AsyncDisposable> {
  const sql = new SQL(dataSource, { max: statements.length });
  await sql.unsafe("CREATE TABLE IF NOT EXISTS bench_noise (number integer, filling text)");
  let isDone = false;
  const work = statements.map(async (statement) => {
    while (!isDone) await sql.unsafe(statement);
  });
  return {
    async [Symbol.asyncDispose]() {
      isDone = true;
      await Promise.all(work);
      await sql.unsafe("DROP TABLE bench_noise");
      await sql.close();
    },
  };
}

/** As many entries as may wait, which wait for a time to come until they are taken away again. */
export async function fillInbox(dataSource: string): Promise<AsyncDisposable> {
  const sql = new SQL(dataSource, { max: 1 });
  await sql.unsafe(
    `INSERT INTO ${inbox} (dedupe_key, lane, subscription_id, change_type, resource, tenant_id, received_at_ms, stored_at_ms, due_at_ms)
     SELECT 'bench ' || number, 'bench ' || number, '', 'created', '', '', 0, 0, 9e15 FROM generate_series(1, ${inboxCapacity}) AS number`,
  );
  return {
    async [Symbol.asyncDispose]() {
      await sql.unsafe(`DELETE FROM ${inbox} WHERE dedupe_key LIKE 'bench %'`);
      await sql.close();
    },
  };
}
