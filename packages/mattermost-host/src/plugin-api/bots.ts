import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import type { Caller } from "./caller.ts";

/** Where Mattermost remembers which bot it made for the plugin; deleting all of its keys forgets it. */
const botKey = "mmi_botid";

/** Bot accounts. */
export function botsApi({ manifest, system }: Caller): ApiImplementation {
  const { users, keyValues, log } = system;
  const remember = (userId: string): string => {
    const options = { atomic: false, oldValue: undefined, expireInSeconds: 0 };
    keyValues.set(manifest.id, botKey, new TextEncoder().encode(userId), options);
    return userId;
  };
  return {
    EnsureBotUser({ username, displayName, description }) {
      if (username === "") throw new Error("passed a bot with no username");
      const known = keyValues.get(manifest.id, botKey);
      if (known) {
        return users.patchBot(new TextDecoder().decode(known), { username, displayName, description }).userId;
      }
      const taken = users.findByUsername(username);
      if (taken?.isBot) return remember(taken.id);
      if (taken) {
        // Mattermost only logs it: a plugin that does not look posts as that person.
        log.write("error", "Plugin attempted to use an account that already exists.", { username });
        return taken.id;
      }
      return remember(users.createBot({ username, displayName, description, ownerId: manifest.id }).userId);
    },
    CreateBot: ({ username, displayName, description, ownerId }) =>
      users.createBot({ username, displayName, description, ownerId: ownerId || manifest.id }),
    GetBot: (userId, includeDeleted) => users.bot(userId, includeDeleted),
    GetBots({ ownerId, includeDeleted, page, perPage }) {
      const wanted = users
        .bots()
        .filter(
          (bot) => (ownerId === "" || bot.ownerId === ownerId) && (includeDeleted || bot.deleteAt === 0),
        );
      return wanted.slice(page * perPage, (page + 1) * perPage);
    },
    PatchBot: (userId, { username, displayName, description }) =>
      users.patchBot(userId, {
        ...(username === undefined ? {} : { username }),
        ...(displayName === undefined ? {} : { displayName }),
        ...(description === undefined ? {} : { description }),
      }),
    UpdateBotActive: (userId, active) => users.setBotActive(userId, active),
  };
}
