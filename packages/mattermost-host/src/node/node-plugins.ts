import type { NodeParts } from "./node-parts.ts";
import type { PluginGateway } from "./plugin-gateway.ts";

/** The plugins of one node with their life: asked over HTTP, watched, and stopped when disposed. */
export interface NodePlugins extends PluginGateway, AsyncDisposable {
  /** One round of the health check that otherwise runs every 30 s: what does not answer is restarted or given up. */
  checkHealth(): Promise<void>;
  /** The process id of a running plugin, for whoever wants to see it die. */
  processOf(pluginId: string): number | undefined;
}

/** Makes ready what runs plugins on a node, beginning with those that are enabled already. */
export type StartPlugins = (parts: Omit<NodeParts, "plugins">) => Promise<NodePlugins>;
