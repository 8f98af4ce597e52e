import type { JsonObject } from "../json.ts";
import type { Bot } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { readBody } from "./body.ts";
import { cutPage, pageOf, type Rest, requirePermission } from "./rest.ts";

/** Accounts that programs post with. */
export function botRoutes(rest: Rest, parts: NodeParts): void {
  const { system } = parts;

  rest.get("/bots", (context) => {
    requirePermission(parts, context, "read_bots");
    const withDeleted = context.req.query("include_deleted") === "true";
    const bots = system.users.bots().filter((bot) => withDeleted || bot.deleteAt === 0);
    return context.json(cutPage(bots, pageOf(context)).map(botJson));
  });

  rest.post("/bots", async (context) => {
    requirePermission(parts, context, "create_bot");
    const body = await readBody(context);
    const bot = system.users.createBot({
      username: body.text("username"),
      displayName: body.optionalText("display_name") ?? "",
      description: body.optionalText("description") ?? "",
      ownerId: context.get("session").userId,
    });
    return context.json(botJson(bot), 201);
  });

  rest.get("/bots/:bot_id", (context) => {
    requirePermission(parts, context, "read_bots");
    const withDeleted = context.req.query("include_deleted") === "true";
    return context.json(botJson(system.users.bot(context.req.param("bot_id"), withDeleted)));
  });

  rest.post("/bots/:bot_id/:change{enable|disable}", (context) => {
    requirePermission(parts, context, "manage_others_bots");
    const active = context.req.param("change") === "enable";
    return context.json(botJson(system.users.setBotActive(context.req.param("bot_id"), active)));
  });
}

function botJson(bot: Bot): JsonObject {
  return {
    user_id: bot.userId,
    username: bot.username,
    display_name: bot.displayName,
    description: bot.description,
    owner_id: bot.ownerId,
    last_icon_update: bot.lastIconUpdate,
    create_at: bot.createAt,
    update_at: bot.updateAt,
    delete_at: bot.deleteAt,
  };
}
