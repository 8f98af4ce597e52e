import type { NodeActivity } from "../node/activity.ts";
import type { PluginGateway } from "../node/plugin-gateway.ts";
import type { CommandRegistry } from "../plugins/command-registry.ts";
import type { Manifest } from "../plugins/manifest.ts";
import type { MattermostSystem } from "../system/system.ts";

/** The plugin that calls the API, the node it runs on, and what its calls reach there. */
export interface Caller {
  readonly manifest: Manifest;
  /** Where the node unpacked the plugin. */
  readonly root: string;
  readonly nodeId: string;
  readonly system: MattermostSystem;
  readonly activity: NodeActivity;
  readonly commands: CommandRegistry;
  /** The plugins of the node, the caller among them. */
  readonly plugins: PluginGateway;
}
