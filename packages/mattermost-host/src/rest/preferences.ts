import { AppError } from "../app-error.ts";
import { type Preference, preferenceJson } from "../model/preference.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { type Body, readRows } from "./body.ts";
import { type Rest, requireSelf, statusOk, userParam } from "./rest.ts";

/** What people chose; plugins keep their settings for a person here too. */
export function preferenceRoutes(rest: Rest, parts: NodeParts): void {
  const { system, activity } = parts;
  const rowOf = (body: Body): Preference => ({
    userId: body.text("user_id"),
    category: body.optionalText("category") ?? "",
    name: body.optionalText("name") ?? "",
    value: body.optionalText("value") ?? "",
  });

  rest.get("/users/:user_id/preferences", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    return context.json(system.preferences.list(userId).map(preferenceJson));
  });

  rest.put("/users/:user_id/preferences", async (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    activity.savePreferences(userId, (await readRows(context)).map(rowOf));
    return context.json(statusOk);
  });

  rest.post("/users/:user_id/preferences/delete", async (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    activity.deletePreferences(userId, (await readRows(context)).map(rowOf));
    return context.json(statusOk);
  });

  // Mattermost's route takes letters, digits and underscores only: other categories can not be asked for.
  rest.get("/users/:user_id/preferences/:category{[A-Za-z0-9_]+}", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const rows = system.preferences.inCategory(userId, context.req.param("category"));
    if (rows.length === 0) throw new AppError("app.preference.get.app_error", { statusCode: 404 });
    return context.json(rows.map(preferenceJson));
  });

  rest.get("/users/:user_id/preferences/:category{[A-Za-z0-9_]+}/name/:name{[A-Za-z0-9_]+}", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const { category, name } = context.req.param();
    return context.json(preferenceJson(system.preferences.get(userId, category, name)));
  });
}
