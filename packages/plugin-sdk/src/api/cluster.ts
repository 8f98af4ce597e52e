import { type Call, row } from "../contract/row.ts";
import type { Input } from "../gob/schema.ts";
import { PluginClusterEvent, PluginClusterEventSendOptions } from "../models/cluster.ts";

/** API methods for events to the other nodes of a Mattermost cluster (Mattermost plugin API). */
export const clusterRows = {
  PublishPluginClusterEvent: row([PluginClusterEvent, PluginClusterEventSendOptions], [], "error"),
};

/** The author's view of {@link clusterRows}. */
export function cluster(call: Call<typeof clusterRows>) {
  return {
    publish: (
      event: Input<typeof PluginClusterEvent>,
      options: Input<typeof PluginClusterEventSendOptions>,
    ) => call("PublishPluginClusterEvent", event, options),
  };
}
