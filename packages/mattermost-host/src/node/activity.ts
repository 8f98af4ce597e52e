import { AppError } from "../app-error.ts";
import { type ChannelMember, channelJson } from "../model/channel.ts";
import { type Preference, preferenceJson } from "../model/preference.ts";
import type { StatusName, User } from "../model/user.ts";
import { userJson } from "../model/user.ts";
import { EphemeralPosting } from "../system/ephemeral-posting.ts";
import { Occurrences } from "../system/occurrences.ts";
import { Posting } from "../system/posting.ts";
import type { MattermostSystem } from "../system/system.ts";

/**
 * What people, clients and plugins do on one node: changes the shared system, tells websocket clients of all nodes
 * and reports to the plugins of this node. Nothing here asks for permission.
 */
export class NodeActivity {
  readonly #system: MattermostSystem;
  readonly occurrences = new Occurrences();
  readonly posting: Posting;
  readonly ephemeral: EphemeralPosting;

  constructor(system: MattermostSystem) {
    this.#system = system;
    this.posting = new Posting(system, this.occurrences);
    this.ephemeral = new EphemeralPosting(system);
  }

  /** Saves rows of one user; clients and plugins are told about all of them, changed or not. */
  savePreferences(userId: string, preferences: readonly Preference[]): void {
    this.#requireOwn(userId, preferences);
    this.#system.preferences.save(preferences);
    this.#publishPreferences("preferences_changed", userId, preferences);
    this.occurrences.report({ kind: "preferences-changed", preferences });
  }

  /** Plugins are not told of deletions (facts 5). */
  deletePreferences(userId: string, preferences: readonly Preference[]): void {
    this.#requireOwn(userId, preferences);
    this.#system.preferences.delete(preferences);
    this.#publishPreferences("preferences_deleted", userId, preferences);
  }

  directChannel(userId: string, otherId: string) {
    const { users, channels, events } = this.#system;
    if (!users.find(userId) || !users.find(otherId)) {
      throw new AppError("app.channel.create_direct_channel.invalid_user");
    }
    const { channel, created } = channels.direct(userId, otherId);
    if (created) {
      events.publish("direct_added", { creator_id: userId, teammate_id: otherId }, { channelId: channel.id });
      this.occurrences.report({ kind: "channel-created", channel });
    }
    return channel;
  }

  groupChannel(userIds: readonly string[]) {
    const { users, channels, events } = this.#system;
    const names = userIds.map((id) => users.get(id).username).toSorted();
    const { channel, created } = channels.group(userIds, names.join(", "));
    if (created) {
      const json = { teammate_ids: JSON.stringify(userIds) };
      events.publish("group_added", json, { channelId: channel.id });
      this.occurrences.report({ kind: "channel-created", channel });
    }
    return channel;
  }

  addToChannel(channelId: string, userId: string, actor: User | undefined): ChannelMember {
    const { channels, events, users } = this.#system;
    users.get(userId);
    if (channels.isMember(channelId, userId)) return channels.member(channelId, userId);
    const member = channels.addMember(channelId, userId);
    const { teamId } = channels.get(channelId);
    events.publish("user_added", { user_id: userId, team_id: teamId }, { channelId });
    this.occurrences.report({ kind: "joined-channel", member, actor });
    return member;
  }

  removeFromChannel(channelId: string, userId: string, actor: User | undefined): void {
    const { channels, events } = this.#system;
    const member = channels.removeMember(channelId, userId);
    const remover = actor?.id ?? userId;
    events.publish("user_removed", { user_id: userId, remover_id: remover }, { channelId });
    events.publish("user_removed", { channel_id: channelId, remover_id: remover }, { userId });
    this.occurrences.report({ kind: "left-channel", member, actor });
  }

  /** The person sees the channel; their other clients learn that it is read. Returns when. */
  viewChannel(channelId: string, userId: string): number {
    const at = this.#system.channels.view(channelId, userId);
    const json = { channel_times: { [channelId]: at } };
    this.#system.events.publish("multiple_channels_viewed", json, { userId });
    return at;
  }

  publishChannelUpdated(channelId: string): void {
    const channel = this.#system.channels.get(channelId);
    const json = { channel: JSON.stringify(channelJson(channel)) };
    this.#system.events.publish("channel_updated", json, { channelId });
  }

  joinTeam(teamId: string, userId: string, actor: User | undefined) {
    const { users, teams, events } = this.#system;
    users.get(userId);
    this.#system.joinTeam(teamId, userId);
    const member = teams.member(teamId, userId);
    events.publish("added_to_team", { team_id: teamId, user_id: userId }, { userId });
    this.occurrences.report({ kind: "joined-team", member, actor });
    return member;
  }

  leaveTeam(teamId: string, userId: string, actor: User | undefined): void {
    const member = this.#system.teams.removeMember(teamId, userId);
    this.#system.events.publish("leave_team", { user_id: userId, team_id: teamId }, { teamId });
    this.occurrences.report({ kind: "left-team", member, actor });
  }

  setStatus(userId: string, status: StatusName, manual: boolean) {
    const record = this.#system.users.setStatus(userId, status, manual);
    this.#system.events.publish("status_change", { status, user_id: userId }, { userId });
    return record;
  }

  /** Shows a person online while they have a client, offline without, unless they chose a status themselves. */
  showPresence(userId: string): void {
    const before = this.#system.users.status(userId);
    const status = this.#system.clients.of(userId) > 0 ? "online" : "offline";
    if (!before.manual && before.status !== status) this.setStatus(userId, status, false);
  }

  /** Activates or deactivates an account; deactivation ends all its sessions. */
  setActive(userId: string, active: boolean): User {
    const { users, sessions, clock } = this.#system;
    const user = users.update(userId, { deleteAt: active ? 0 : clock.now() });
    if (!active) for (const session of sessions.ofUser(userId)) sessions.revoke(session);
    this.publishUserUpdated(user);
    if (!active) this.occurrences.report({ kind: "user-deactivated", user });
    return user;
  }

  publishUserUpdated(user: User): void {
    this.#system.events.publish("user_updated", { user: userJson(user, false) });
  }

  #publishPreferences(event: string, userId: string, preferences: readonly Preference[]): void {
    const json = { preferences: JSON.stringify(preferences.map(preferenceJson)) };
    this.#system.events.publish(event, json, { userId });
  }

  #requireOwn(userId: string, preferences: readonly Preference[]): void {
    if (preferences.every((one) => one.userId === userId)) return;
    throw new AppError("api.preference.update_preferences.update_sidebar.app_error");
  }
}
