import type { JsonObject } from "../json.ts";

/** A person or bot. Times are milliseconds since 1970; `deleteAt` other than 0 means deactivated. */
export interface User {
  readonly id: string;
  createAt: number;
  updateAt: number;
  deleteAt: number;
  username: string;
  email: string;
  emailVerified: boolean;
  nickname: string;
  firstName: string;
  lastName: string;
  position: string;
  /** Space-separated role names: `system_user system_admin`. */
  roles: string;
  locale: string;
  timezone: Record<string, string>;
  notifyProps: Record<string, string>;
  props: Record<string, string>;
  isBot: boolean;
  botDescription: string;
  lastPictureUpdate: number;
}

/** What makes a user a bot. `ownerId` is a user id or the id of the owning plugin. */
export interface Bot {
  readonly userId: string;
  username: string;
  displayName: string;
  description: string;
  ownerId: string;
  lastIconUpdate: number;
  createAt: number;
  updateAt: number;
  deleteAt: number;
}

export type StatusName = "online" | "away" | "dnd" | "offline" | "ooo";

export interface Status {
  readonly userId: string;
  status: StatusName;
  manual: boolean;
  lastActivityAt: number;
}

/** A login. `token` is the bearer secret, `csrfToken` what cookie clients must repeat in a header. */
export interface Session {
  readonly id: string;
  readonly token: string;
  readonly csrfToken: string;
  readonly userId: string;
  readonly roles: string;
  readonly createAt: number;
  readonly expiresAt: number;
  readonly isPersonalAccessToken: boolean;
}

/** The user as REST and websocket clients see it; `self` adds what only the person may see. */
export function userJson(user: User, self: boolean): JsonObject {
  const json: JsonObject = {
    id: user.id,
    create_at: user.createAt,
    update_at: user.updateAt,
    delete_at: user.deleteAt,
    username: user.username,
    auth_data: "",
    auth_service: "",
    email: user.email,
    nickname: user.nickname,
    first_name: user.firstName,
    last_name: user.lastName,
    position: user.position,
    roles: user.roles,
    locale: user.locale,
    timezone: user.timezone,
    last_picture_update: user.lastPictureUpdate,
    disable_welcome_email: false,
  };
  if (user.isBot) return { ...json, is_bot: true, bot_description: user.botDescription };
  return self
    ? { ...json, email_verified: user.emailVerified, notify_props: user.notifyProps, props: user.props }
    : json;
}

export function statusJson(status: Status): JsonObject {
  return {
    user_id: status.userId,
    status: status.status,
    manual: status.manual,
    last_activity_at: status.lastActivityAt,
  };
}
