import { type Call, row } from "../contract/row.ts";
import { bool, filled, type Input, slice, string } from "../gob/schema.ts";
import { Bot, BotGetOptions, BotPatch } from "../models/bot.ts";

/** API methods for bot accounts (Mattermost plugin API). */
export const botsRows = {
  EnsureBotUser: row([Bot], [string], "error"),
  CreateBot: row([Bot], [Bot], "appError"),
  GetBot: row([string, bool], [Bot], "appError"),
  GetBots: row([BotGetOptions], [filled(slice(Bot))], "appError"),
  PatchBot: row([string, BotPatch], [Bot], "appError"),
  UpdateBotActive: row([string, bool], [Bot], "appError"),
};

/** The author's view of {@link botsRows}. */
export function bots(call: Call<typeof botsRows>) {
  return {
    /** Makes the bot if needed and answers its user id; `username` is required. */
    ensure: (bot: Input<typeof Bot>) => call("EnsureBotUser", bot),
    create: (bot: Input<typeof Bot>) => call("CreateBot", bot),
    get: (botUserId: string, includeDeleted: boolean) => call("GetBot", botUserId, includeDeleted),
    list: (options: Input<typeof BotGetOptions>) => call("GetBots", options),
    patch: (botUserId: string, patch: Input<typeof BotPatch>) => call("PatchBot", botUserId, patch),
    setActive: (botUserId: string, active: boolean) => call("UpdateBotActive", botUserId, active),
  };
}
