import { type Call, row } from "../contract/row.ts";
import type { AnyValue } from "../gob/any-value.ts";
import { any, filled, type Input, ptr, record, string } from "../gob/schema.ts";
import { WebsocketBroadcast } from "../models/websocket.ts";

/** API methods for events to browsers (Mattermost plugin API). */
export const websocketRows = {
  PublishWebSocketEvent: row([string, filled(record(any)), ptr(WebsocketBroadcast)], []),
};

/** The author's view of {@link websocketRows}. */
export function websocket(call: Call<typeof websocketRows>) {
  return {
    /** Arrives as `custom_<plugin id>_<event>`; without `broadcast` at every connected browser. */
    publish: (
      event: string,
      payload: Readonly<Record<string, AnyValue>>,
      broadcast?: Input<typeof WebsocketBroadcast>,
    ) => call("PublishWebSocketEvent", event, payload, broadcast),
  };
}
