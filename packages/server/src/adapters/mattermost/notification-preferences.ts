import { type Api, AppError } from "@msteams-notifications/plugin-sdk";
import type { NotificationPreferences } from "../../application/ports.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** Where the choice is kept, and its two values; the web half uses the same. */
export interface PreferenceNames {
  readonly category: string;
  readonly name: string;
  readonly on: string;
  readonly off: string;
}

/** The person's choice as a Mattermost preference. People can write anything there: all but "off" is on. */
export class Preferences implements NotificationPreferences {
  readonly #api: Api;
  readonly #names: PreferenceNames;

  constructor(api: Api, names: PreferenceNames) {
    this.#api = api;
    this.#names = names;
  }

  isOn(userId: string): Promise<boolean> {
    return askMattermost("read a preference", async () => (await this.#stored(userId)) !== this.#names.off);
  }

  async set(userId: string, on: boolean): Promise<void> {
    const { category, name } = this.#names;
    const row = { userId, category, name, value: on ? this.#names.on : this.#names.off };
    await askMattermost("save a preference", () => this.#api.preferences.update(userId, [row]));
  }

  /** A missing row is answered like a failure (facts, section 5); only the whole list tells them apart. */
  async #stored(userId: string): Promise<string | undefined> {
    const { category, name } = this.#names;
    try {
      return (await this.#api.preferences.get(userId, category, name)).value;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const rows = await this.#api.preferences.list(userId);
      return rows.find((row) => row.category === category && row.name === name)?.value;
    }
  }
}
