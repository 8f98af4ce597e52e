import type { JsonObject } from "../json.ts";
import type { Manifest } from "./manifest.ts";

/** model.PluginState…: the numbers of `/plugins/statuses`. */
export const pluginState = {
  notRunning: 0,
  starting: 1,
  running: 2,
  failedToStart: 3,
  failedToStayRunning: 4,
  stopping: 5,
} as const;

export type PluginState = (typeof pluginState)[keyof typeof pluginState];

/** What an administrator sees of a plugin on one node. `error` is shown as it is. */
export interface PluginStatus {
  readonly pluginId: string;
  readonly clusterId: string;
  readonly pluginPath: string;
  readonly state: PluginState;
  readonly error: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
}

export function statusOf(
  manifest: Manifest,
  nodeId: string,
  path: string,
  state: PluginState,
  error: string,
): PluginStatus {
  return {
    pluginId: manifest.id,
    clusterId: nodeId,
    pluginPath: path,
    state,
    error,
    name: manifest.name,
    description: manifest.description,
    version: manifest.version,
  };
}

export function pluginStatusJson(status: PluginStatus): JsonObject {
  return {
    plugin_id: status.pluginId,
    cluster_id: status.clusterId,
    plugin_path: status.pluginPath,
    state: status.state,
    error: status.error,
    name: status.name,
    description: status.description,
    version: status.version,
  };
}
