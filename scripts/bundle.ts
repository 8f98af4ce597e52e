/**
 * `npm run bundle`: the tarballs an administrator uploads, one for each platform, in dist/. With `--local` only what this machine needs, quickly: dist/local/.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundleEntries } from "./build/bundle-entries.ts";
import {
  compileExecutable,
  executableName,
  localPlatform,
  type Platform,
  platforms,
  pluginEntry,
} from "./build/executable.ts";
import { root } from "./build/root.ts";
import { writeTarball } from "./build/tarball.ts";
import { buildWebapp } from "./build/webapp.ts";

const local = process.argv.includes("--local");
const quiet = process.argv.includes("--quiet");
const dist = join(root, "dist");
const webappScript = join(dist, "webapp/main.js");
const manifest: { id: string; version: string } = JSON.parse(readFileSync(join(root, "plugin.json"), "utf8"));

const say = (line: string) => quiet || console.log(line);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

async function bundle(name: string, platform: Platform, folder: string, gzipLevel: number): Promise<void> {
  const executable = join(folder, executableName(platform));
  const entries = bundleEntries(platform, { webapp: webappScript, executable });
  mkdirSync(dist, { recursive: true });
  const file = join(local ? folder : dist, `${manifest.id}-${manifest.version}-${name}.tar.gz`);
  say(
    `${file.slice(root.length + 1)}  ${megabytes(await writeTarball(file, manifest.id, entries, gzipLevel))}`,
  );
}

const webapp = await buildWebapp(webappScript);
say(`webapp/main.js  ${webapp.bytes} bytes, ${webapp.gzipBytes} gzipped`);

if (local) {
  const platform = localPlatform();
  const folder = join(dist, "local");
  rmSync(folder, { recursive: true, force: true });
  compileExecutable(pluginEntry, join(folder, executableName(platform)));
  await bundle("local", platform, folder, 1);
} else {
  const folder = join(dist, "server");
  for (const platform of platforms)
    compileExecutable(pluginEntry, join(folder, executableName(platform)), platform.target);
  for (const platform of platforms) await bundle(platform.name, platform, folder, 9);
}
