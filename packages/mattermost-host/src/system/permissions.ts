import type { ChannelDirectory } from "./channel-directory.ts";
import type { TeamDirectory } from "./team-directory.ts";
import type { UserDirectory } from "./user-directory.ts";

/** The permissions of Mattermost's built-in roles that this server asks for or that plugins commonly do. */
const rolePermissions: Readonly<Record<string, readonly string[]>> = {
  system_user: [
    "list_public_teams",
    "join_public_teams",
    "create_direct_channel",
    "create_group_channel",
    "view_members",
    "create_team",
    "create_emojis",
  ],
  system_guest: ["create_direct_channel", "create_group_channel"],
  system_post_all: ["create_post"],
  team_user: [
    "list_team_channels",
    "join_public_channels",
    "read_public_channel",
    "view_team",
    "create_public_channel",
    "create_private_channel",
    "invite_user",
    "add_user_to_team",
  ],
  team_admin: ["manage_team", "manage_team_roles", "remove_user_from_team", "manage_slash_commands"],
  channel_user: [
    "read_channel",
    "read_channel_content",
    "add_reaction",
    "remove_reaction",
    "upload_file",
    "get_public_link",
    "create_post",
    "use_channel_mentions",
    "use_slash_commands",
    "edit_post",
    "delete_post",
    "manage_public_channel_properties",
    "manage_private_channel_properties",
  ],
  channel_admin: ["manage_channel_roles"],
};

export function rolesGrant(roles: readonly string[], permission: string): boolean {
  return roles.some((role) => role === "system_admin" || (rolePermissions[role] ?? []).includes(permission));
}

const split = (roles: string) => roles.split(" ").filter((role) => role !== "");

/** Who may do what. Mattermost compares permissions by id alone. */
export class Permissions {
  readonly #users: UserDirectory;
  readonly #teams: TeamDirectory;
  readonly #channels: ChannelDirectory;

  constructor(users: UserDirectory, teams: TeamDirectory, channels: ChannelDirectory) {
    this.#users = users;
    this.#teams = teams;
    this.#channels = channels;
  }

  has(userId: string, permission: string): boolean {
    const user = this.#users.find(userId);
    return user !== undefined && user.deleteAt === 0 && rolesGrant(split(user.roles), permission);
  }

  hasInTeam(userId: string, teamId: string, permission: string): boolean {
    if (this.has(userId, permission)) return true;
    if (!this.#teams.isMember(teamId, userId)) return false;
    return rolesGrant(split(this.#teams.member(teamId, userId).roles), permission);
  }

  hasInChannel(userId: string, channelId: string, permission: string): boolean {
    const channel = this.#channels.find(channelId);
    if (!channel) return this.has(userId, permission);
    if (this.#channels.isMember(channelId, userId)) {
      if (rolesGrant(split(this.#channels.member(channelId, userId).roles), permission)) return true;
    }
    return channel.teamId === ""
      ? this.has(userId, permission)
      : this.hasInTeam(userId, channel.teamId, permission);
  }
}
