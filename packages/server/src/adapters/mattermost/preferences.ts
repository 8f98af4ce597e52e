import type { Api } from "@msteams-notifications/plugin-sdk";
import type { PreferenceStore } from "../../application/mattermost/preference-store.ts";
import { type Choices, readChoices } from "../../domain/choices.ts";
import type { Mute } from "../../domain/mute.ts";
import { parseQuietHours, type QuietHours, sayQuietHours } from "../../domain/quiet-hours.ts";
import type { ReaderPreferences } from "../../domain/reader-preferences.ts";
import { askMattermost } from "./mattermost-failure.ts";
import { muteName, muteValue, readMute } from "./mute-rows.ts";

const snoozeName = "snooze";

const quietName = "quiet";

function readQuietHours(value = ""): readonly QuietHours[] {
  const parsed = parseQuietHours(value);
  return parsed.kind === "quiet" ? parsed.hours : [];
}

/** People can write anything into their preferences. */
function readSnooze(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** A person's choices as Mattermost preferences, each under its name. */
export class Preferences implements PreferenceStore {
  readonly #api: Pick<Api, "preferences">;
  readonly #category: string;

  constructor(api: Pick<Api, "preferences">, category: string) {
    this.#api = api;
    this.#category = category;
  }

  /** The whole list is one request, and tells what was never chosen from what failed (facts, section 5). */
  async of(userId: string): Promise<ReaderPreferences> {
    const rows = await askMattermost("read the preferences", () => this.#api.preferences.list(userId));
    const ours = rows.filter(({ category }) => category === this.#category);
    const chosen = readChoices(new Map(ours.map(({ name, value }) => [name, value])));
    const savedAs = (name: string) => ours.find((row) => row.name === name)?.value;
    const snoozedUntilMs = readSnooze(savedAs(snoozeName));
    const quietHours = readQuietHours(savedAs(quietName));
    return {
      ...chosen,
      mutes: ours.flatMap(readMute),
      quietHours,
      ...(snoozedUntilMs !== undefined && { snoozedUntilMs }),
    };
  }

  async change(userId: string, changes: Partial<Choices>): Promise<void> {
    const category = this.#category;
    const rows = Object.entries(changes).map(([name, value]) => ({ userId, category, name, value }));
    await askMattermost("save the preferences", () => this.#api.preferences.update(userId, rows));
  }

  /** Written also when it ends: Mattermost tells of what is saved, and not of what is gone (facts, section 5). */
  async snooze(userId: string, untilMs: number | undefined): Promise<void> {
    const value = untilMs === undefined ? "off" : String(Math.round(untilMs));
    await this.#save(userId, snoozeName, value);
  }

  async mute(userId: string, mute: Mute): Promise<void> {
    await this.#save(userId, muteName(mute.chatId), muteValue(mute));
  }

  async setQuietHours(userId: string, hours: readonly QuietHours[]): Promise<void> {
    await this.#save(userId, quietName, hours.length === 0 ? "off" : sayQuietHours(hours));
  }

  async #save(userId: string, name: string, value: string): Promise<void> {
    const row = { userId, category: this.#category, name, value };
    await askMattermost("save a preference", () => this.#api.preferences.update(userId, [row]));
  }

  async unmute(userId: string, chatIds: readonly string[]): Promise<void> {
    if (chatIds.length === 0) return;
    const category = this.#category;
    const rows = chatIds.map((chatId) => ({ userId, category, name: muteName(chatId), value: "" }));
    await askMattermost("remove preferences", () => this.#api.preferences.delete(userId, rows));
  }
}
