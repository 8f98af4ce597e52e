import { type Call, row } from "../contract/row.ts";
import { bytes, filled, type Input, slice, string } from "../gob/schema.ts";
import { Session } from "../models/session.ts";
import { Status, User, UserGetOptions, UserSearch } from "../models/user.ts";

/** API methods for users, their status and their pictures (Mattermost plugin API). */
export const usersRows = {
  GetUser: row([string], [User], "appError"),
  GetUserByEmail: row([string], [User], "appError"),
  GetUserByUsername: row([string], [User], "appError"),
  GetUsers: row([UserGetOptions], [filled(slice(User))], "appError"),
  GetUsersByIds: row([filled(slice(string))], [filled(slice(User))], "appError"),
  GetUsersByUsernames: row([filled(slice(string))], [filled(slice(User))], "appError"),
  SearchUsers: row([UserSearch], [filled(slice(User))], "appError"),
  UpdateUser: row([User], [User], "appError"),
  GetUserStatus: row([string], [Status], "appError"),
  GetUserStatusesByIds: row([filled(slice(string))], [filled(slice(Status))], "appError"),
  UpdateUserStatus: row([string, string], [Status], "appError"),
  SetProfileImage: row([string, bytes], [], "appError"),
  GetProfileImage: row([string], [filled(bytes)], "appError"),
  GetSession: row([string], [Session], "appError"),
  PublishUserTyping: row([string, string, string], [], "appError"),
};

/** The author's view of {@link usersRows}. */
export function users(call: Call<typeof usersRows>) {
  return {
    get: (userId: string) => call("GetUser", userId),
    getByEmail: (email: string) => call("GetUserByEmail", email),
    getByUsername: (username: string) => call("GetUserByUsername", username),
    list: (options: Input<typeof UserGetOptions>) => call("GetUsers", options),
    getByIds: (userIds: readonly string[]) => call("GetUsersByIds", userIds),
    getByUsernames: (usernames: readonly string[]) => call("GetUsersByUsernames", usernames),
    search: (search: Input<typeof UserSearch>) => call("SearchUsers", search),
    update: (user: Input<typeof User>) => call("UpdateUser", user),
    getStatus: (userId: string) => call("GetUserStatus", userId),
    getStatuses: (userIds: readonly string[]) => call("GetUserStatusesByIds", userIds),
    /** `status` is `online`, `away`, `dnd` or `offline`. */
    updateStatus: (userId: string, status: string) => call("UpdateUserStatus", userId, status),
    setProfileImage: (userId: string, image: Uint8Array) => call("SetProfileImage", userId, image),
    getProfileImage: (userId: string) => call("GetProfileImage", userId),
    getSession: (sessionId: string) => call("GetSession", sessionId),
    publishTyping: (userId: string, channelId: string, parentId: string) =>
      call("PublishUserTyping", userId, channelId, parentId),
  };
}
