import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./root.ts";

/** Bundles the web half into one classic script; returns its size in bytes as it is and gzipped. */
export async function buildWebapp(output: string): Promise<{ bytes: number; gzipBytes: number }> {
  const result = await Bun.build({
    entrypoints: [join(root, "packages/webapp/src/index.ts")],
    target: "browser",
    format: "iife",
    minify: true,
    throw: false,
  });
  const [script] = result.outputs;
  if (!result.success || !script)
    throw new Error(`The web app could not be bundled:\n${result.logs.join("\n")}`);
  const bytes = Buffer.from(await script.arrayBuffer());
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, bytes);
  return { bytes: bytes.length, gzipBytes: gzipSync(bytes, { level: 9 }).length };
}
