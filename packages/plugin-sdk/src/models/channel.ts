import { any, bool, type Infer, int, ptr, record, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.ChannelBannerInfo`. */
export const ChannelBannerInfo = struct("ChannelBannerInfo", {
  enabled: ptr(bool),
  text: ptr(string),
  backgroundColor: ptr(string),
});
export interface ChannelBannerInfo extends Infer<typeof ChannelBannerInfo> {}

/** Mattermost's `model.Channel`; times are milliseconds since 1970. `type` is `O` (public), `P` (private), `D` (direct) or `G` (group). */
export const Channel = struct("Channel", {
  id: string,
  createAt: int,
  updateAt: int,
  deleteAt: int,
  teamId: string,
  type: string,
  displayName: string,
  name: string,
  header: string,
  purpose: string,
  lastPostAt: int,
  totalMsgCount: int,
  extraUpdateAt: int,
  creatorId: string,
  schemeId: ptr(string),
  props: record(any),
  groupConstrained: ptr(bool),
  autoTranslation: bool,
  shared: ptr(bool),
  totalMsgCountRoot: int,
  policyID: ptr(string),
  lastRootPostAt: int,
  bannerInfo: ptr(ChannelBannerInfo),
  policyEnforced: bool,
  policyIsActive: bool,
  defaultCategoryName: string,
});
export interface Channel extends Infer<typeof Channel> {}

/** Mattermost's `model.ChannelMember`. */
export const ChannelMember = struct("ChannelMember", {
  channelId: string,
  userId: string,
  roles: string,
  lastViewedAt: int,
  msgCount: int,
  mentionCount: int,
  mentionCountRoot: int,
  urgentMentionCount: int,
  msgCountRoot: int,
  notifyProps: record(string),
  lastUpdateAt: int,
  schemeGuest: bool,
  schemeUser: bool,
  schemeAdmin: bool,
  explicitRoles: string,
  autoTranslationDisabled: bool,
});
export interface ChannelMember extends Infer<typeof ChannelMember> {}
