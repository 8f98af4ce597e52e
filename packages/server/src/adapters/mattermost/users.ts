import type { Api, User } from "@msteams-notifications/plugin-sdk";
import type { Administrators } from "../../application/integration.ts";
import { MattermostError, type MattermostUser, type MattermostUsers } from "../../application/ports.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** People as Mattermost knows them. */
export class Users implements MattermostUsers, Administrators {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async get(userId: string): Promise<MattermostUser | undefined> {
    try {
      return fromMattermost(await askMattermost("look up a user", () => this.#api.users.get(userId)));
    } catch (error) {
      if (error instanceof MattermostError && error.code === "not-found") return undefined;
      throw error;
    }
  }

  /** Asks for the permission rather than the role, because a server may give it to roles of its own. */
  isAdministrator(userId: string): Promise<boolean> {
    return askMattermost("check a permission", () => this.#api.permissions.has(userId, "manage_system"));
  }
}

function fromMattermost(user: User): MattermostUser {
  const { id, username, email, locale, isBot, roles } = user;
  return {
    id,
    username,
    email,
    locale,
    isBot,
    isSystemAdmin: roles.split(" ").includes("system_admin"),
    isActive: user.deleteAt === 0,
  };
}
