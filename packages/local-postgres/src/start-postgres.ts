import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { Client, escapeIdentifier } from "pg";
import { locateBinaries } from "./binaries.ts";
import { initialiseCluster, superuser, superuserPassword, temporaryDirectory } from "./data-directory.ts";
import { LocalPostgresError } from "./local-postgres-error.ts";
import { keepMark, type ServerOptions, type ServerProcess, startServer } from "./server-process.ts";
import { unprivilegedUser } from "./unprivileged-user.ts";

export interface LocalPostgres extends AsyncDisposable {
  /** Connection string of the maintenance database. */
  readonly url: string;
  /** Makes a database, as a copy of `template` when one is named; resolves to its connection string. */
  createDatabase(name?: string, template?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Ends the server but keeps its data and its port, as an outage does; resolves when it has ended. */
  halt(): Promise<void>;
  /** Starts a halted server again. */
  resume(): Promise<void>;
  /** Ends the server. A temporary data directory is removed, a given one is kept. */
  stop(): Promise<void>;
}

export interface StartPostgresOptions {
  /** Where the cluster lies and stays; a temporary directory unless given. */
  readonly dataDirectory?: string;
  /** Whether commits wait for the disk; unless given, where the data stays. */
  readonly durable?: boolean;
  /** Settings of `postgresql.conf` by name, besides those that this package needs. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Between choosing a free port and binding it another program may take it. */
const startAttempts = 5;

/**
 * A PostgreSQL server on a free loopback port, for trying things and for tests. Without `dataDirectory` its data lives in
 * a temporary directory and is not fsynced unless asked for. It ends with this process at the latest. Throws {@link LocalPostgresError}.
 */
export async function startPostgres(options: StartPostgresOptions = {}): Promise<LocalPostgres> {
  const binaries = await locateBinaries();
  const owner = unprivilegedUser(process.getuid?.());
  const temporary = options.dataDirectory === undefined ? await temporaryDirectory(owner) : undefined;
  const directory =
    temporary === undefined ? resolve(options.dataDirectory ?? "") : join(temporary, "cluster");
  try {
    await initialiseCluster(binaries, directory, owner);
    const { durable = temporary === undefined, settings = {} } = options;
    return await startOnFreePort({
      binaries,
      directory,
      owner,
      durable,
      settings,
      removeAfterwards: temporary,
    });
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function startOnFreePort(options: Omit<ServerOptions, "port">): Promise<LocalPostgres> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      // What is temporary is removed by `stop`, or by the server's own end when this process is killed.
      const start = () => startServer({ ...options, port });
      return asLocalPostgres(await start(), start, urlOf(port, "postgres"), options.removeAfterwards);
    } catch (error) {
      if (attempt === startAttempts) throw error;
    }
  }
}

function asLocalPostgres(
  started: ServerProcess,
  start: () => Promise<ServerProcess>,
  url: string,
  temporary: string | undefined,
): LocalPostgres {
  let server: ServerProcess | undefined = started;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (server?.stop() ?? Promise.resolve()).then(async () => {
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    });
    return stopping;
  };
  const halt = async (): Promise<void> => {
    if (temporary !== undefined) await writeFile(keepMark(temporary), "");
    const halted = server;
    server = undefined;
    await halted?.stop();
  };
  return {
    url,
    async createDatabase(name = `database_${randomBytes(6).toString("hex")}`, template) {
      const from = template === undefined ? "" : ` TEMPLATE ${escapeIdentifier(template)}`;
      await execute(url, `CREATE DATABASE ${escapeIdentifier(name)}${from}`);
      return withDatabase(url, name);
    },
    dropDatabase: (name) => execute(url, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
    halt,
    async resume() {
      server ??= await start();
      if (temporary !== undefined) await rm(keepMark(temporary), { force: true });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** One statement on a connection of its own. Throws {@link LocalPostgresError} `database-failed`. */
export async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } catch (cause) {
    throw new LocalPostgresError("database-failed", "The local PostgreSQL refused a statement.", { cause });
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

function urlOf(port: number, database: string): string {
  return `postgres://${superuser}:${superuserPassword}@127.0.0.1:${port}/${database}`;
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolvePort(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
