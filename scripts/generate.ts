import { readFile, writeFile } from "node:fs/promises";
import { configurationPage } from "../packages/server/src/settings/configuration-page.ts";
import { manifest } from "../packages/server/src/settings/manifest.ts";
import { withChoicesTable } from "./choices-table.ts";

/**
 * Writes plugin.json and docs/configuration.md from the one settings schema, and the table in docs/using.md from that of the
 * choices. With `--check` it writes nothing and ends
 * with 1 when a file differs from what it would write.
 */
const root = new URL("../", import.meta.url);

async function versionOf(packageFile: URL): Promise<string> {
  const content: unknown = JSON.parse(await readFile(packageFile, "utf8"));
  const version =
    typeof content === "object" && content !== null && "version" in content ? content.version : undefined;
  if (typeof version !== "string") throw new Error(`${packageFile.pathname} has no version`);
  return version;
}

const files: Readonly<Record<string, string>> = {
  "plugin.json": `${JSON.stringify(manifest(await versionOf(new URL("package.json", root))), null, 2)}\n`,
  "docs/configuration.md": configurationPage(),
  "docs/using.md": withChoicesTable(await readFile(new URL("docs/using.md", root), "utf8")),
};

const checkOnly = process.argv.includes("--check");
for (const [path, wanted] of Object.entries(files)) {
  const file = new URL(path, root);
  if (!checkOnly) {
    await writeFile(file, wanted);
    continue;
  }
  const found = await readFile(file, "utf8").catch(() => "");
  if (found === wanted) continue;
  console.error(`${path} is out of date: run \`bun scripts/generate.ts\`.`);
  process.exitCode = 1;
}
