import { channelMemberJson } from "../model/channel.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { readBody } from "./body.ts";
import {
  cutPage,
  pageOf,
  type Rest,
  requireInChannel,
  requireInTeam,
  requireSelf,
  statusOk,
  userParam,
} from "./rest.ts";

/** Who is in a channel and what they have seen there. */
export function channelMemberRoutes(rest: Rest, parts: NodeParts): void {
  const { system, activity } = parts;

  rest.get("/channels/:channel_id/members", (context) => {
    const channelId = context.req.param("channel_id");
    requireInChannel(parts, context, channelId, "read_channel");
    return context.json(cutPage(system.channels.members(channelId), pageOf(context)).map(channelMemberJson));
  });

  rest.post("/channels/:channel_id/members", async (context) => {
    const channel = system.channels.get(context.req.param("channel_id"));
    const caller = system.users.get(context.get("session").userId);
    const userId = (await readBody(context)).text("user_id");
    if (userId === caller.id && channel.type === "O") {
      requireInTeam(parts, context, channel.teamId, "join_public_channels");
    } else {
      requireInChannel(parts, context, channel.id, "read_channel_content");
    }
    return context.json(channelMemberJson(activity.addToChannel(channel.id, userId, caller)), 201);
  });

  rest.post("/channels/members/:user_id/view", async (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const channelId = (await readBody(context)).optionalText("channel_id") ?? "";
    const times = channelId === "" ? {} : { [channelId]: activity.viewChannel(channelId, userId) };
    return context.json({ ...statusOk, last_viewed_at_times: times });
  });

  rest.get("/channels/:channel_id/members/:user_id", (context) => {
    const channelId = context.req.param("channel_id");
    requireInChannel(parts, context, channelId, "read_channel");
    return context.json(channelMemberJson(system.channels.member(channelId, userParam(context))));
  });

  rest.delete("/channels/:channel_id/members/:user_id", (context) => {
    const channelId = context.req.param("channel_id");
    const caller = system.users.get(context.get("session").userId);
    const userId = userParam(context);
    if (userId !== caller.id) requireInChannel(parts, context, channelId, "manage_channel_roles");
    activity.removeFromChannel(channelId, userId, caller);
    return context.json(statusOk);
  });

  rest.get("/users/:user_id/teams/:team_id/channels/members", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const channels = system.channels.ofUser(userId, context.req.param("team_id"));
    return context.json(
      channels.map((channel) => channelMemberJson(system.channels.member(channel.id, userId))),
    );
  });
}
