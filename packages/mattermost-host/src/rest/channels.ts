import { AppError } from "../app-error.ts";
import { type Channel, channelJson } from "../model/channel.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { invalid, readBody, readStrings } from "./body.ts";
import {
  cutPage,
  forbidden,
  pageOf,
  type Rest,
  type RestContext,
  requireInChannel,
  requireInTeam,
  requireSelf,
  statusOk,
  userParam,
} from "./rest.ts";

/** Channels of teams, direct and group channels. */
export function channelRoutes(rest: Rest, parts: NodeParts): void {
  const { system, activity } = parts;
  const requireVisible = (context: RestContext, channel: Channel) => {
    if (channel.type === "O") requireInTeam(parts, context, channel.teamId, "read_public_channel");
    else requireInChannel(parts, context, channel.id, "read_channel");
  };

  rest.post("/channels", async (context) => {
    const { userId } = context.get("session");
    const body = await readBody(context);
    const teamId = body.text("team_id");
    const type = body.optionalText("type") ?? "O";
    if (type !== "O" && type !== "P") throw invalid("type", "O or P");
    requireInTeam(parts, context, teamId, type === "O" ? "create_public_channel" : "create_private_channel");
    const channel = system.channels.create({
      teamId,
      type,
      name: body.text("name"),
      displayName: body.text("display_name"),
      header: body.optionalText("header") ?? "",
      purpose: body.optionalText("purpose") ?? "",
      creatorId: userId,
    });
    system.channels.addMember(channel.id, userId);
    system.events.publish("channel_created", { channel_id: channel.id, team_id: teamId }, { userId });
    activity.occurrences.report({ kind: "channel-created", channel });
    return context.json(channelJson(channel), 201);
  });

  rest.post("/channels/direct", async (context) => {
    const [first, second, ...rest] = await readStrings(context);
    if (!first || !second || rest.length > 0) throw invalid("The body", "a list of two user ids");
    const caller = context.get("session").userId;
    if (first !== caller && second !== caller && !system.permissions.has(caller, "manage_system")) {
      throw forbidden("manage_system");
    }
    return context.json(channelJson(activity.directChannel(first, second)), 201);
  });

  rest.post("/channels/group", async (context) => {
    const people = new Set([...(await readStrings(context)), context.get("session").userId]);
    return context.json(channelJson(activity.groupChannel([...people])), 201);
  });

  rest.get("/channels/:channel_id", (context) => {
    const channel = system.channels.get(context.req.param("channel_id"));
    requireVisible(context, channel);
    return context.json(channelJson(channel));
  });

  rest.put("/channels/:channel_id/patch", async (context) => {
    const before = system.channels.get(context.req.param("channel_id"));
    const kind = before.type === "O" ? "public" : "private";
    requireInChannel(parts, context, before.id, `manage_${kind}_channel_properties`);
    const body = await readBody(context);
    const channel = system.channels.update(before.id, {
      displayName: body.optionalText("display_name") ?? before.displayName,
      header: body.optionalText("header") ?? before.header,
      purpose: body.optionalText("purpose") ?? before.purpose,
    });
    activity.publishChannelUpdated(channel.id);
    return context.json(channelJson(channel));
  });

  rest.delete("/channels/:channel_id", (context) => {
    const channel = system.channels.get(context.req.param("channel_id"));
    requireInChannel(parts, context, channel.id, "manage_public_channel_properties");
    system.channels.update(channel.id, { deleteAt: system.clock.now() });
    const { teamId } = channel;
    const json = { channel_id: channel.id, delete_at: channel.deleteAt };
    system.events.publish("channel_deleted", json, teamId ? { teamId } : { channelId: channel.id });
    return context.json(statusOk);
  });

  rest.get("/teams/:team_id/channels", (context) => {
    const teamId = context.req.param("team_id");
    requireInTeam(parts, context, teamId, "list_team_channels");
    const open = system.channels.all().filter((channel) => channel.teamId === teamId && channel.type === "O");
    return context.json(cutPage(open, pageOf(context)).map(channelJson));
  });

  rest.get("/teams/:team_id/channels/name/:name", (context) => {
    const { team_id: teamId, name } = context.req.param();
    const channel = system.channels.findByName(teamId, name) ?? system.channels.findByName("", name);
    if (!channel) throw new AppError("app.channel.get.find.app_error");
    requireVisible(context, channel);
    return context.json(channelJson(channel));
  });

  rest.get("/users/:user_id/teams/:team_id/channels", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const channels = system.channels.ofUser(userId, context.req.param("team_id"));
    return context.json(channels.filter((channel) => channel.deleteAt === 0).map(channelJson));
  });
}
