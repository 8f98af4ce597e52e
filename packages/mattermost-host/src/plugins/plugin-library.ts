import type { Manifest } from "./manifest.ts";
import { secretKeysOf } from "./manifest.ts";

/** An installed plugin as the file store keeps it: the archive from which every node unpacks its copy. */
export interface InstalledPlugin {
  readonly manifest: Manifest;
  readonly archive: Uint8Array;
}

/** Called when a plugin was put, replaced or removed; whoever did it waits for all nodes. */
export type LibraryListener = (pluginId: string) => Promise<void>;

/** The plugins installed on all nodes (`plugins/<id>.tar.gz` in Mattermost's file store). */
export class PluginLibrary {
  readonly #plugins = new Map<string, InstalledPlugin>();
  readonly #listeners = new Set<LibraryListener>();

  put(plugin: InstalledPlugin): Promise<void> {
    this.#plugins.set(plugin.manifest.id, plugin);
    return this.#tell(plugin.manifest.id);
  }

  remove(id: string): Promise<void> {
    this.#plugins.delete(id);
    return this.#tell(id);
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

  onChange(listener: LibraryListener): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  async #tell(id: string): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener(id)));
  }
}
