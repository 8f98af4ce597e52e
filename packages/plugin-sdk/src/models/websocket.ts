import { any, bool, type Infer, int, record, slice, string, struct } from "../gob/schema.ts";
import { Session } from "./session.ts";

/** Mattermost's `model.WebsocketBroadcast`. All fields absent means every connected browser. */
export const WebsocketBroadcast = struct("WebsocketBroadcast", {
  omitUsers: record(bool),
  userId: string,
  channelId: string,
  teamId: string,
  connectionId: string,
  omitConnectionId: string,
  containsSanitizedData: bool,
  containsSensitiveData: bool,
  reliableClusterSend: bool,
  broadcastHooks: slice(string),
  broadcastHookArgs: slice(record(any)),
});
export interface WebsocketBroadcast extends Infer<typeof WebsocketBroadcast> {}

/** Mattermost's `model.WebSocketRequest`. */
export const WebSocketRequest = struct("WebSocketRequest", {
  seq: int,
  action: string,
  data: record(any),
  session: Session,
  locale: string,
});
export interface WebSocketRequest extends Infer<typeof WebSocketRequest> {}
