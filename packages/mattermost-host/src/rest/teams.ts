import { AppError } from "../app-error.ts";
import { teamJson, teamMemberJson } from "../model/team.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { readBody } from "./body.ts";
import {
  cutPage,
  forbidden,
  pageOf,
  type Rest,
  requireInTeam,
  requirePermission,
  requireSelf,
  statusOk,
  userParam,
} from "./rest.ts";

/** Teams and who belongs to them. */
export function teamRoutes(rest: Rest, parts: NodeParts): void {
  const { system, activity } = parts;

  rest.get("/teams", (context) => {
    const { userId } = context.get("session");
    const seen = system.teams
      .all()
      .filter((team) => team.allowOpenInvite || system.permissions.hasInTeam(userId, team.id, "view_team"));
    return context.json(cutPage(seen, pageOf(context)).map(teamJson));
  });

  rest.post("/teams", async (context) => {
    requirePermission(parts, context, "create_team");
    const body = await readBody(context);
    const team = system.addTeam(body.text("name"), body.text("display_name"));
    activity.joinTeam(team.id, context.get("session").userId, undefined);
    return context.json(teamJson(team), 201);
  });

  rest.get("/teams/name/:name", (context) => {
    const team = system.teams.findByName(context.req.param("name"));
    if (!team) throw new AppError("app.team.get.find.app_error");
    requireInTeam(parts, context, team.id, "view_team");
    return context.json(teamJson(team));
  });

  rest.get("/teams/:team_id", (context) => {
    const team = system.teams.get(context.req.param("team_id"));
    requireInTeam(parts, context, team.id, "view_team");
    return context.json(teamJson(team));
  });

  rest.get("/users/:user_id/teams", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    return context.json(system.teams.ofUser(userId).map(teamJson));
  });

  rest.get("/users/:user_id/teams/members", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const teams = system.teams.ofUser(userId);
    return context.json(teams.map((team) => teamMemberJson(system.teams.member(team.id, userId))));
  });

  rest.get("/teams/:team_id/members", (context) => {
    const teamId = context.req.param("team_id");
    requireInTeam(parts, context, teamId, "view_team");
    return context.json(cutPage(system.teams.members(teamId), pageOf(context)).map(teamMemberJson));
  });

  rest.post("/teams/:team_id/members", async (context) => {
    const teamId = context.req.param("team_id");
    const caller = system.users.get(context.get("session").userId);
    const userId = (await readBody(context)).text("user_id");
    const open = system.teams.get(teamId).allowOpenInvite && userId === caller.id;
    if (!open && !system.permissions.hasInTeam(caller.id, teamId, "add_user_to_team")) {
      throw forbidden("add_user_to_team");
    }
    return context.json(teamMemberJson(activity.joinTeam(teamId, userId, caller)), 201);
  });

  rest.get("/teams/:team_id/members/:user_id", (context) => {
    const teamId = context.req.param("team_id");
    requireInTeam(parts, context, teamId, "view_team");
    return context.json(teamMemberJson(system.teams.member(teamId, userParam(context))));
  });

  rest.delete("/teams/:team_id/members/:user_id", (context) => {
    const teamId = context.req.param("team_id");
    const caller = system.users.get(context.get("session").userId);
    const userId = userParam(context);
    if (userId !== caller.id) requireInTeam(parts, context, teamId, "remove_user_from_team");
    activity.leaveTeam(teamId, userId, caller);
    return context.json(statusOk);
  });
}
