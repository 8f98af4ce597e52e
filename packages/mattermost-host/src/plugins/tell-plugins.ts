import type { HooksClient, RunningPlugin } from "@msteams-notifications/plugin-sdk/host";
import { wirePost } from "../plugin-api/wire-posts.ts";
import type { Occurrence } from "../system/occurrences.ts";

/** The hook that tells of each kind of occurrence. */
export const hookOf = {
  "message-posted": "MessageHasBeenPosted",
  "message-updated": "MessageHasBeenUpdated",
  "message-deleted": "MessageHasBeenDeleted",
  "reaction-added": "ReactionHasBeenAdded",
  "reaction-removed": "ReactionHasBeenRemoved",
  "preferences-changed": "PreferencesHaveChanged",
  "channel-created": "ChannelHasBeenCreated",
  "joined-channel": "UserHasJoinedChannel",
  "left-channel": "UserHasLeftChannel",
  "joined-team": "UserHasJoinedTeam",
  "left-team": "UserHasLeftTeam",
  "user-created": "UserHasBeenCreated",
  "user-logged-in": "UserHasLoggedIn",
  "user-deactivated": "UserHasBeenDeactivated",
  "websocket-connected": "OnWebSocketConnect",
  "websocket-disconnected": "OnWebSocketDisconnect",
  "websocket-message": "WebSocketMessageHasBeenPosted",
} as const satisfies Record<Occurrence["kind"], keyof HooksClient>;

/** Tells a plugin of something that has happened, if it wants to know. Rejects as the hook does. */
export async function tell({ hooks, implemented }: RunningPlugin, what: Occurrence): Promise<void> {
  if (!implemented.has(hookOf[what.kind])) return;
  switch (what.kind) {
    case "message-posted":
      return hooks.MessageHasBeenPosted({}, wirePost(what.post));
    case "message-updated":
      return hooks.MessageHasBeenUpdated({}, wirePost(what.now), wirePost(what.before));
    case "message-deleted":
      return hooks.MessageHasBeenDeleted({}, wirePost(what.post));
    case "reaction-added":
      return hooks.ReactionHasBeenAdded({}, what.reaction);
    case "reaction-removed":
      return hooks.ReactionHasBeenRemoved({}, what.reaction);
    case "preferences-changed":
      return hooks.PreferencesHaveChanged({}, what.preferences);
    case "channel-created":
      return hooks.ChannelHasBeenCreated({}, what.channel);
    case "joined-channel":
      return hooks.UserHasJoinedChannel({}, what.member, what.actor);
    case "left-channel":
      return hooks.UserHasLeftChannel({}, what.member, what.actor);
    case "joined-team":
      return hooks.UserHasJoinedTeam({}, what.member, what.actor);
    case "left-team":
      return hooks.UserHasLeftTeam({}, what.member, what.actor);
    case "user-created":
      return hooks.UserHasBeenCreated({}, what.user);
    case "user-logged-in":
      return hooks.UserHasLoggedIn({}, what.user);
    case "user-deactivated":
      return hooks.UserHasBeenDeactivated({}, what.user);
    case "websocket-connected":
      return hooks.OnWebSocketConnect(what.connectionId, what.userId);
    case "websocket-disconnected":
      return hooks.OnWebSocketDisconnect(what.connectionId, what.userId);
    case "websocket-message": {
      const { seq, action, data } = what;
      return hooks.WebSocketMessageHasBeenPosted(what.connectionId, what.userId, { seq, action, data });
    }
  }
}
