import { type Call, row } from "../contract/row.ts";
import { filled, slice, string } from "../gob/schema.ts";
import { Manifest, PluginStatus } from "../models/manifest.ts";

/** API methods for plugins of this server (Mattermost plugin API). */
export const pluginsRows = {
  GetPlugins: row([], [filled(slice(Manifest))], "appError"),
  GetPluginStatus: row([string], [PluginStatus], "appError"),
  DisablePlugin: row([string], [], "appError"),
};

/** The author's view of {@link pluginsRows}. */
export function plugins(call: Call<typeof pluginsRows>) {
  return {
    list: () => call("GetPlugins"),
    getStatus: (pluginId: string) => call("GetPluginStatus", pluginId),
    disable: (pluginId: string) => call("DisablePlugin", pluginId),
  };
}
