import type { Broadcast, ServerEvent } from "../system/events.ts";
import type { MattermostSystem } from "../system/system.ts";

/** A client as the rules of broadcasting see it. */
export interface Receiver {
  readonly connectionId: string;
  readonly userId: string;
}

/** Whether an event is meant for a client (WebConn.ShouldSendEvent): the narrowest address decides, none means all. */
export function reaches(system: MattermostSystem, { broadcast }: ServerEvent, receiver: Receiver): boolean {
  if (broadcast.connectionId) return broadcast.connectionId === receiver.connectionId;
  if (broadcast.omitConnectionId === receiver.connectionId) return false;
  if (broadcast.omitUsers?.includes(receiver.userId)) return false;
  if (broadcast.userId) return broadcast.userId === receiver.userId;
  if (broadcast.channelId) return system.channels.isMember(broadcast.channelId, receiver.userId);
  if (broadcast.teamId) return system.teams.isMember(broadcast.teamId, receiver.userId);
  return true;
}

/** An event as it goes over the wire; `seq` counts up from 0 on each connection. */
export function eventFrame({ event, data, broadcast }: ServerEvent, seq: number): string {
  return JSON.stringify({ event, data, broadcast: broadcastJson(broadcast), seq });
}

function broadcastJson(broadcast: Broadcast) {
  const omitted = broadcast.omitUsers ?? [];
  return {
    omit_users: omitted.length > 0 ? Object.fromEntries(omitted.map((id) => [id, true])) : null,
    user_id: broadcast.userId ?? "",
    channel_id: broadcast.channelId ?? "",
    team_id: broadcast.teamId ?? "",
    connection_id: broadcast.connectionId ?? "",
    omit_connection_id: broadcast.omitConnectionId ?? "",
  };
}
