import { type Call, row } from "../contract/row.ts";
import { bool, filled, type Input, int, slice, string } from "../gob/schema.ts";
import { Channel, ChannelMember } from "../models/channel.ts";

/** API methods for channels and their members (Mattermost plugin API). */
export const channelsRows = {
  GetChannel: row([string], [Channel], "appError"),
  GetChannelByName: row([string, string, bool], [Channel], "appError"),
  GetDirectChannel: row([string, string], [Channel], "appError"),
  GetGroupChannel: row([filled(slice(string))], [Channel], "appError"),
  GetChannelsForTeamForUser: row([string, string, bool], [filled(slice(Channel))], "appError"),
  UpdateChannel: row([Channel], [Channel], "appError"),
  GetChannelMember: row([string, string], [ChannelMember], "appError"),
  GetChannelMembers: row([string, int, int], [filled(slice(ChannelMember))], "appError"),
  AddChannelMember: row([string, string], [ChannelMember], "appError"),
};

/** The author's view of {@link channelsRows}. */
export function channels(call: Call<typeof channelsRows>) {
  return {
    get: (channelId: string) => call("GetChannel", channelId),
    getByName: (teamId: string, name: string, includeDeleted: boolean) =>
      call("GetChannelByName", teamId, name, includeDeleted),
    /** Makes the channel if there is none yet. */
    getDirect: (userId1: string, userId2: string) => call("GetDirectChannel", userId1, userId2),
    /** Makes the channel if there is none yet. */
    getGroup: (userIds: readonly string[]) => call("GetGroupChannel", userIds),
    ofUser: (teamId: string, userId: string, includeDeleted: boolean) =>
      call("GetChannelsForTeamForUser", teamId, userId, includeDeleted),
    update: (channel: Input<typeof Channel>) => call("UpdateChannel", channel),
    getMember: (channelId: string, userId: string) => call("GetChannelMember", channelId, userId),
    listMembers: (channelId: string, page: number, perPage: number) =>
      call("GetChannelMembers", channelId, page, perPage),
    addMember: (channelId: string, userId: string) => call("AddChannelMember", channelId, userId),
  };
}
