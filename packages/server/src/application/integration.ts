import type { Choices } from "../domain/choices.ts";
import type { AccessProblem } from "./access/access-ports.ts";
import type { CatchUpStarted, NoCatchUp } from "./catch-up/catch-up-support.ts";
import type { Chats } from "./chats/list-chats.ts";
import type { ChatReference, Muted, MuteRequest, OneChat, Unmuted } from "./chats/mute-chat.ts";
import type { Chosen } from "./connections/choose.ts";
import type { ConnectionStatus } from "./connections/connection-status.ts";
import type { Disconnected } from "./connections/disconnect.ts";
import type { OtherDisconnected } from "./connections/disconnect-other.ts";
import type { Finished, FinishRequest } from "./connections/finish-connection.ts";
import type { Opened, OpenRequest } from "./connections/open-link.ts";
import type { QuietHoursChosen } from "./connections/quiet-hours.ts";
import type { Snoozed } from "./connections/snooze.ts";
import type { Started, StartRequest } from "./connections/start-connection.ts";
import type { DeliveryRecord } from "./deliveries/delivery-log.ts";
import type { Decisions } from "./deliveries/last-decisions.ts";
import type { Failures } from "./failures/failure-ports.ts";
import type { Received } from "./notifications/receive-changes.ts";
import type { LifecycleReceived } from "./notifications/receive-lifecycle.ts";
import type { SubscriptionStatus } from "./subscriptions/subscriptions.ts";

/** Something only an administrator can put right, or that passes by itself: what it is, and what to do. */
export interface SetupProblem {
  readonly what: string;
  readonly doThis: string;
}

/** Everything the plugin does once its settings are complete, for people, for Microsoft and for administrators. */
export interface Integration {
  /** The origin people are sent to for signing in; no redirect leads anywhere else. */
  readonly loginUrl: string;
  /** `<site>/plugins/<id>`, without a trailing slash. */
  readonly pluginUrl: string;
  start(request: StartRequest): Promise<Started>;
  open(request: OpenRequest): Promise<Opened>;
  finish(request: FinishRequest): Promise<Finished>;
  disconnect(userId: string): Promise<Disconnected>;
  /** For administrators, who name a person. */
  disconnectOther(username: string): Promise<OtherDisconnected>;
  connectionOf(userId: string): Promise<ConnectionStatus>;
  choose(userId: string, changes: Partial<Choices>): Promise<Chosen>;
  /** Holds what comes until what was typed, `off` ends it; undefined tells how it is. */
  snooze(userId: string, until: string | undefined): Promise<Snoozed>;
  /** Holds what comes in the hours that were typed, `off` ends that; undefined tells how it is. */
  quietHours(userId: string, typed: string | undefined): Promise<QuietHoursChosen>;
  /** Decides anew about what is held for a person, because they chose otherwise. */
  reconsiderHeld(userId: string): Promise<void>;
  /** What was decided about their last messages; undefined when they are not connected. */
  decisions(userId: string): Promise<Decisions | undefined>;
  /** What was decided about the message of a post of the bot. */
  decisionOfPost(userId: string, postId: string): Promise<Decisions>;
  /** Undefined when they are not connected. */
  chats(userId: string): Promise<Chats | undefined>;
  /** The chat that a post of the bot stands for, as it is muted or not. */
  chatOfPost(userId: string, postId: string): Promise<OneChat>;
  mute(userId: string, request: MuteRequest): Promise<Muted>;
  unmute(userId: string, chat: ChatReference): Promise<Unmuted>;
  /** Mattermost tells of a preference that was saved, changed or not. */
  notificationsSwitched(userId: string, on: boolean): Promise<void>;
  receiveChanges(json: unknown): Promise<Received>;
  receiveLifecycle(json: unknown): Promise<LifecycleReceived>;
  /** Newest first. */
  recentDeliveries(limit: number): Promise<readonly DeliveryRecord[]>;
  overview(): Promise<Overview>;
  backlog(): Promise<Backlog>;
  /** What was given up, newest first. */
  failures(limit: number): Promise<Failures>;
  /** Puts one or everything that was given up back; resolves to how many that were. */
  replay(which: number | "all"): Promise<number>;
  /** Begins to read the last day's messages of everybody again. */
  catchUp(): Promise<CatchUpStarted>;
}

/** Entries of the inbox that wait, that are held until a time their reader chose, and that were given up. */
export interface Backlog {
  readonly pending: number;
  readonly held: number;
  readonly dead: number;
}

export interface Overview {
  readonly connectedPeople: number;
  readonly subscriptions: SubscriptionStatus;
  readonly access: readonly AccessProblem[];
  readonly backlog: Backlog;
  /** People with a gap that waits to be read. */
  readonly waitingToCatchUp: number;
  /** Why nothing can be read again, if so. */
  readonly noCatchUp: NoCatchUp | undefined;
  /** Connected people whose sign-in does not cover files; 0 while files are not copied. */
  readonly peopleWithoutFiles: number;
}

/** Whether the plugin works, and if not, why. It is active either way. */
export type Setup =
  | { readonly kind: "ready"; readonly integration: Integration }
  | { readonly kind: "not-ready"; readonly problems: readonly SetupProblem[] };

/** Who may see an administrator's view. */
export interface Administrators {
  isAdministrator(userId: string): Promise<boolean>;
}
