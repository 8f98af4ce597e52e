import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { buildWebapp } from "./webapp.ts";

const folder = mkdtempSync(join(tmpdir(), "webapp-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the web half is a classic script of at most 25 kB gzipped that registers itself", async () => {
  const output = join(folder, "main.js");
  const { gzipBytes } = await buildWebapp(output);
  expect(gzipBytes).toBeLessThanOrEqual(25_000);

  const registered: string[] = [];
  const window = {
    registerPlugin: (id: string, plugin: object) => registered.push(`${id} ${"initialize" in plugin}`),
  };
  runInNewContext(readFileSync(output, "utf8"), { window });
  expect(registered).toEqual(["msteams-notifications true"]);
});
