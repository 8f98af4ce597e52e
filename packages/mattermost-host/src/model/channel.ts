import type { JsonObject } from "../json.ts";

/** `O` public, `P` private, `D` direct, `G` group of three to eight. */
export type ChannelType = "O" | "P" | "D" | "G";

export interface Channel {
  readonly id: string;
  createAt: number;
  updateAt: number;
  deleteAt: number;
  /** Empty for direct and group channels, which belong to no team. */
  teamId: string;
  type: ChannelType;
  displayName: string;
  name: string;
  header: string;
  purpose: string;
  creatorId: string;
  lastPostAt: number;
  lastRootPostAt: number;
  totalMsgCount: number;
  totalMsgCountRoot: number;
}

export interface ChannelMember {
  readonly channelId: string;
  readonly userId: string;
  roles: string;
  lastViewedAt: number;
  msgCount: number;
  msgCountRoot: number;
  mentionCount: number;
  mentionCountRoot: number;
  notifyProps: Record<string, string>;
  lastUpdateAt: number;
  schemeUser: boolean;
  schemeAdmin: boolean;
}

/** The name of the direct channel of two users: their ids in order, joined by two underscores. */
export function directChannelName(a: string, b: string): string {
  return a < b ? `${a}__${b}` : `${b}__${a}`;
}

/** The other one of a direct channel named by `directChannelName`; oneself where one talks to oneself. */
export function directPartner(name: string, userId: string): string | undefined {
  const [first, second] = name.split("__");
  return first === userId ? second : first;
}

export function channelJson(channel: Channel): JsonObject {
  return {
    id: channel.id,
    create_at: channel.createAt,
    update_at: channel.updateAt,
    delete_at: channel.deleteAt,
    team_id: channel.teamId,
    type: channel.type,
    display_name: channel.displayName,
    name: channel.name,
    header: channel.header,
    purpose: channel.purpose,
    last_post_at: channel.lastPostAt,
    last_root_post_at: channel.lastRootPostAt,
    total_msg_count: channel.totalMsgCount,
    total_msg_count_root: channel.totalMsgCountRoot,
    creator_id: channel.creatorId,
  };
}

export function channelMemberJson(member: ChannelMember): JsonObject {
  return {
    channel_id: member.channelId,
    user_id: member.userId,
    roles: member.roles,
    last_viewed_at: member.lastViewedAt,
    msg_count: member.msgCount,
    msg_count_root: member.msgCountRoot,
    mention_count: member.mentionCount,
    mention_count_root: member.mentionCountRoot,
    notify_props: member.notifyProps,
    last_update_at: member.lastUpdateAt,
    scheme_user: member.schemeUser,
    scheme_admin: member.schemeAdmin,
  };
}
