import { expect, test } from "bun:test";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { LocalPostgresError, startPostgres } from "./index.ts";

async function rows(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function dataDirectory(url: string): Promise<string> {
  const [row] = await rows(url, "SELECT setting FROM pg_settings WHERE name = 'data_directory'");
  return typeof row === "object" && row !== null && "setting" in row ? String(row.setting) : "";
}

test("a temporary server answers, makes databases and leaves nothing behind", async () => {
  const postgres = await startPostgres();
  const url = await postgres.createDatabase();
  expect(await rows(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  const directory = await dataDirectory(url);
  expect(existsSync(directory)).toBe(true);
  await postgres.stop();
  await postgres.stop();
  expect(existsSync(directory)).toBe(false);
  await expect(rows(url, "SELECT 1")).rejects.toThrow();
});

test("a temporary server takes settings, and waits for the disk when it is told to", async () => {
  await using postgres = await startPostgres({
    durable: true,
    settings: { shared_preload_libraries: "pg_stat_statements" },
  });
  const told = await rows(
    postgres.url,
    "SELECT setting FROM pg_settings WHERE name IN ('fsync', 'shared_preload_libraries') ORDER BY name",
  );
  expect(told).toEqual([{ setting: "on" }, { setting: "pg_stat_statements" }]);
});

test("a halted server refuses everybody and comes back at the same address with its data", async () => {
  const postgres = await startPostgres();
  const url = await postgres.createDatabase("outage");
  await rows(url, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");
  const directory = await dataDirectory(url);
  await postgres.halt();
  await expect(rows(url, "SELECT 1")).rejects.toThrow();
  await postgres.resume();
  expect(await rows(url, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
  await postgres.halt();
  await postgres.stop();
  expect(existsSync(directory)).toBe(false);
});

test("a database is a copy of the template it names", async () => {
  await using postgres = await startPostgres();
  const template = await postgres.createDatabase("pattern");
  await rows(template, "CREATE TABLE things (id int); INSERT INTO things VALUES (7)");
  const copy = await postgres.createDatabase("copy", "pattern");
  expect(await rows(copy, "SELECT id FROM things")).toEqual([{ id: 7 }]);
  await postgres.dropDatabase("copy");
  await expect(rows(copy, "SELECT 1")).rejects.toThrow();
});

test("a given data directory keeps its content from one server to the next", async () => {
  const parent = await mkdtemp(join(tmpdir(), "kept-"));
  if (process.getuid?.() === 0) (await import("node:fs")).chmodSync(parent, 0o755);
  try {
    const directory = join(parent, "cluster");
    {
      await using first = await startPostgres({ dataDirectory: directory });
      await rows(first.url, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");
    }
    await using second = await startPostgres({ dataDirectory: directory });
    expect(await rows(second.url, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
});

test("a refused statement is a typed error that keeps its cause", async () => {
  await using postgres = await startPostgres();
  await postgres.createDatabase("taken");
  const error = await postgres.createDatabase("taken").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(LocalPostgresError);
  expect(error).toMatchObject({ code: "database-failed", cause: { code: "42P04" } });
});

test("the server ends with its directory when the process that started it is killed", async () => {
  const script = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
    console.log((await startPostgres()).url); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
  });
  const directory = await dataDirectory(url);
  const watching = new Client({ connectionString: url });
  await watching.connect();
  const cut = new Promise<void>((resolve) => {
    watching.on("error", () => resolve());
    watching.on("end", () => resolve());
  });
  child.kill("SIGKILL");
  await cut;
  const { watch } = await import("node:fs/promises");
  const parent = join(directory, "..");
  // The directory goes right after the last process of the server.
  const changes = watch(tmpdir());
  if (existsSync(parent)) for await (const _ of changes) if (!existsSync(parent)) break;
  expect(existsSync(parent)).toBe(false);
});
