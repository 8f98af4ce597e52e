import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { isRecord, type JsonObject } from "../json.ts";
import { effectiveSettings } from "../plugins/manifest.ts";
import type { ServerConfiguration } from "../system/server-configuration.ts";
import { jsonObjectOf } from "./any-value.ts";
import type { Caller } from "./caller.ts";

/** The plugin's settings and the server's configuration. Only the unsanitised form holds secrets. */
export function configurationApi({ manifest, system }: Caller): ApiImplementation {
  const { configuration } = system;
  return {
    LoadPluginConfiguration() {
      const settings = effectiveSettings(manifest, configuration.pluginSettings(manifest.id));
      return new TextEncoder().encode(JSON.stringify(settings));
    },
    GetConfig: () => wireConfiguration(configuration.sanitized()),
    GetUnsanitizedConfig: () => wireConfiguration(configuration.current),
    GetPluginConfig: () => configuration.sanitizedPluginSettings(manifest.id),
    SavePluginConfig: (settings) => configuration.savePlugin(manifest.id, jsonObjectOf(settings)),
  };
}

/** Go's field names begin with a capital letter, those of the SDK's models with a small one. */
function wireConfiguration(given: ServerConfiguration) {
  const { PluginSettings } = given;
  return {
    serviceSettings: smallKeys(given.ServiceSettings),
    sqlSettings: smallKeys(given.SqlSettings),
    fileSettings: smallKeys(given.FileSettings),
    localizationSettings: smallKeys(given.LocalizationSettings),
    metricsSettings: smallKeys(given.MetricsSettings),
    pluginSettings: {
      ...smallKeys(PluginSettings),
      plugins: PluginSettings.Plugins,
      pluginStates: Object.fromEntries(
        Object.entries(PluginSettings.PluginStates).map(([id, { Enable }]) => [id, { enable: Enable }]),
      ),
    },
  };
}

function smallKeys(section: JsonObject): JsonObject {
  if (!isRecord(section)) return {};
  return Object.fromEntries(
    Object.entries(section).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]),
  );
}
