import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Api, User } from "@msteams-notifications/plugin-sdk";
import type { Log } from "../../application/log.ts";
import { MattermostError } from "../../application/mattermost/mattermost-error.ts";
import { askMattermost } from "./mattermost-failure.ts";

export const botUsername = "msteams";

const displayName = "MS Teams";
const description = "Brings Microsoft Teams chat messages while you are away from Teams.";

/** The bot's username belongs to a person, in whose name nothing must ever be written. */
export class BotNameTaken extends Error {
  override readonly name = "BotNameTaken";
  constructor() {
    super(`The username ${botUsername} belongs to a person.`);
  }
}

/** The version of the plugin that set the bot's picture and names last. */
const profileKey = "bot_profile";

export type BotApi = Pick<Api, "users" | "bots" | "kv" | "server">;

/**
 * Makes the bot when it is missing, and sets its picture and names at the first start of each version and when they are
 * another plugin's. Throws {@link BotNameTaken}. Resolves to its user id.
 */
export async function ensureBot(api: BotApi, log: Log, version: string): Promise<string> {
  const before = await userBefore(api);
  if (before?.isBot === false) throw new BotNameTaken();
  const botUserId = await askMattermost("make the bot", () =>
    api.bots.ensure({ username: botUsername, displayName, description }),
  );
  // A name that a person took meanwhile is answered with that person's id and no error (facts, section 4).
  if (before?.id !== botUserId && !(await isBot(api, botUserId))) throw new BotNameTaken();
  if (!hasOurNames(before) || (await versionThatSet(api)) !== version)
    await setProfile(api, botUserId, version).catch(() =>
      log.warn("The bot's picture and names could not be set"),
    );
  return botUserId;
}

async function userBefore(api: BotApi): Promise<User | undefined> {
  try {
    return await askMattermost("look up the bot", () => api.users.getByUsername(botUsername));
  } catch (error) {
    if (error instanceof MattermostError && error.code === "not-found") return undefined;
    throw error;
  }
}

async function isBot(api: BotApi, userId: string): Promise<boolean> {
  return (await askMattermost("look up the bot", () => api.users.get(userId))).isBot;
}

/** Mattermost keeps a bot's display name as its first name. Every plugin that has the bot writes its own. */
function hasOurNames(bot: User | undefined): boolean {
  return bot?.firstName === displayName && bot.botDescription === description;
}

async function versionThatSet(api: BotApi): Promise<string | undefined> {
  const stored = await askMattermost("read a value", () => api.kv.get(profileKey));
  return stored && new TextDecoder().decode(stored);
}

/** Mattermost leaves a bot that another plugin made as it is (facts, section 11). */
async function setProfile(api: BotApi, botUserId: string, version: string): Promise<void> {
  await askMattermost("name the bot", () => api.bots.patch(botUserId, { displayName, description }));
  const picture = await readFile(join(await api.server.bundlePath(), "assets/bot.png"));
  await askMattermost("set the bot's picture", () => api.users.setProfileImage(botUserId, picture));
  await askMattermost("keep a value", () => api.kv.set(profileKey, new TextEncoder().encode(version)));
}
