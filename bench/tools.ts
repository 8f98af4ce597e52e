import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { compileExecutable, executableName, localPlatform } from "../scripts/build/executable.ts";
import { root } from "../scripts/build/root.ts";

/** Where what is built for the bench lies; beside the product's own builds, never inside them. */
const folder = join(root, "dist/bench");

/** The product's executable for this machine, as `scripts/bundle.ts --local` built it. */
export const product = join(root, "dist/local", executableName(localPlatform()));

export const hasGo = spawnSync("go", ["version"]).status === 0;

function go(args: readonly string[]): string {
  const result = spawnSync("go", args, {
    cwd: join(root, "interop"),
    encoding: "utf8",
    // The version that is installed has to do: nothing is fetched.
    env: { ...process.env, GOTOOLCHAIN: "local" },
    maxBuffer: 1 << 26,
  });
  if (result.status !== 0) throw new Error(`go ${args.join(" ")} failed:\n${result.stderr}`);
  return result.stdout;
}

export function goVersion(): string {
  return /go\d[\d.]*/.exec(go(["version"]))?.[0] ?? "go";
}

function buildGo(name: string): string {
  const output = join(folder, name);
  go(["build", "-o", output, `./bench/${name}`]);
  return output;
}

/** The small plugin of this folder, compiled as the product is, and its twin in Go. */
export function buildPlugins(): { readonly go: string; readonly typescript: string } {
  const typescript = join(folder, "typescript-plugin");
  compileExecutable(join(root, "bench/plugin.ts"), typescript);
  return { go: buildGo("plugin"), typescript };
}

/** Runs interop/bench/measure with named executables; answers its lines. */
export function measure(
  what: "start" | "rates",
  rounds: number,
  plugins: Readonly<Record<string, string>>,
): string {
  const named = Object.entries(plugins).map(([name, executable]) => `${name}=${executable}`);
  const result = spawnSync(buildGo("measure"), [`-rounds=${rounds}`, what, ...named], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (result.status !== 0) throw new Error(`The plugins could not be measured (${what}).`);
  return result.stdout;
}
