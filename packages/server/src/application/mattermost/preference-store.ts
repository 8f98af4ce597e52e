import type { Choices } from "../../domain/choices.ts";
import type { Mute } from "../../domain/mute.ts";
import type { QuietHours } from "../../domain/quiet-hours.ts";
import type { ReaderPreferences } from "../../domain/reader-preferences.ts";

/** People's choices in Settings > Plugin Preferences, kept as Mattermost preferences. All throw {@link MattermostError}. */
export interface PreferenceStore {
  /** One request, however much was chosen; the defaults for what was not. */
  of(userId: string): Promise<ReaderPreferences>;
  /** What is absent stays as it is. */
  change(userId: string, changes: Partial<Choices>): Promise<void>;
  /** Until then nothing is to arrive; undefined ends that. */
  snooze(userId: string, untilMs: number | undefined): Promise<void>;
  /** In place of earlier ones; none ends that. */
  setQuietHours(userId: string, hours: readonly QuietHours[]): Promise<void>;
  /** In place of an earlier mute of the same chat. */
  mute(userId: string, mute: Mute): Promise<void>;
  unmute(userId: string, chatIds: readonly string[]): Promise<void>;
}
