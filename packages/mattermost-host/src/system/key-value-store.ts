import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";

/** model.KeyValueKeyMaxRunes. */
const maxKeyRunes = 150;

export interface KeyValueOptions {
  readonly atomic: boolean;
  /** Compared when `atomic`; absent means the key must not exist. */
  readonly oldValue: Uint8Array | undefined;
  /** 0 keeps the value for ever. */
  readonly expireInSeconds: number;
}

interface Entry {
  readonly value: Uint8Array;
  readonly expireAt: number;
}

/** Each plugin's key-value store. It outlives the plugin: removing a plugin keeps its values. */
export class KeyValueStore {
  readonly #clock: Clock;
  readonly #plugins = new Map<string, Map<string, Entry>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(pluginId: string, key: string): Uint8Array | undefined {
    return this.#living(pluginId, key)?.value;
  }

  /** Sets, or with an absent or empty value deletes. False when an atomic comparison was lost. */
  set(pluginId: string, key: string, value: Uint8Array | undefined, options: KeyValueOptions): boolean {
    requireKey(key);
    if (!options.atomic && options.oldValue) {
      throw new AppError("plugin_api.kv.options.app_error", { where: "KVSetWithOptions" });
    }
    if (options.atomic && !sameBytes(this.get(pluginId, key), options.oldValue)) return false;
    const entries = this.#plugins.get(pluginId) ?? new Map<string, Entry>();
    this.#plugins.set(pluginId, entries);
    if (!value || value.length === 0) {
      entries.delete(key);
      return true;
    }
    const expireAt = options.expireInSeconds > 0 ? this.#clock.now() + options.expireInSeconds * 1000 : 0;
    entries.set(key, { value: value.slice(), expireAt });
    return true;
  }

  compareAndDelete(pluginId: string, key: string, oldValue: Uint8Array | undefined): boolean {
    requireKey(key);
    const current = this.get(pluginId, key);
    if (!current || !sameBytes(current, oldValue)) return false;
    this.#plugins.get(pluginId)?.delete(key);
    return true;
  }

  delete(pluginId: string, key: string): void {
    this.#plugins.get(pluginId)?.delete(key);
  }

  deleteAll(pluginId: string): void {
    this.#plugins.delete(pluginId);
  }

  list(pluginId: string, page: number, perPage: number): string[] {
    const keys = [...(this.#plugins.get(pluginId)?.keys() ?? [])].filter((key) =>
      this.#living(pluginId, key),
    );
    return keys.sort().slice(page * perPage, (page + 1) * perPage);
  }

  #living(pluginId: string, key: string): Entry | undefined {
    const entry = this.#plugins.get(pluginId)?.get(key);
    return entry && (entry.expireAt === 0 || entry.expireAt > this.#clock.now()) ? entry : undefined;
  }
}

function requireKey(key: string): void {
  const runes = [...key].length;
  if (runes === 0 || runes > maxKeyRunes)
    throw new AppError("plugin_api.kv.key.app_error", { where: "KVSet" });
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b) return (a?.length ?? 0) === (b?.length ?? 0);
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
