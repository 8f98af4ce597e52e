import { userJson } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { readBody, readStrings } from "./body.ts";
import {
  cutPage,
  pageOf,
  type Rest,
  type RestContext,
  requirePermission,
  requireSelf,
  statusOk,
  userParam,
} from "./rest.ts";

/** Accounts: finding, creating and changing them. */
export function userRoutes(rest: Rest, parts: NodeParts): void {
  const { system, activity } = parts;
  const shown = (context: RestContext, id: string) =>
    userJson(system.users.get(id), context.get("session").userId === id);

  rest.get("/users", (context) => {
    const { in_team: teamId, in_channel: channelId, active } = context.req.query();
    const users = system.users
      .all()
      .filter((user) => active !== "true" || user.deleteAt === 0)
      .filter((user) => !teamId || system.teams.isMember(teamId, user.id))
      .filter((user) => !channelId || system.channels.isMember(channelId, user.id))
      .toSorted((a, b) => (a.username < b.username ? -1 : 1));
    return context.json(cutPage(users, pageOf(context)).map((user) => shown(context, user.id)));
  });

  rest.post("/users", async (context) => {
    requirePermission(parts, context, "manage_system");
    const body = await readBody(context);
    const user = system.addUser({
      username: body.text("username"),
      email: body.text("email"),
      password: body.text("password"),
      firstName: body.optionalText("first_name") ?? "",
      lastName: body.optionalText("last_name") ?? "",
      nickname: body.optionalText("nickname") ?? "",
      locale: body.optionalText("locale") ?? "en",
    });
    activity.occurrences.report({ kind: "user-created", user });
    return context.json(userJson(user, true), 201);
  });

  rest.post("/users/ids", async (context) => {
    const ids = new Set(await readStrings(context));
    return context.json([...ids].flatMap((id) => (system.users.find(id) ? [shown(context, id)] : [])));
  });

  rest.post("/users/usernames", async (context) => {
    const found = (await readStrings(context)).flatMap((name) => system.users.findByUsername(name) ?? []);
    return context.json(found.map((user) => shown(context, user.id)));
  });

  rest.post("/users/search", async (context) => {
    const term = (await readBody(context)).text("term").toLowerCase();
    const found = system.users
      .all()
      .filter((user) =>
        [user.username, user.firstName, user.lastName, user.email].some((text) =>
          text.toLowerCase().startsWith(term),
        ),
      );
    return context.json(found.map((user) => shown(context, user.id)));
  });

  rest.get("/users/username/:username", (context) => {
    const user = system.users.findByUsername(context.req.param("username"));
    return context.json(shown(context, user?.id ?? ""));
  });

  rest.get("/users/email/:email", (context) => {
    const user = system.users.findByEmail(context.req.param("email"));
    return context.json(shown(context, user?.id ?? ""));
  });

  rest.get("/users/:user_id", (context) => context.json(shown(context, userParam(context))));

  rest.put("/users/:user_id/patch", async (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const body = await readBody(context);
    const before = system.users.get(userId);
    const user = system.users.update(userId, {
      username: body.optionalText("username") ?? before.username,
      email: body.optionalText("email") ?? before.email,
      nickname: body.optionalText("nickname") ?? before.nickname,
      firstName: body.optionalText("first_name") ?? before.firstName,
      lastName: body.optionalText("last_name") ?? before.lastName,
      position: body.optionalText("position") ?? before.position,
      locale: body.optionalText("locale") ?? before.locale,
      timezone: body.optionalTextMap("timezone") ?? before.timezone,
      notifyProps: body.optionalTextMap("notify_props") ?? before.notifyProps,
    });
    activity.publishUserUpdated(user);
    return context.json(userJson(user, true));
  });

  rest.put("/users/:user_id/roles", async (context) => {
    requirePermission(parts, context, "manage_roles");
    system.users.update(userParam(context), { roles: (await readBody(context)).text("roles") });
    return context.json(statusOk);
  });

  rest.put("/users/:user_id/active", async (context) => {
    requirePermission(parts, context, "manage_system");
    activity.setActive(userParam(context), (await readBody(context)).optionalFlag("active") ?? false);
    return context.json(statusOk);
  });

  rest.delete("/users/:user_id", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    activity.setActive(userId, false);
    return context.json(statusOk);
  });

  rest.post("/users/:user_id/tokens", async (context) => {
    const user = system.users.get(userParam(context));
    requireSelf(parts, context, user.id);
    const description = (await readBody(context)).text("description");
    const { id, token } = system.tokenFor(user);
    return context.json({ id, token, user_id: user.id, description, is_active: true });
  });
}
