import { SQL } from "bun";

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
