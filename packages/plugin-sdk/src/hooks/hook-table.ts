import { row } from "../contract/row.ts";
import { filled, int, ptr, slice, string } from "../gob/schema.ts";
import { Channel, ChannelMember } from "../models/channel.ts";
import { PluginClusterEvent } from "../models/cluster.ts";
import { CommandArgs, CommandResponse } from "../models/command.ts";
import { Config } from "../models/config.ts";
import { Context } from "../models/context.ts";
import { FileData, FileInfo } from "../models/file.ts";
import { OnInstallEvent } from "../models/manifest.ts";
import { Post } from "../models/post.ts";
import { Preference } from "../models/preference.ts";
import { PushNotification } from "../models/push-notification.ts";
import { Reaction } from "../models/reaction.ts";
import { TeamMember } from "../models/team.ts";
import { User } from "../models/user.ts";
import { WebSocketRequest } from "../models/websocket.ts";

/**
 * Every hook of Mattermost that has the A, B, C… form, by its Go name; both sides work from it. A user who acted (`actor`)
 * may be absent. ConfigurationWillBeSaved can refuse but not replace, because `Config` holds a part of the sections only;
 * the place of the replacement stays empty.
 */
export const hookTable = {
  OnDeactivate: row([], [], "error"),
  OnConfigurationChange: row([], [], "error"),
  ExecuteCommand: row([Context, CommandArgs], [ptr(CommandResponse)], "appError"),
  UserHasBeenCreated: row([Context, User], []),
  UserWillLogIn: row([Context, User], [string]),
  UserHasLoggedIn: row([Context, User], []),
  UserHasBeenDeactivated: row([Context, User], []),
  MessageWillBePosted: row([Context, Post], [ptr(Post), string]),
  MessageWillBeUpdated: row([Context, Post, Post], [ptr(Post), string]),
  MessageHasBeenPosted: row([Context, Post], []),
  MessageHasBeenUpdated: row([Context, Post, Post], []),
  MessageHasBeenDeleted: row([Context, Post], []),
  MessagesWillBeConsumed: row([filled(slice(Post))], [filled(slice(Post))]),
  ChannelHasBeenCreated: row([Context, Channel], []),
  UserHasJoinedChannel: row([Context, ChannelMember, ptr(User)], []),
  UserHasLeftChannel: row([Context, ChannelMember, ptr(User)], []),
  UserHasJoinedTeam: row([Context, TeamMember, ptr(User)], []),
  UserHasLeftTeam: row([Context, TeamMember, ptr(User)], []),
  ReactionHasBeenAdded: row([Context, Reaction], []),
  ReactionHasBeenRemoved: row([Context, Reaction], []),
  OnPluginClusterEvent: row([Context, PluginClusterEvent], []),
  OnWebSocketConnect: row([string, string], []),
  OnWebSocketDisconnect: row([string, string], []),
  WebSocketMessageHasBeenPosted: row([string, string, WebSocketRequest], []),
  PreferencesHaveChanged: row([Context, filled(slice(Preference))], []),
  ConfigurationWillBeSaved: row([Config], [], "error", 1),
  GenerateSupportData: row([Context], [filled(slice(FileData))], "error"),
  OnInstall: row([Context, OnInstallEvent], [], "error"),
  RunDataRetention: row([int, int], [int], "error"),
  NotificationWillBePushed: row([PushNotification, string], [ptr(PushNotification), string]),
  FileWillBeDownloaded: row([Context, FileInfo, string, string], [string]),
  OnSendDailyTelemetry: row([], []),
};
export type HookTable = typeof hookTable;
