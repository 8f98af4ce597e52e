import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import tar from "tar-stream";
import { AppError } from "../app-error.ts";
import { type Manifest, parseManifest } from "./manifest.ts";

/** Directories get this mode whatever the archive says (extractTarGz). */
const directoryMode = 0o744;
/** A bundle with five runtimes unpacks to about 500 MB; a gzip bomb stops here. */
const defaultMaxUnpackedBytes = 2 * 1024 ** 3;

/** A plugin laid out on disk. */
export interface ExtractedPlugin {
  readonly root: string;
  readonly manifest: Manifest;
  /** Entries left out because they are links or devices. */
  readonly skipped: readonly string[];
}

/**
 * Unpacks a gzip tar into the empty directory `into` by Mattermost's rules: only regular files and directories, file
 * modes as in the archive, a single top-level directory becomes the root. Anything that is no plugin, or unpacks to more
 * than `maxUnpackedBytes`, is an AppError 400.
 */
export async function extractPlugin(
  archive: Uint8Array,
  into: string,
  maxUnpackedBytes = defaultMaxUnpackedBytes,
): Promise<ExtractedPlugin> {
  const skipped: string[] = [];
  const extract = tar.extract();
  extract.on("entry", (header, stream, next) => {
    // A refused entry fails together with the whole archive, which is where the failure is told.
    stream.on("error", () => undefined);
    const finish = (error?: Error) => {
      stream.resume();
      next(error);
    };
    if (header.type !== "file" && header.type !== "directory") {
      skipped.push(header.name);
      stream.on("end", next);
      stream.resume();
      return;
    }
    const path = insideOf(into, header.name);
    if (path === undefined) return finish(new Error(`${header.name} leaves the archive`));
    if (header.type === "directory") {
      mkdir(path, { recursive: true, mode: directoryMode }).then(() => finish(), finish);
      return;
    }
    mkdir(dirname(path), { recursive: true, mode: directoryMode })
      .then(() => pipeline(stream, createWriteStream(path, { mode: (header.mode ?? 0o644) & 0o777 })))
      .then(() => next(), finish);
  });
  try {
    await pipeline(Readable.from([archive]), createGunzip(), atMost(maxUnpackedBytes), extract);
  } catch (cause) {
    const detail = cause instanceof Error ? `${cause.message}.` : "";
    throw new AppError("app.plugin.extract.app_error", { detail, cause });
  }
  const root = await rootOf(into);
  return { root, manifest: parseManifest(await manifestText(root)), skipped };
}

/** Passes bytes on until there are too many. Headers count too: a bomb may lie in them as well as in files. */
function atMost(maxBytes: number) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    let passed = 0;
    for await (const chunk of source) {
      passed += chunk.length;
      if (passed > maxBytes) throw new Error(`the plugin unpacks to more than ${maxBytes} bytes`);
      yield chunk;
    }
  };
}

function insideOf(directory: string, name: string): string | undefined {
  const path = normalize(join(directory, name));
  return path === directory || path.startsWith(directory + sep) ? path : undefined;
}

async function rootOf(directory: string): Promise<string> {
  const names = await readdir(directory);
  const only = names.length === 1 ? names[0] : undefined;
  if (only === undefined) return directory;
  const path = join(directory, only);
  return (await stat(path)).isDirectory() ? path : directory;
}

async function manifestText(root: string): Promise<string> {
  const names = await readdir(root);
  const yaml = names.find((name) => name === "plugin.yml" || name === "plugin.yaml");
  if (yaml) {
    // Mattermost looks for these first; reading another file than it would must not go unseen.
    throw new AppError("app.plugin.manifest.app_error", {
      detail: `This server does not read ${yaml}; use plugin.json.`,
    });
  }
  if (!names.includes("plugin.json")) {
    throw new AppError("app.plugin.manifest.app_error", { detail: "The archive has no plugin.json." });
  }
  return readFile(join(root, "plugin.json"), "utf8");
}
