import { randomBytes } from "node:crypto";
import { escapeIdentifier } from "pg";
import { execute, startPostgres, withDatabase } from "../index.ts";

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

export interface TestDatabases {
  /** A fresh database, copied from the prepared template; dropped when disposed, which also cuts leaked connections. */
  create(): Promise<TestDatabase>;
}

let cluster: Promise<string> | undefined;

/**
 * One server for all tests of a process, started when the first database is asked for and ended with the process. Set
 * `TEST_POSTGRES_URL` to use a running server instead.
 */
function clusterUrl(): Promise<string> {
  const given = process.env.TEST_POSTGRES_URL;
  cluster ??= given === undefined ? startPostgres().then((postgres) => postgres.url) : Promise.resolve(given);
  return cluster;
}

/** Databases that `prepare` set up once; each test gets a copy, which takes some 30 ms instead of a migration. */
export function testDatabases(prepare: (url: string) => Promise<void>): TestDatabases {
  let template: Promise<string> | undefined;
  const makeTemplate = async (url: string): Promise<string> => {
    const name = uniqueName("template");
    await execute(url, `CREATE DATABASE ${escapeIdentifier(name)}`);
    await prepare(withDatabase(url, name));
    return name;
  };
  return {
    async create() {
      const url = await clusterUrl();
      template ??= makeTemplate(url);
      const name = uniqueName("test");
      await execute(
        url,
        `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(await template)} STRATEGY FILE_COPY`,
      );
      return {
        url: withDatabase(url, name),
        [Symbol.asyncDispose]: () =>
          execute(url, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
      };
    },
  };
}

function uniqueName(kind: string): string {
  return `${kind}_${randomBytes(6).toString("hex")}`;
}
