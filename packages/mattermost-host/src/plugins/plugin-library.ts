import type { Manifest } from "./manifest.ts";
import { secretKeysOf } from "./manifest.ts";

/** An installed plugin as the file store keeps it: the archive from which every node unpacks its copy. */
export interface InstalledPlugin {
  readonly manifest: Manifest;
  readonly archive: Uint8Array;
}

/** The plugins installed on all nodes (`plugins/<id>.tar.gz` in Mattermost's file store). */
export class PluginLibrary {
  readonly #plugins = new Map<string, InstalledPlugin>();

  put(plugin: InstalledPlugin): void {
    this.#plugins.set(plugin.manifest.id, plugin);
  }

  remove(id: string): void {
    this.#plugins.delete(id);
  }

  find(id: string): InstalledPlugin | undefined {
    return this.#plugins.get(id);
  }

  all(): InstalledPlugin[] {
    return [...this.#plugins.values()];
  }

  secretKeys(id: string): ReadonlySet<string> {
    const plugin = this.#plugins.get(id);
    return plugin ? secretKeysOf(plugin.manifest) : new Set();
  }
}
