import type { Api } from "@msteams-notifications/plugin-sdk";
import type { PreferenceStore } from "../../application/mattermost/preference-store.ts";
import { type Choices, readChoices } from "../../domain/choices.ts";
import type { ReaderPreferences } from "../../domain/reader-preferences.ts";
import { askMattermost } from "./mattermost-failure.ts";

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
    return readChoices(new Map(ours.map(({ name, value }) => [name, value])));
  }

  async change(userId: string, changes: Partial<Choices>): Promise<void> {
    const category = this.#category;
    const rows = Object.entries(changes).map(([name, value]) => ({ userId, category, name, value }));
    await askMattermost("save the preferences", () => this.#api.preferences.update(userId, rows));
  }
}
