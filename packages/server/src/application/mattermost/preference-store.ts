import type { Choices } from "../../domain/choices.ts";
import type { ReaderPreferences } from "../../domain/reader-preferences.ts";

/** People's choices in Settings > Plugin Preferences, kept as Mattermost preferences. */
export interface PreferenceStore {
  /** One request, however much was chosen; the defaults for what was not. */
  of(userId: string): Promise<ReaderPreferences>;
  /** What is absent stays as it is. */
  change(userId: string, changes: Partial<Choices>): Promise<void>;
}
