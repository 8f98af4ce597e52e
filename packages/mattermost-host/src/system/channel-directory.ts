import { createHash } from "node:crypto";
import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";
import { type NewId, randomId } from "../identity.ts";
import { type Channel, type ChannelMember, type ChannelType, directChannelName } from "../model/channel.ts";

/** A group channel holds three to eight people (model.ChannelGroupMinUsers, …MaxUsers). */
const groupMinimumPeople = 3;
const groupMaximumPeople = 8;

export interface NewChannel {
  readonly teamId: string;
  readonly name: string;
  readonly displayName: string;
  readonly type: ChannelType;
  readonly creatorId?: string;
  readonly header?: string;
  readonly purpose?: string;
}

/** Channels of teams, direct and group channels, and their members. */
export class ChannelDirectory {
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #channels = new Map<string, Channel>();
  readonly #byName = new Map<string, string>();
  readonly #members = new Map<string, Map<string, ChannelMember>>();

  constructor(clock: Clock, newId: NewId = randomId) {
    this.#clock = clock;
    this.#newId = newId;
  }

  create(given: NewChannel): Channel {
    const key = `${given.teamId}/${given.name}`;
    if (this.#byName.has(key))
      throw new AppError("app.channel.save.exists.app_error", { where: "CreateChannel" });
    const now = this.#clock.now();
    const channel: Channel = {
      id: this.#newId(),
      createAt: now,
      updateAt: now,
      deleteAt: 0,
      teamId: given.teamId,
      type: given.type,
      displayName: given.displayName,
      name: given.name,
      header: given.header ?? "",
      purpose: given.purpose ?? "",
      creatorId: given.creatorId ?? "",
      lastPostAt: 0,
      lastRootPostAt: 0,
      totalMsgCount: 0,
      totalMsgCountRoot: 0,
    };
    this.#channels.set(channel.id, channel);
    this.#byName.set(key, channel.id);
    this.#members.set(channel.id, new Map());
    return channel;
  }

  /** The direct channel of two users (one with oneself included), made on first use; `created` tells which. */
  direct(a: string, b: string): { channel: Channel; created: boolean } {
    return this.#findOrCreate(directChannelName(a, b), "D", "", [a, b]);
  }

  /** The group channel of three to eight people, made on first use. */
  group(userIds: readonly string[], displayName: string): { channel: Channel; created: boolean } {
    const people = [...new Set(userIds)].sort();
    if (people.length < groupMinimumPeople || people.length > groupMaximumPeople) {
      throw new AppError("app.channel.group_size.app_error", { where: "CreateGroupChannel" });
    }
    const name = createHash("sha1").update(people.join("")).digest("hex");
    return this.#findOrCreate(name, "G", displayName, people);
  }

  #findOrCreate(name: string, type: ChannelType, displayName: string, people: readonly string[]) {
    const existing = this.findByName("", name);
    if (existing) return { channel: existing, created: false };
    const channel = this.create({ teamId: "", name, displayName, type, creatorId: people[0] ?? "" });
    for (const userId of people) this.addMember(channel.id, userId);
    return { channel, created: true };
  }

  get(id: string): Channel {
    const channel = this.#channels.get(id);
    if (!channel) throw new AppError("app.channel.get.find.app_error", { where: "GetChannel" });
    return channel;
  }

  find(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  findByName(teamId: string, name: string): Channel | undefined {
    const id = this.#byName.get(`${teamId}/${name}`);
    return id === undefined ? undefined : this.#channels.get(id);
  }

  all(): Channel[] {
    return [...this.#channels.values()];
  }

  update(
    id: string,
    change: Partial<Pick<Channel, "displayName" | "header" | "purpose" | "deleteAt">>,
  ): Channel {
    return Object.assign(this.get(id), change, { updateAt: this.#clock.now() });
  }

  /** Channels a user is in: those of the team and, as Mattermost lists them, all direct and group channels. */
  ofUser(userId: string, teamId: string): Channel[] {
    return this.all().filter(
      (channel) => this.isMember(channel.id, userId) && (channel.teamId === teamId || channel.teamId === ""),
    );
  }

  addMember(channelId: string, userId: string): ChannelMember {
    this.get(channelId);
    const members = this.#members.get(channelId);
    const existing = members?.get(userId);
    if (existing) return existing;
    const member: ChannelMember = {
      channelId,
      userId,
      roles: "channel_user",
      lastViewedAt: 0,
      msgCount: 0,
      msgCountRoot: 0,
      mentionCount: 0,
      mentionCountRoot: 0,
      notifyProps: { desktop: "default", push: "default", email: "default", mark_unread: "all" },
      lastUpdateAt: this.#clock.now(),
      schemeUser: true,
      schemeAdmin: false,
    };
    members?.set(userId, member);
    return member;
  }

  removeMember(channelId: string, userId: string): ChannelMember {
    const member = this.member(channelId, userId);
    this.#members.get(channelId)?.delete(userId);
    return member;
  }

  member(channelId: string, userId: string): ChannelMember {
    const member = this.#members.get(channelId)?.get(userId);
    if (!member)
      throw new AppError("app.channel.get_member.missing.app_error", { where: "GetChannelMember" });
    return member;
  }

  members(channelId: string): ChannelMember[] {
    return [...(this.#members.get(channelId)?.values() ?? [])];
  }

  isMember(channelId: string, userId: string): boolean {
    return this.#members.get(channelId)?.has(userId) ?? false;
  }

  /** Counts a new post; in direct channels it is a mention for everyone but its author. */
  countPost(channelId: string, post: { userId: string; createAt: number; rootId: string }): void {
    const channel = this.get(channelId);
    const root = post.rootId === "" ? 1 : 0;
    channel.lastPostAt = post.createAt;
    channel.totalMsgCount += 1;
    channel.totalMsgCountRoot += root;
    if (root === 1) channel.lastRootPostAt = post.createAt;
    for (const member of this.members(channelId)) {
      if (member.userId === post.userId) this.#markRead(channel, member);
      else if (channel.type === "D" || channel.type === "G") {
        member.mentionCount += 1;
        member.mentionCountRoot += root;
      }
    }
  }

  /** The member has seen everything; returns when. */
  view(channelId: string, userId: string): number {
    const member = this.member(channelId, userId);
    this.#markRead(this.get(channelId), member);
    return member.lastViewedAt;
  }

  #markRead(channel: Channel, member: ChannelMember): void {
    member.lastViewedAt = Math.max(channel.lastPostAt, this.#clock.now());
    member.msgCount = channel.totalMsgCount;
    member.msgCountRoot = channel.totalMsgCountRoot;
    member.mentionCount = 0;
    member.mentionCountRoot = 0;
  }
}
