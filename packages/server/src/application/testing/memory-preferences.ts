import { defaultPreferences, type ReaderPreferences } from "../../domain/reader-preferences.ts";
import type { PreferenceStore } from "../mattermost/preference-store.ts";

/** People's choices in memory. */
export class MemoryPreferences implements PreferenceStore {
  readonly chosen = new Map<string, Partial<ReaderPreferences>>();

  /** `off` names people who turned notifications off. */
  constructor(off: readonly string[] = []) {
    for (const userId of off) this.chosen.set(userId, { notifications: "off" });
  }

  async of(userId: string): Promise<ReaderPreferences> {
    return { ...defaultPreferences, ...this.chosen.get(userId) };
  }

  async change(userId: string, changes: Partial<ReaderPreferences>): Promise<void> {
    this.chosen.set(userId, { ...this.chosen.get(userId), ...changes });
  }
}
