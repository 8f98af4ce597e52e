import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../app-error.ts";
import { extractPlugin } from "./archive.ts";
import type { Manifest } from "./manifest.ts";
import type { PluginLibrary } from "./plugin-library.ts";
import { publishWebBundle } from "./web-bundle.ts";

/**
 * Checks an uploaded archive and puts it into the library; resolves when every node has followed. An installed plugin of
 * the same id is replaced only when `force`. Unpacked below `directory` to look at it, and removed again.
 */
export async function installArchive(
  library: PluginLibrary,
  archive: Uint8Array,
  directory: string,
  force: boolean,
): Promise<Manifest> {
  const looking = await mkdtemp(join(directory, "upload-"));
  try {
    const { manifest, root } = await extractPlugin(archive, looking);
    if (library.find(manifest.id) !== undefined && !force) {
      throw new AppError("app.plugin.install_id.app_error", { detail: `It is ${manifest.id}.` });
    }
    await publishWebBundle(root, manifest).catch((cause: unknown) => {
      throw new AppError("app.plugin.webapp_bundle.app_error", { detail: String(cause), cause });
    });
    await library.put({ manifest, archive });
    return manifest;
  } finally {
    await rm(looking, { recursive: true, force: true });
  }
}
