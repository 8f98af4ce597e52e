/**
 * `npm run bundle`: the tarballs an administrator uploads, one for each platform, in dist/. With `--local` only what this machine needs, quickly: dist/local/.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  compileExecutable,
  executableName,
  localPlatform,
  type Platform,
  platforms,
  pluginEntry,
} from "./build/executable.ts";
import { root } from "./build/root.ts";
import { type TarballEntry, writeTarball } from "./build/tarball.ts";
import { buildWebapp } from "./build/webapp.ts";

const local = process.argv.includes("--local");
const quiet = process.argv.includes("--quiet");
const dist = join(root, "dist");
const manifest: { id: string; version: string } = JSON.parse(readFileSync(join(root, "plugin.json"), "utf8"));

const say = (line: string) => quiet || console.log(line);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

async function bundle(
  name: string,
  chosen: readonly Platform[],
  folder: string,
  gzipLevel: number,
): Promise<void> {
  const entries: TarballEntry[] = [
    { name: "plugin.json", source: join(root, "plugin.json") },
    { name: "LICENSE", source: join(root, "LICENSE") },
    { name: "assets/icon.svg", source: join(root, "assets/icon.svg") },
    { name: "assets/bot.png", source: join(root, "assets/bot.png") },
    { name: "webapp/dist/main.js", source: join(dist, "webapp/main.js") },
    ...chosen.map((platform) => ({
      name: `server/dist/${executableName(platform)}`,
      source: join(folder, executableName(platform)),
      executable: true,
    })),
  ];
  mkdirSync(dist, { recursive: true });
  const file = join(local ? folder : dist, `${manifest.id}-${manifest.version}-${name}.tar.gz`);
  say(
    `${file.slice(root.length + 1)}  ${megabytes(await writeTarball(file, manifest.id, entries, gzipLevel))}`,
  );
}

const webapp = await buildWebapp(join(dist, "webapp/main.js"));
say(`webapp/main.js  ${webapp.bytes} bytes, ${webapp.gzipBytes} gzipped`);

if (local) {
  const platform = localPlatform();
  const folder = join(dist, "local");
  rmSync(folder, { recursive: true, force: true });
  compileExecutable(pluginEntry, join(folder, executableName(platform)));
  await bundle("local", [platform], folder, 1);
} else {
  const folder = join(dist, "server");
  for (const platform of platforms)
    compileExecutable(pluginEntry, join(folder, executableName(platform)), platform.target);
  for (const platform of platforms) await bundle(platform.name, [platform], folder, 9);
}
