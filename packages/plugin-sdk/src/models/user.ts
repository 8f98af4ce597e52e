import { bool, field, type Infer, int, ptr, record, slice, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.User`; times are milliseconds since 1970. */
export const User = struct("User", {
  id: string,
  createAt: int,
  updateAt: int,
  deleteAt: int,
  username: string,
  password: string,
  authData: ptr(string),
  authService: string,
  email: string,
  emailVerified: bool,
  nickname: string,
  firstName: string,
  lastName: string,
  position: string,
  roles: string,
  allowMarketing: bool,
  props: record(string),
  notifyProps: record(string),
  lastPasswordUpdate: int,
  lastPictureUpdate: int,
  failedAttempts: int,
  locale: string,
  timezone: record(string),
  mfaActive: bool,
  mfaSecret: string,
  remoteId: ptr(string),
  lastActivityAt: int,
  isBot: bool,
  botDescription: string,
  botLastIconUpdate: int,
  termsOfServiceId: string,
  termsOfServiceCreateAt: int,
  disableWelcomeEmail: bool,
  lastLogin: int,
  mfaUsedTimestamps: slice(string),
});
export interface User extends Infer<typeof User> {}

/** Mattermost's `model.Status`; times are milliseconds since 1970. `status` is `online`, `away`, `dnd` or `offline`. */
export const Status = struct("Status", {
  userId: string,
  status: string,
  manual: bool,
  lastActivityAt: int,
  activeChannel: string,
  dndEndTime: field("DNDEndTime", int),
  prevStatus: string,
});
export interface Status extends Infer<typeof Status> {}

/** Mattermost's `model.ViewUsersRestrictions`. */
export const ViewUsersRestrictions = struct("ViewUsersRestrictions", {
  teams: slice(string),
  channels: slice(string),
});
export interface ViewUsersRestrictions extends Infer<typeof ViewUsersRestrictions> {}

/** Mattermost's `model.UserGetOptions`. */
export const UserGetOptions = struct("UserGetOptions", {
  inTeamId: string,
  notInTeamId: string,
  inChannelId: string,
  notInChannelId: string,
  inGroupId: string,
  notInGroupId: string,
  groupConstrained: bool,
  withoutTeam: bool,
  inactive: bool,
  active: bool,
  role: string,
  roles: slice(string),
  channelRoles: slice(string),
  teamRoles: slice(string),
  sort: string,
  viewRestrictions: ptr(ViewUsersRestrictions),
  page: int,
  perPage: int,
  updatedAfter: int,
});
export interface UserGetOptions extends Infer<typeof UserGetOptions> {}

/** Mattermost's `model.UserSearch`. */
export const UserSearch = struct("UserSearch", {
  term: string,
  teamId: string,
  notInTeamId: string,
  inChannelId: string,
  notInChannelId: string,
  inGroupId: string,
  groupConstrained: bool,
  allowInactive: bool,
  withoutTeam: bool,
  limit: int,
  role: string,
  roles: slice(string),
  channelRoles: slice(string),
  teamRoles: slice(string),
  notInGroupId: string,
});
export interface UserSearch extends Infer<typeof UserSearch> {}
