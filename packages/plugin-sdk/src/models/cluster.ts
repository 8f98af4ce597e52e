import { bytes, type Infer, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.PluginClusterEvent`. */
export const PluginClusterEvent = struct("PluginClusterEvent", {
  id: string,
  data: bytes,
});
export interface PluginClusterEvent extends Infer<typeof PluginClusterEvent> {}

/** Mattermost's `model.PluginClusterEventSendOptions`. `sendType` is `reliable` or `best_effort`; `targetId` names one node. */
export const PluginClusterEventSendOptions = struct("PluginClusterEventSendOptions", {
  sendType: string,
  targetId: string,
});
export interface PluginClusterEventSendOptions extends Infer<typeof PluginClusterEventSendOptions> {}
