import { AppError } from "../app-error.ts";
import type { JsonObject } from "../json.ts";
import type { CommandArgs, CommandResponse } from "../model/command.ts";
import { publishAnswer } from "../node/command-answer.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { readBody } from "./body.ts";
import { type Rest, type RestContext, requireInChannel, requireInTeam, requirePermission } from "./rest.ts";
import { suggestionsFor } from "./suggestions.ts";

/** Slash commands that plugins have registered. */
export function commandRoutes(rest: Rest, parts: NodeParts): void {
  const { system, activity, plugins } = parts;

  rest.post("/commands/execute", async (context) => {
    const { userId } = context.get("session");
    const body = await readBody(context);
    const command = body.text("command");
    if (!/^\/./.test(command)) throw new AppError("api.command.execute_command.format.app_error");
    const channel = system.channels.get(body.text("channel_id"));
    requireInChannel(parts, context, channel.id, "create_post");
    const teamId = channel.teamId || (body.optionalText("team_id") ?? "");
    // A direct channel has no team: whoever is not in the one they name needs a right that only administrators have.
    if (channel.teamId === "" && !system.teams.isMember(teamId, userId)) {
      requirePermission(parts, context, "create_post");
    }
    const { triggerId, clientTriggerId } = system.triggers.issue(userId);
    const args: CommandArgs = {
      userId,
      channelId: channel.id,
      teamId,
      rootId: body.optionalText("root_id") ?? "",
      triggerId,
      command,
      siteURL: requestOrigin(context),
      userMentions: mentionsIn(command, "@", (name) => system.users.findByUsername(name)?.id),
      channelMentions: mentionsIn(command, "~", (name) => system.channels.findByName(teamId, name)?.id),
    };
    const response = await plugins.executeCommand(args);
    if (!response) {
      throw new AppError("api.command.execute_command.not_found.app_error", {
        detail: `Nobody answers ${command.split(" ")[0]}.`,
      });
    }
    await publishAnswer(activity, args, response);
    return context.json(responseJson(response, clientTriggerId));
  });

  rest.get("/teams/:team_id/commands/autocomplete_suggestions", async (context) => {
    const teamId = context.req.param("team_id");
    requireInTeam(parts, context, teamId, "view_team");
    const {
      user_input: userInput = "",
      channel_id: channelId = "",
      root_id: rootId = "",
    } = context.req.query();
    const session = context.get("session");
    const place = { teamId, channelId, rootId, siteURL: requestOrigin(context) };
    return context.json(await suggestionsFor(parts, session, userInput, place));
  });

  rest.get("/teams/:team_id/commands/autocomplete", (context) => {
    requireInTeam(parts, context, context.req.param("team_id"), "view_team");
    const shown = plugins.commands().filter(({ command }) => command.autoComplete);
    return context.json(
      shown.map(({ command }) => ({
        trigger: command.trigger,
        team_id: command.teamId,
        auto_complete: true,
        auto_complete_desc: command.autoCompleteDesc,
        auto_complete_hint: command.autoCompleteHint,
        display_name: command.displayName,
      })),
    );
  });
}

/** The address that the client used; a plugin must not trust it (facts 3). */
function requestOrigin(context: RestContext): string {
  return new URL(context.req.url).origin;
}

function mentionsIn(
  text: string,
  sign: "@" | "~",
  idOf: (name: string) => string | undefined,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = ""] of text.matchAll(new RegExp(`(?<![\\w${sign}])${sign}([a-z0-9._-]+)`, "gi"))) {
    const id = idOf(name.toLowerCase());
    if (id) found[name.toLowerCase()] = id;
  }
  return found;
}

function responseJson(response: CommandResponse, triggerId: string): JsonObject {
  return {
    response_type: response.responseType,
    text: response.text,
    username: response.username,
    channel_id: response.channelId,
    icon_url: response.iconURL,
    type: response.type,
    props: response.props,
    goto_location: response.gotoLocation,
    trigger_id: triggerId,
    skip_slack_parsing: response.skipSlackParsing,
    attachments: [...response.attachments],
    extra_responses: response.extraResponses.map((extra) => responseJson(extra, "")),
  };
}
