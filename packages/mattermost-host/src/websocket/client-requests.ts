import type { NodeParts } from "../node/node-parts.ts";
import { serverVersion } from "../system/system.ts";
import { type ClientMessage, failFrame, okFrame } from "./client-message.ts";

/** Does what a known client asks for over the websocket and answers the frame to send back. */
export function answerFrame(parts: NodeParts, message: ClientMessage, userId: string): string {
  const { seq, action, data } = message;
  const { users, events, permissions } = parts.system;
  switch (action) {
    case "ping":
      return okFrame(seq, { text: "pong", version: serverVersion, node_id: parts.nodeId });
    case "get_statuses":
      return okFrame(seq, Object.fromEntries(users.all().map(({ id }) => [id, users.status(id).status])));
    case "user_typing": {
      const channelId = typeof data.channel_id === "string" ? data.channel_id : "";
      if (!permissions.hasInChannel(userId, channelId, "create_post")) {
        return failFrame(seq, "api.websocket_handler.invalid_param.app_error", "The channel is not yours.");
      }
      const parentId = typeof data.parent_id === "string" ? data.parent_id : "";
      events.publish("typing", { user_id: userId, parent_id: parentId }, { channelId, omitUsers: [userId] });
      return okFrame(seq);
    }
    default:
      return failFrame(seq, "api.web_socket_router.bad_action.app_error", `There is no action ${action}.`);
  }
}
