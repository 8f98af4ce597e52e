import type { Api, User } from "@msteams-notifications/plugin-sdk";
import type { Administrators } from "../../application/integration.ts";
import { MattermostError } from "../../application/mattermost/mattermost-error.ts";
import type { MattermostNames } from "../../application/mattermost/mattermost-names.ts";
import type { MattermostUser, MattermostUsers } from "../../application/mattermost/mattermost-users.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** People as Mattermost knows them. */
export class Users implements MattermostUsers, MattermostNames, Administrators {
  readonly #api: Pick<Api, "users" | "permissions">;

  constructor(api: Pick<Api, "users" | "permissions">) {
    this.#api = api;
  }

  get(userId: string): Promise<MattermostUser | undefined> {
    return this.#find(() => this.#api.users.get(userId));
  }

  byUsername(username: string): Promise<MattermostUser | undefined> {
    return this.#find(() => this.#api.users.getByUsername(username));
  }

  async departed(userIds: readonly string[]): Promise<readonly string[]> {
    const listed = await askMattermost("look up users", () => this.#api.users.getByIds(userIds));
    const active = new Set(listed.filter(({ deleteAt }) => deleteAt === 0).map(({ id }) => id));
    const others = userIds.filter((userId) => !active.has(userId));
    // Each is asked for again: a list that came incomplete must not end anybody's connection.
    const found = await Promise.all(others.map((userId) => this.get(userId)));
    return others.filter((_userId, index) => found[index]?.isActive !== true);
  }

  async namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const listed = await askMattermost("look up users", () => this.#api.users.getByIds(userIds));
    return new Map(listed.map((user) => [user.id, nameOf(user)]));
  }

  async #find(ask: () => Promise<User>): Promise<MattermostUser | undefined> {
    try {
      return fromMattermost(await askMattermost("look up a user", ask));
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

function nameOf({ firstName, lastName, nickname, username }: User): string {
  return `${firstName} ${lastName}`.trim() || nickname.trim() || username;
}

function fromMattermost(user: User): MattermostUser {
  const { id, username, email, locale, isBot, roles } = user;
  const { useAutomaticTimezone, automaticTimezone, manualTimezone } = user.timezone ?? {};
  return {
    id,
    username,
    email,
    locale,
    timeZone: useAutomaticTimezone === "true" ? automaticTimezone : manualTimezone,
    isBot,
    isSystemAdmin: roles.split(" ").includes("system_admin"),
    isActive: user.deleteAt === 0,
  };
}
