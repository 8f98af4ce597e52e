import type { AnyValue, Api } from "@msteams-notifications/plugin-sdk";
import { askMattermost } from "./mattermost-failure.ts";

/** What the plugin needs of Mattermost's own configuration. */
export interface ServerSettings {
  readonly siteUrl: string | undefined;
  /** `postgres` on every supported server. */
  readonly databaseDriver: string;
  /** With its password; never to be shown. */
  readonly dataSource: string;
}

export async function readServerSettings(api: Pick<Api, "configuration">): Promise<ServerSettings> {
  const { serviceSettings, sqlSettings } = await askMattermost("read its configuration", () =>
    api.configuration.getUnsanitized(),
  );
  return {
    siteUrl: serviceSettings.siteURL,
    databaseDriver: sqlSettings.driverName ?? "",
    dataSource: sqlSettings.dataSource ?? "",
  };
}

/** The plugin's own settings, secrets included, keys in lower case. */
export function readPluginSettings(api: Pick<Api, "configuration">): Promise<unknown> {
  return askMattermost("read the plugin's settings", () => api.configuration.load());
}

/**
 * Lays `changes` over the plugin's settings. Mattermost replaces all of them and calls OnConfigurationChange before this
 * resolves (facts, section 1).
 */
export async function savePluginSettings(
  api: Pick<Api, "configuration">,
  changes: Readonly<Record<string, string>>,
): Promise<void> {
  const stored = await readPluginSettings(api);
  const merged = { ...(isSettings(stored) ? stored : {}), ...changes };
  await askMattermost("save the plugin's settings", () => api.configuration.savePlugin(merged));
}

function isSettings(stored: unknown): stored is Readonly<Record<string, AnyValue>> {
  return typeof stored === "object" && stored !== null && !Array.isArray(stored);
}
