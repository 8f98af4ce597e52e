import { expect, test } from "bun:test";
import { Database, maxPoolConnections, schema } from "./database.ts";
import { connectionsLeft, migratedDatabase, silentLog } from "./testing/database.ts";
import { cutConnections } from "./testing/inbox-node.ts";

const table = `${schema}.changing`;

/** A database of one connection, so that a test knows which one answers. */
function oneConnection(url: string, isLazy = false): Database {
  return new Database({ dataSource: url, log: silentLog, maxConnections: 1, isLazy });
}

/** As in earnest: the server of tests never waits for its disk. */
async function commitToDisk(database: Database): Promise<void> {
  await database.query(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = on', current_database()); END $$`,
  );
}

test("a statement is prepared once for each connection, under a name that is the same everywhere", async () => {
  await using fresh = await migratedDatabase();
  await using one = oneConnection(fresh.url);
  await using other = oneConnection(fresh.url);
  const sql = "SELECT $1::text AS said";
  for (const database of [one, one, one, other])
    expect(await database.query(sql, ["hello"])).toEqual([{ said: "hello" }]);
  const prepared =
    "SELECT name, generic_plans + custom_plans AS times FROM pg_prepared_statements WHERE statement = $1";
  const [[here], [there]] = [await one.query(prepared, [sql]), await other.query(prepared, [sql])];
  expect([here?.times, there?.times]).toEqual([3, 1]);
  expect(here?.name).toBe(there?.name);
});

test("different statements have different names, and the same text with other values has one", async () => {
  await using fresh = await migratedDatabase();
  await using database = oneConnection(fresh.url);
  for (const number of [1, 2, 3]) {
    expect(await database.query("SELECT $1::integer + 1 AS sum", [number])).toEqual([{ sum: number + 1 }]);
    expect(await database.query("SELECT $1::integer + 2 AS sum", [number])).toEqual([{ sum: number + 2 }]);
  }
  const prepared = await database.query<{ name: string }>(
    "SELECT DISTINCT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::integer +%'",
  );
  expect(prepared).toHaveLength(2);
  for (const { name } of prepared) expect(name).toStartWith("msteams_");
});

test("a statement whose plan another session's migration made outdated is answered, as often as it is asked", async () => {
  await using fresh = await migratedDatabase();
  await using database = oneConnection(fresh.url);
  await fresh.database.query(`CREATE TABLE ${table} (id integer PRIMARY KEY)`);
  const insert = `INSERT INTO ${table} (id) VALUES ($1) RETURNING *`;
  const select = `SELECT * FROM ${table} ORDER BY id`;
  expect(await database.query(insert, [1])).toEqual([{ id: 1 }]);
  expect(await database.query(select)).toEqual([{ id: 1 }]);
  await fresh.database.query(`ALTER TABLE ${table} ADD COLUMN note text DEFAULT 'new'`);
  // The plan is really outdated, or nothing of this would be shown.
  const [{ name } = { name: "" }] = await database.query<{ name: string }>(
    "SELECT name FROM pg_prepared_statements WHERE statement = $1",
    [select],
  );
  const refused = await database.pool.query(`EXECUTE ${name}`).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "0A000" });
  for (const id of [2, 3]) expect(await database.query(insert, [id])).toEqual([{ id, note: "new" }]);
  const rows = [1, 2, 3].map((id) => ({ id, note: "new" }));
  expect(await database.query(select)).toEqual(rows);
  expect(await database.query(select)).toEqual(rows);
});

test("a statement that is refused is told by its code and not asked twice", async () => {
  await using fresh = await migratedDatabase();
  await using database = oneConnection(fresh.url);
  await fresh.database.query(`CREATE SEQUENCE ${schema}.asked`);
  const error = await database
    .query(`SELECT 1 / (nextval('${schema}.asked') - $1::bigint)`, [1])
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError", code: "query-failed" });
  expect(await database.query(`SELECT last_value FROM ${schema}.asked`)).toEqual([{ last_value: 1 }]);
});

test("only a lazy database is answered before its commits are on disk", async () => {
  await using fresh = await migratedDatabase();
  await commitToDisk(fresh.database);
  await using lazy = oneConnection(fresh.url, true);
  await using plain = oneConnection(fresh.url);
  const sql = "SHOW synchronous_commit";
  expect(await plain.query(sql)).toEqual([{ synchronous_commit: "on" }]);
  expect(await lazy.query(sql)).toEqual([{ synchronous_commit: "off" }]);
  const inSession = await lazy.withConnection(async (client) => (await client.query(sql)).rows);
  expect(inSession).toEqual([{ synchronous_commit: "off" }]);
});

test("a lazy database's next connection is lazy as well", async () => {
  await using fresh = await migratedDatabase();
  await commitToDisk(fresh.database);
  await using lazy = oneConnection(fresh.url, true);
  const pid = "SELECT pg_backend_pid() AS pid";
  const before = await lazy.query(pid);
  await cutConnections(fresh.database);
  // The connection that was cut may answer once more, by failing.
  const sql = "SHOW synchronous_commit";
  const answer = await lazy.query(sql).catch(() => lazy.query(sql));
  expect(answer).toEqual([{ synchronous_commit: "off" }]);
  expect(await lazy.query(pid)).not.toEqual(before);
});

test("a database takes no more connections than it may, and what waits is answered in turn", async () => {
  await using fresh = await migratedDatabase();
  await using database = new Database({ dataSource: fresh.url, log: silentLog });
  const pids = await Promise.all(
    Array.from({ length: 40 }, () => database.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")),
  );
  expect(new Set(pids.map(([row]) => row?.pid)).size).toBeLessThanOrEqual(maxPoolConnections);
});

test("a statement that has no answer in time fails, and holds up neither the next nor the end", async () => {
  await using fresh = await migratedDatabase();
  await using database = new Database({
    dataSource: fresh.url,
    log: silentLog,
    maxConnections: 1,
    answerMs: 500,
  });
  const error = await database.query("SELECT pg_sleep($1)", [3_600]).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError", code: "unreachable" });
  expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  const last = database.query("SELECT pg_sleep($1)", [3_600]).catch((caught: unknown) => caught);
  await database[Symbol.asyncDispose]();
  expect(await last).toMatchObject({ code: "unreachable" });
});

test("a connection whose work failed is given up with all it held", async () => {
  await using fresh = await migratedDatabase();
  await using database = oneConnection(fresh.url);
  const failed = await database
    .withConnection(async (client) => {
      await client.query("SELECT pg_advisory_lock(7)");
      throw new Error("broken");
    })
    .catch((caught: unknown) => caught);
  expect(failed).toMatchObject({ name: "PostgresError" });
  await fresh.database.withConnection((client) => client.query("SELECT pg_advisory_lock(7)"));
  expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("an ended database keeps no connection, and its end may be asked for twice", async () => {
  await using fresh = await migratedDatabase();
  const database = new Database({ dataSource: fresh.url, log: silentLog });
  await database.query("SELECT 1");
  await Promise.all([database[Symbol.asyncDispose](), database[Symbol.asyncDispose]()]);
  expect(await connectionsLeft(fresh.database)).toBe(0);
});
