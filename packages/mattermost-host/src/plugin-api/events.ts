import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { jsonObjectOf } from "./any-value.ts";
import type { Caller } from "./caller.ts";

/** Events to browsers and to the plugin's siblings on other nodes. */
export function eventsApi({ manifest, nodeId, system }: Caller): ApiImplementation {
  const { events, cluster } = system;
  return {
    PublishWebSocketEvent(event, payload, broadcast) {
      events.publish(`custom_${manifest.id}_${event}`, jsonObjectOf(payload), {
        userId: broadcast?.userId ?? "",
        channelId: broadcast?.channelId ?? "",
        teamId: broadcast?.teamId ?? "",
        connectionId: broadcast?.connectionId ?? "",
        omitConnectionId: broadcast?.omitConnectionId ?? "",
        omitUsers: Object.entries(broadcast?.omitUsers ?? {}).flatMap(([id, omit]) => (omit ? [id] : [])),
      });
    },
    PublishPluginClusterEvent({ id, data }, { targetId }) {
      cluster.publish(nodeId, manifest.id, { id, data: data ?? new Uint8Array() }, targetId);
    },
  };
}
