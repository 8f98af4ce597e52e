import { afterAll, beforeAll, expect, test } from "bun:test";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { Glob } from "bun";
import { extract } from "tar-stream";
import { bundleEntries } from "./bundle-entries.ts";
import { type Platform, platforms } from "./executable.ts";
import { root } from "./root.ts";
import { writeTarball } from "./tarball.ts";
import { buildWebapp } from "./webapp.ts";

const folder = mkdtempSync(join(tmpdir(), "bundle-"));
const built = { webapp: join(folder, "main.js"), executable: join(folder, "executable") };
const manifest = readFileSync(join(root, "plugin.json"), "utf8");

beforeAll(async () => {
  await buildWebapp(built.webapp);
  writeFileSync(built.executable, "stands in for the compiled one");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The names of a platform's tarball, below its one folder. */
async function contents(platform: Platform): Promise<ReadonlySet<string>> {
  const file = join(folder, `${platform.name}.tar.gz`);
  await writeTarball(file, "plugin", bundleEntries(platform, built), 1);
  const names = new Set<string>();
  const archive = extract();
  createReadStream(file).pipe(createGunzip()).pipe(archive);
  for await (const entry of archive) {
    names.add(entry.header.name.replace(/^plugin\//, ""));
    entry.resume();
  }
  return names;
}

/** Every file of the bundle that the manifest names for a platform. */
function namedByManifest(platform: Platform): readonly string[] {
  const { icon_path, webapp, server } = JSON.parse(manifest);
  return [icon_path, webapp.bundle_path, server.executables[platform.name]];
}

/** Every file that the built web half asks the server for. */
function namedByWebHalf(): readonly string[] {
  const script = readFileSync(built.webapp, "utf8");
  return [...script.matchAll(/\/(public\/[\w./-]+)/g)].map(([, name = ""]) => name);
}

/** Every file of the bundle that the server half reads. */
function namedByServer(): readonly string[] {
  const folderOfServer = join(root, "packages/server/src");
  const sources = [...new Glob("**/*.ts").scanSync(folderOfServer)].filter(
    (name) => !name.endsWith(".test.ts"),
  );
  return sources.flatMap((name) => {
    const source = readFileSync(join(folderOfServer, name), "utf8");
    return [...source.matchAll(/["'`]((?:assets|public)\/[^"'`]+)["'`]/g)].map(([, file = ""]) => file);
  });
}

test("Both halves and the manifest name files, as the next test needs them to", () => {
  expect(namedByWebHalf()).toContain("public/icon.svg");
  expect(namedByServer()).toContain("assets/bot.png");
  expect(Object.keys(JSON.parse(manifest).server.executables).sort()).toEqual(
    platforms.map(({ name }) => name).sort(),
  );
});

test.each([...platforms])("The tarball for $name holds every file that anything names", async (platform) => {
  const names = await contents(platform);
  const named = [...namedByManifest(platform), ...namedByWebHalf(), ...namedByServer(), "plugin.json"];
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});
