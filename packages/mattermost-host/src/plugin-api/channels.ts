import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import type { Caller } from "./caller.ts";

/** Channels and teams with their members. */
export function channelsApi({ system, activity }: Caller): ApiImplementation {
  const { channels, teams } = system;
  return {
    GetChannel: (channelId) => channels.get(channelId),
    GetChannelByName(teamId, name, includeDeleted) {
      const channel = channels.findByName(teamId, name);
      if (!channel || (channel.deleteAt !== 0 && !includeDeleted)) {
        throw new AppError("app.channel.get.find.app_error");
      }
      return channel;
    },
    GetDirectChannel: (one, other) => activity.directChannel(one, other),
    GetGroupChannel: (userIds) => activity.groupChannel(userIds),
    GetChannelsForTeamForUser: (teamId, userId, includeDeleted) =>
      channels.ofUser(userId, teamId).filter((channel) => includeDeleted || channel.deleteAt === 0),
    UpdateChannel({ id, displayName, header, purpose }) {
      const channel = Object.assign(channels.get(id), { displayName, header, purpose });
      channel.updateAt = system.clock.now();
      activity.publishChannelUpdated(id);
      return channel;
    },
    GetChannelMember: (channelId, userId) => channels.member(channelId, userId),
    GetChannelMembers: (channelId, page, perPage) =>
      channels.members(channelId).slice(page * perPage, (page + 1) * perPage),
    AddChannelMember: (channelId, userId) => activity.addToChannel(channelId, userId, undefined),
    GetTeam: (teamId) => teams.get(teamId),
    GetTeams: () => teams.all(),
    GetTeamByName(name) {
      const team = teams.findByName(name);
      if (!team) throw new AppError("app.team.get.find.app_error");
      return team;
    },
    GetTeamsForUser: (userId) => teams.ofUser(userId),
    GetTeamMember: (teamId, userId) => teams.member(teamId, userId),
  };
}
