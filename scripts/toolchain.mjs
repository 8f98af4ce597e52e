// Plain Node: these are the only files that run before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const oldestNode = 20;

/** Installs exactly what the lockfile names, unless that was done since the lockfile last changed. */
export function ensureInstalled() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode) fail(`Node ${oldestNode} or newer is needed; this is ${process.version}.`);
  const marker = join(root, "node_modules", ".package-lock.json");
  const lockfile = join(root, "package-lock.json");
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lockfile).mtimeMs) return;
  console.log("Installing dependencies (once) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (result.status !== 0) fail("npm could not install the dependencies; its message is above.");
}

/**
 * The Bun executable that npm installed. Its package swaps a placeholder for the platform's binary in an install
 * script; where such scripts are switched off the binary is found in the platform's own package.
 */
export function bunExecutable() {
  const candidates = [join(root, "node_modules", "bun", "bin", "bun.exe")];
  const platforms = join(root, "node_modules", "@oven");
  if (existsSync(platforms)) {
    for (const name of readdirSync(platforms)) {
      candidates.push(join(platforms, name, "bin", process.platform === "win32" ? "bun.exe" : "bun"));
    }
  }
  for (const candidate of candidates) {
    if (existsSync(candidate) && spawnSync(candidate, ["--version"]).status === 0) return candidate;
  }
  return fail("The Bun runtime did not install for this platform. Remove node_modules and try again.");
}

/** Installs what is needed and builds the plugin for this machine; returns the Bun executable. */
export function builtPlugin() {
  ensureInstalled();
  const bun = bunExecutable();
  if (run(bun, ["scripts/bundle.ts", "--local", "--quiet"]) !== 0)
    fail("The plugin could not be built; the reason is above.");
  return bun;
}

/** Runs a command to its end with our terminal; returns its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

/** The path of the first of `names` found on PATH, or undefined. */
export function onPath(...names) {
  for (const name of names) {
    const found = spawnSync(process.platform === "win32" ? "where" : "which", [name], { encoding: "utf8" });
    if (found.status === 0) return found.stdout.split(/\r?\n/)[0];
  }
  return undefined;
}

export function packageVersion() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
