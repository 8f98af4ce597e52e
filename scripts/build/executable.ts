import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./root.ts";

/** A platform as Mattermost's manifest names it, and Bun's compile target for it. */
export interface Platform {
  readonly name: string;
  readonly target: string;
  readonly suffix: "" | ".exe";
}

/**
 * Processors older than 2013 lack the instructions of Bun's ordinary x64 build, and virtual machines often hide them:
 * the baseline build starts on all.
 */
export const platforms: readonly Platform[] = [
  { name: "linux-amd64", target: "bun-linux-x64-baseline", suffix: "" },
  { name: "linux-arm64", target: "bun-linux-arm64", suffix: "" },
  { name: "darwin-amd64", target: "bun-darwin-x64", suffix: "" },
  { name: "darwin-arm64", target: "bun-darwin-arm64", suffix: "" },
  { name: "windows-amd64", target: "bun-windows-x64-baseline", suffix: ".exe" },
];

export function localPlatform(): Platform {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const name = `${os}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const found = platforms.find((platform) => platform.name === name);
  if (!found)
    throw new Error(
      `The plugin has no build for ${name}; it has one for ${platforms.map((p) => p.name).join(", ")}.`,
    );
  return found;
}

export function executableName(platform: Platform): string {
  return `plugin-${platform.name}${platform.suffix}`;
}

/**
 * Compiles `entry` into one file. Without `target` the running Bun is embedded, which needs no network; otherwise Bun
 * fetches the platform's own from the npm registry and caches it.
 */
export function compileExecutable(entry: string, output: string, target?: string): void {
  mkdirSync(dirname(output), { recursive: true });
  const args = [
    "build",
    "--compile",
    "--minify",
    // Parsing at build time instead of at start: a fifth of the time to the handshake.
    "--bytecode",
    "--format=esm",
    // Optional dependencies of the queue's configuration file reader, which is never used.
    "--external=typescript",
    ...(target === undefined ? [] : [`--target=${target}`]),
    entry,
    `--outfile=${output}`,
  ];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (result.status !== 0)
    throw new Error(`Bun could not compile ${entry}:\n${result.stdout}${result.stderr}`);
}

export const pluginEntry = join(root, "packages/server/src/main.ts");
