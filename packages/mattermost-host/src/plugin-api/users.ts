import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import type { StatusName, User } from "../model/user.ts";
import type { Caller } from "./caller.ts";

const defaultPageLength = 60;
/** What a plugin may set; "ooo" belongs to the person. */
const settableStatuses: readonly string[] = ["online", "away", "dnd", "offline"] satisfies StatusName[];
const isSettable = (status: string): status is StatusName => settableStatuses.includes(status);

/** People: accounts, status, pictures and sessions. */
export function usersApi({ system, activity }: Caller): ApiImplementation {
  const { users, sessions, events } = system;
  const found = (user: User | undefined): User => {
    if (!user) throw new AppError("app.user.missing_account.const");
    return user;
  };
  return {
    GetUser: (userId) => users.get(userId),
    GetUserByEmail: (email) => found(users.findByEmail(email)),
    GetUserByUsername: (username) => found(users.findByUsername(username)),
    GetUsersByIds: (ids) => ids.flatMap((id) => users.find(id) ?? []),
    GetUsersByUsernames: (names) => names.flatMap((name) => users.findByUsername(name) ?? []),
    GetUsers({ inTeamId, inChannelId, active, inactive, page, perPage }) {
      const wanted = users.all().filter((user) => {
        if (active && user.deleteAt !== 0) return false;
        if (inactive && user.deleteAt === 0) return false;
        if (inTeamId !== "" && !system.teams.isMember(inTeamId, user.id)) return false;
        return inChannelId === "" || system.channels.isMember(inChannelId, user.id);
      });
      const length = perPage || defaultPageLength;
      return wanted.slice(page * length, (page + 1) * length);
    },
    SearchUsers({ term, allowInactive, limit }) {
      const wanted = term.toLowerCase();
      const matching = users.all().filter((user) => {
        const names = [user.username, user.email, user.firstName, user.lastName, user.nickname];
        const isShown = allowInactive || user.deleteAt === 0;
        return isShown && names.some((name) => name.toLowerCase().startsWith(wanted));
      });
      return matching.slice(0, limit || defaultPageLength);
    },
    UpdateUser({ id, username, email, nickname, firstName, lastName, position, locale, ...maps }) {
      const { props = {}, notifyProps = {}, timezone = {} } = maps;
      const texts = { username, email, nickname, firstName, lastName, position, locale };
      const user = users.update(id, { ...texts, props, notifyProps, timezone });
      activity.publishUserUpdated(user);
      return user;
    },
    GetUserStatus: (userId) => users.status(userId),
    GetUserStatusesByIds: (ids) =>
      ids.map((userId) => (users.find(userId) ? users.status(userId) : { userId, status: "offline" })),
    UpdateUserStatus(userId, status) {
      if (isSettable(status)) return activity.setStatus(userId, status, true);
      throw new AppError("plugin.api.update_user_status.bad_status", { where: "UpdateUserStatus" });
    },
    SetProfileImage(userId, image) {
      users.setPicture(userId, image ?? new Uint8Array());
      activity.publishUserUpdated(users.get(userId));
    },
    GetProfileImage: (userId) => users.picture(userId) ?? new Uint8Array(),
    GetSession: (sessionId) => sessions.get(sessionId),
    PublishUserTyping(userId, channelId, parentId) {
      const broadcast = { channelId, omitUsers: [userId] };
      events.publish("typing", { user_id: userId, parent_id: parentId }, broadcast);
    },
  };
}
