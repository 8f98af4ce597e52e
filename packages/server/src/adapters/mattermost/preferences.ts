import type { Api } from "@msteams-notifications/plugin-sdk";
import type { PreferenceStore } from "../../application/mattermost/preference-store.ts";
import { defaultPreferences, type ReaderPreferences } from "../../domain/reader-preferences.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** Where the choices are kept, the name of each and its values; the web half uses the same. */
export interface PreferenceNames {
  readonly category: string;
  readonly choices: {
    readonly notifications: readonly Switch[];
    readonly bots: readonly Switch[];
    readonly threads: readonly ReaderPreferences["threads"][];
    readonly together: readonly Switch[];
  };
}

type Switch = "on" | "off";

/** A person's choices as Mattermost preferences. People can write anything there: what is not known is the default. */
export class Preferences implements PreferenceStore {
  readonly #api: Pick<Api, "preferences">;
  readonly #names: PreferenceNames;

  constructor(api: Pick<Api, "preferences">, names: PreferenceNames) {
    this.#api = api;
    this.#names = names;
  }

  /** The whole list is one request, and tells what was never chosen from what failed (facts, section 5). */
  async of(userId: string): Promise<ReaderPreferences> {
    const { category, choices } = this.#names;
    const rows = await askMattermost("read the preferences", () => this.#api.preferences.list(userId));
    const saved = new Map(
      rows.filter((row) => row.category === category).map((row) => [row.name, row.value]),
    );
    const chosen = <Value extends string>(name: string, values: readonly Value[]): Value | undefined =>
      values.find((value) => value === saved.get(name));
    return {
      notificationsOn:
        isOn(chosen("notifications", choices.notifications)) ?? defaultPreferences.notificationsOn,
      bots: isOn(chosen("bots", choices.bots)) ?? defaultPreferences.bots,
      threads: chosen("threads", choices.threads) ?? defaultPreferences.threads,
      together: isOn(chosen("together", choices.together)) ?? defaultPreferences.together,
    };
  }

  async change(
    userId: string,
    { notificationsOn, bots, threads, together }: Partial<ReaderPreferences>,
  ): Promise<void> {
    const { category } = this.#names;
    const values = {
      notifications: switchOf(notificationsOn),
      bots: switchOf(bots),
      threads,
      together: switchOf(together),
    };
    const rows = Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [{ userId, category, name, value }],
    );
    await askMattermost("save the preferences", () => this.#api.preferences.update(userId, rows));
  }
}

function isOn(value: Switch | undefined): boolean | undefined {
  return value === undefined ? undefined : value === "on";
}

function switchOf(isOn: boolean | undefined): Switch | undefined {
  if (isOn === undefined) return undefined;
  return isOn ? "on" : "off";
}
