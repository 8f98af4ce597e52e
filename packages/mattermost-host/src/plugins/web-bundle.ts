import { readFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, normalize, sep } from "node:path";
import type { Manifest } from "./manifest.ts";

/** FNV-1a with 64 bits, the hash in the name of a web bundle. */
export function fnv64a(bytes: Uint8Array): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, "0");
}

/** The web half of a plugin as published under `/static/plugins/{id}/`. */
export interface WebBundle {
  /** Path that the web app loads, without the site's subpath. */
  readonly path: string;
  /** The directory whose files are all published. */
  readonly directory: string;
}

/**
 * Publishes the web half of an unpacked plugin: the bundle gets its hash into its name, the whole directory around
 * it becomes reachable (Environment.UnpackWebappBundle). Undefined when the manifest has no web half; rejects when the
 * bundle it names is not there.
 */
export async function publishWebBundle(root: string, manifest: Manifest): Promise<WebBundle | undefined> {
  if (manifest.webapp === undefined) return undefined;
  const path = normalize(manifest.webapp.bundlePath);
  if (path.startsWith(".")) throw new Error("invalid webapp bundle path");
  const source = join(root, path);
  const bytes = await readFile(source);
  const directory = dirname(source);
  const name = `${manifest.id}_${fnv64a(bytes)}_bundle.js`;
  await writeFile(join(directory, name), bytes);
  return { path: `/static/plugins/${manifest.id}/${name}`, directory };
}

/** A file below `directory`, or undefined when it is missing, a directory or outside. */
export async function publishedFile(directory: string, path: string): Promise<Uint8Array | undefined> {
  const file = join(directory, path);
  if (path === "" || path.endsWith("/") || !file.startsWith(directory + sep) || basename(file) === "")
    return undefined;
  try {
    return (await stat(file)).isFile() ? await readFile(file) : undefined;
  } catch {
    return undefined;
  }
}
