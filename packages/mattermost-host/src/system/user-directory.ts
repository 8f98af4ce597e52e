import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";
import { type NewId, randomId } from "../identity.ts";
import type { Bot, Status, StatusName, User } from "../model/user.ts";

/** What a caller chooses about a new user. */
export interface NewUser {
  readonly username: string;
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly nickname?: string;
  readonly locale?: string;
  /** Space-separated; `system_user` when absent. */
  readonly roles?: string;
  readonly emailVerified?: boolean;
}

export type UserChange = Partial<
  Pick<
    User,
    | "username"
    | "email"
    | "emailVerified"
    | "nickname"
    | "firstName"
    | "lastName"
    | "position"
    | "locale"
    | "roles"
    | "timezone"
    | "notifyProps"
    | "props"
    | "deleteAt"
    | "botDescription"
    | "lastPictureUpdate"
  >
>;

/** model.IsValidUsername: 1–64 of these, beginning with a letter, and no reserved word. */
const usernameForm = /^[a-z][a-z0-9._-]{0,63}$/;
const reservedUsernames = new Set(["all", "channel", "here", "system", "matterbot"]);

/** People and bots of one installation, their status and pictures. Usernames and e-mail addresses are unique, blind to case. */
export class UserDirectory {
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #users = new Map<string, User>();
  readonly #bots = new Map<string, Bot>();
  readonly #statuses = new Map<string, Status>();
  readonly #pictures = new Map<string, Uint8Array>();

  constructor(clock: Clock, newId: NewId = randomId) {
    this.#clock = clock;
    this.#newId = newId;
  }

  create(given: NewUser): User {
    const now = this.#clock.now();
    const user: User = {
      id: this.#newId(),
      createAt: now,
      updateAt: now,
      deleteAt: 0,
      username: given.username.toLowerCase(),
      email: given.email.toLowerCase(),
      emailVerified: given.emailVerified ?? true,
      nickname: given.nickname ?? "",
      firstName: given.firstName ?? "",
      lastName: given.lastName ?? "",
      position: "",
      roles: given.roles ?? "system_user",
      locale: given.locale ?? "en",
      timezone: { useAutomaticTimezone: "true", automaticTimezone: "", manualTimezone: "" },
      notifyProps: {
        desktop: "mention",
        push: "mention",
        email: "true",
        channel: "true",
        first_name: "false",
      },
      props: {},
      isBot: false,
      botDescription: "",
      lastPictureUpdate: 0,
    };
    this.#requireValid(user);
    this.#users.set(user.id, user);
    return user;
  }

  createBot(given: { username: string; displayName: string; description: string; ownerId: string }): Bot {
    const user = this.create({ username: given.username, email: `${given.username}@localhost` });
    user.isBot = true;
    user.firstName = given.displayName;
    user.botDescription = given.description;
    const bot: Bot = {
      userId: user.id,
      username: user.username,
      displayName: given.displayName,
      description: given.description,
      ownerId: given.ownerId,
      lastIconUpdate: 0,
      createAt: user.createAt,
      updateAt: user.updateAt,
      deleteAt: 0,
    };
    this.#bots.set(user.id, bot);
    return bot;
  }

  patchBot(userId: string, patch: { username?: string; displayName?: string; description?: string }): Bot {
    const bot = this.bot(userId, true);
    const username = patch.username ?? bot.username;
    const displayName = patch.displayName ?? bot.displayName;
    const description = patch.description ?? bot.description;
    const user = this.update(userId, { username, firstName: displayName, botDescription: description });
    return Object.assign(bot, { username: user.username, displayName, description, updateAt: user.updateAt });
  }

  setBotActive(userId: string, active: boolean): Bot {
    const bot = this.bot(userId, true);
    const deleteAt = active ? 0 : this.#clock.now();
    this.update(userId, { deleteAt });
    return Object.assign(bot, { deleteAt, updateAt: this.#clock.now() });
  }

  get(id: string): User {
    const user = this.#users.get(id);
    if (!user) throw new AppError("app.user.missing_account.const", { where: "GetUser" });
    return user;
  }

  find(id: string): User | undefined {
    return this.#users.get(id);
  }

  findByUsername(username: string): User | undefined {
    const wanted = username.toLowerCase();
    return this.all().find((user) => user.username === wanted);
  }

  findByEmail(email: string): User | undefined {
    const wanted = email.toLowerCase();
    return this.all().find((user) => user.email === wanted);
  }

  all(): User[] {
    return [...this.#users.values()];
  }

  bot(userId: string, includeDeleted: boolean): Bot {
    const bot = this.#bots.get(userId);
    if (!bot || (bot.deleteAt !== 0 && !includeDeleted)) {
      throw new AppError("app.bot.get_bot.not_found", { where: "GetBot" });
    }
    return bot;
  }

  bots(): Bot[] {
    return [...this.#bots.values()];
  }

  update(id: string, change: UserChange): User {
    const user = this.get(id);
    const changed = { ...user, ...change, updateAt: this.#clock.now() };
    changed.username = changed.username.toLowerCase();
    changed.email = changed.email.toLowerCase();
    this.#requireValid(changed);
    return Object.assign(user, changed);
  }

  status(userId: string): Status {
    this.get(userId);
    return this.#statuses.get(userId) ?? { userId, status: "offline", manual: false, lastActivityAt: 0 };
  }

  setStatus(userId: string, status: StatusName, manual: boolean): Status {
    this.get(userId);
    const record = { userId, status, manual, lastActivityAt: this.#clock.now() };
    this.#statuses.set(userId, record);
    return record;
  }

  setPicture(userId: string, image: Uint8Array): void {
    this.get(userId);
    this.#pictures.set(userId, image);
    const at = this.#clock.now();
    this.update(userId, { lastPictureUpdate: at });
    const bot = this.#bots.get(userId);
    if (bot) bot.lastIconUpdate = at;
  }

  picture(userId: string): Uint8Array | undefined {
    this.get(userId);
    return this.#pictures.get(userId);
  }

  #requireValid(user: User): void {
    const invalid = (detail: string) =>
      new AppError("model.user.is_valid.app_error", { detail, where: "User.IsValid" });
    if (!usernameForm.test(user.username) || reservedUsernames.has(user.username)) {
      throw invalid(`The username "${user.username}" is not allowed.`);
    }
    if (!/^[^\s@]+@[^\s@]+$/.test(user.email)) throw invalid(`"${user.email}" is no e-mail address.`);
    const byName = this.findByUsername(user.username);
    if (byName && byName.id !== user.id) throw new AppError("app.user.save.username_exists.app_error");
    const byEmail = this.findByEmail(user.email);
    if (byEmail && byEmail.id !== user.id) throw new AppError("app.user.save.email_exists.app_error");
  }
}
