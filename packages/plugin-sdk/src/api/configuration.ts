import { type Call, row } from "../contract/row.ts";
import type { AnyValue } from "../gob/any-value.ts";
import { any, bytes, filled, record } from "../gob/schema.ts";
import { Config } from "../models/config.ts";

/** API methods for configuration: the plugin's own and the server's. */
export const configurationRows = {
  LoadPluginConfiguration: row([], [filled(bytes)]),
  GetConfig: row([], [Config]),
  GetUnsanitizedConfig: row([], [Config]),
  GetPluginConfig: row([], [filled(record(any))]),
  SavePluginConfig: row([filled(record(any))], [], "appError"),
};

/** The author's view of {@link configurationRows}. */
export function configuration(call: Call<typeof configurationRows>) {
  return {
    /** The plugin's settings as parsed JSON, defaults merged in; the server lower-cases every key. `{}` when none is set. */
    load: async (): Promise<unknown> => {
      const json = new TextDecoder().decode(await call("LoadPluginConfiguration"));
      return json === "" ? {} : JSON.parse(json);
    },
    /** The server's configuration without secrets. About 20 kB: ask rarely. */
    get: () => call("GetConfig"),
    /** The server's configuration with secrets such as the database address. */
    getUnsanitized: () => call("GetUnsanitizedConfig"),
    /** The plugin's settings as stored, without defaults, keys as saved. */
    getPlugin: () => call("GetPluginConfig"),
    /** Replaces the plugin's stored settings. */
    savePlugin: (settings: Readonly<Record<string, AnyValue>>) => call("SavePluginConfig", settings),
  };
}
