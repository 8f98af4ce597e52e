import type { MattermostSystem } from "../system/system.ts";
import type { NodeActivity } from "./activity.ts";
import type { PluginGateway } from "./plugin-gateway.ts";

/** What the HTTP and websocket sides of one node work with. */
export interface NodeParts {
  readonly nodeId: string;
  readonly system: MattermostSystem;
  readonly activity: NodeActivity;
  readonly plugins: PluginGateway;
}
