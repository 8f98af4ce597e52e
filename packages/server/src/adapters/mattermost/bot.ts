import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Api } from "@msteams-notifications/plugin-sdk";
import type { Log } from "../../application/log.ts";
import { askMattermost } from "./mattermost-failure.ts";

export const botUsername = "msteams";

/** The bot's username belongs to a person, in whose name nothing must ever be written. */
export class BotNameTaken extends Error {
  override readonly name = "BotNameTaken";
  constructor() {
    super(`The username ${botUsername} belongs to a person.`);
  }
}

/** Fingerprint of the picture that was set last, so that a start sets it only when it changed. */
const pictureKey = "bot_picture";

/** Makes the bot when it is missing. Throws {@link BotNameTaken}. Resolves to its user id. */
export async function ensureBot(api: Api, log: Log): Promise<string> {
  const botUserId = await askMattermost("make the bot", () =>
    api.bots.ensure({
      username: botUsername,
      displayName: "MS Teams",
      description: "Brings Microsoft Teams chat messages while you are away from Teams.",
    }),
  );
  // A name that is taken is answered with the person's id and no error (facts, section 4).
  const { isBot } = await askMattermost("look up the bot", () => api.users.get(botUserId));
  if (!isBot) throw new BotNameTaken();
  await setPicture(api, botUserId).catch(() => log.warn("The bot's picture could not be set"));
  return botUserId;
}

async function setPicture(api: Api, botUserId: string): Promise<void> {
  const picture = await readFile(join(await api.server.bundlePath(), "assets/bot.png"));
  const fingerprint = createHash("sha256").update(picture).digest();
  const known = await api.kv.get(pictureKey);
  if (known !== undefined && fingerprint.equals(known)) return;
  await api.users.setProfileImage(botUserId, picture);
  await api.kv.set(pictureKey, fingerprint);
}
