import type { Choices } from "../../domain/choices.ts";
import type { Mute } from "../../domain/mute.ts";
import type { QuietHours } from "../../domain/quiet-hours.ts";
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

  async change(userId: string, changes: Partial<Choices>): Promise<void> {
    this.chosen.set(userId, { ...this.chosen.get(userId), ...changes });
  }

  async snooze(userId: string, snoozedUntilMs: number | undefined): Promise<void> {
    this.chosen.set(userId, { ...this.chosen.get(userId), snoozedUntilMs });
  }

  async setQuietHours(userId: string, quietHours: readonly QuietHours[]): Promise<void> {
    this.chosen.set(userId, { ...this.chosen.get(userId), quietHours });
  }

  async mute(userId: string, mute: Mute): Promise<void> {
    await this.unmute(userId, [mute.chatId]);
    this.chosen.set(userId, { ...this.chosen.get(userId), mutes: [...(await this.of(userId)).mutes, mute] });
  }

  async unmute(userId: string, chatIds: readonly string[]): Promise<void> {
    const mutes = (await this.of(userId)).mutes.filter(({ chatId }) => !chatIds.includes(chatId));
    this.chosen.set(userId, { ...this.chosen.get(userId), mutes });
  }
}
