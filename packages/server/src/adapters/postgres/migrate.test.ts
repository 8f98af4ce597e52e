import { expect, test } from "bun:test";
import { randomBytes } from "node:crypto";
import { testDatabases } from "@msteams-notifications/local-postgres/testing";
import { Database, schema } from "./database.ts";
import { migrate } from "./migrate.ts";
import { PostgresError } from "./postgres-error.ts";
import { migratedDatabase, silentLog } from "./testing/database.ts";

const empty = testDatabases(async () => undefined);

test("several nodes that migrate at once leave one schema, each migration applied once", async () => {
  await using fresh = await empty.create();
  const nodes = [1, 2, 3].map(
    () => new Database({ dataSource: fresh.url, log: silentLog, maxConnections: 3 }),
  );
  await Promise.all(nodes.map((node) => migrate(node, silentLog)));
  const [node] = nodes;
  const applied = await node?.query(`SELECT number FROM ${schema}.migrations ORDER BY number`);
  expect(applied).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 }]);
  await Promise.all(nodes.map((each) => each[Symbol.asyncDispose]()));
});

test("an up-to-date database is left as it is", async () => {
  await using fresh = await migratedDatabase();
  await migrate(fresh.database, silentLog);
  expect(await fresh.database.query(`SELECT count(*) FROM ${schema}.migrations`)).toEqual([{ count: 4 }]);
});

test("a migration is applied wherever it is missing, whatever its number", async () => {
  await using fresh = await migratedDatabase();
  const { database } = fresh;
  await database.query(`DROP INDEX ${schema}.deliveries_by_person`);
  await database.query(`DELETE FROM ${schema}.migrations WHERE number = 3`);
  await migrate(database, silentLog);
  const index = await database.query("SELECT 1 FROM pg_indexes WHERE indexname = 'deliveries_by_person'");
  expect(index.length).toBe(1);
});

test("a role that may not create schemas uses those made for it", async () => {
  await using fresh = await empty.create();
  await using owner = new Database({ dataSource: fresh.url, log: silentLog, maxConnections: 1 });
  const role = `limited_${randomBytes(6).toString("hex")}`;
  await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  const url = new URL(fresh.url);
  url.username = role;
  url.password = role;
  {
    await using limited = new Database({ dataSource: url.href, log: silentLog });
    const refused = await migrate(limited, silentLog).catch((caught: unknown) => caught);
    expect(refused).toMatchObject({ code: "query-failed", message: expect.stringContaining("42501") });
    await owner.query(`CREATE SCHEMA ${schema} AUTHORIZATION ${role}`);
    await migrate(limited, silentLog);
    expect(await limited.query(`SELECT count(*) FROM ${schema}.migrations`)).toEqual([{ count: 4 }]);
  }
  await owner.query(`DROP OWNED BY ${role}`);
  await owner.query(`DROP ROLE ${role}`);
});

test("a database of a newer version is refused", async () => {
  await using fresh = await migratedDatabase();
  await fresh.database.query(`INSERT INTO ${schema}.migrations (number) VALUES (1000)`);
  const error = await migrate(fresh.database, silentLog).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(PostgresError);
  expect(error).toMatchObject({ code: "schema-too-new" });
});

test("an unreachable database is a typed error within the time Graph allows", async () => {
  await using database = new Database({ dataSource: "postgres://nobody@127.0.0.1:1/none", log: silentLog });
  const error = await migrate(database, silentLog).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "PostgresError", code: "unreachable" });
});
