import { whomItCalls } from "./calls.ts";
import { type ChatKind, chatKindOfId, isSelfChat } from "./chat.ts";
import { type ChatMessage, isEmptyMessage } from "./chat-message.ts";
import type { Connection } from "./connection.ts";
import { type Hold, holdOf } from "./hold.ts";
import { muteFor } from "./mute.ts";
import type { Activity, Presence } from "./presence.ts";
import type { ReaderPreferences } from "./reader-preferences.ts";
import type { Here } from "./until.ts";

/** What made a person reachable here rather than in Teams, or that they want to be although they are there. */
export type DeliverReason =
  | PresentReason
  | "away"
  | "offline"
  | "inactive"
  | "presence-unknown"
  | "presence-missing"
  | "presence-unreachable";

/** Teams shows the person as present. */
export type PresentReason =
  | "available"
  | "busy"
  | "in-a-call"
  | "in-a-meeting"
  | "presenting"
  | "focusing"
  | "do-not-disturb"
  | "be-right-back";

/** Never to be delivered to this person, wherever they are. */
export type NeverReason =
  | "system-event"
  | "deleted"
  | "blocked-by-policy"
  | "self-chat"
  | "own-message"
  | "from-application"
  | "before-connection"
  | "notifications-off"
  | "muted"
  | "kind-off"
  | "not-mentioned"
  | "empty";

/** The person was in front of Teams after the message was sent. */
export type SeenReason = "seen-in-teams";

export type SuppressReason = PresentReason | NeverReason | SeenReason;

export type Decision =
  /** To be decided about again at that time; `otherwise` is why it is delivered at once if it cannot be held. */
  | (Hold & { readonly kind: "hold"; readonly otherwise: DeliverReason })
  | { readonly kind: "deliver"; readonly because: DeliverReason }
  | { readonly kind: "suppress"; readonly reason: SuppressReason };

/** What is known of a person's time since a message was sent; milliseconds since 1970 UTC, absent when never noticed. */
export interface ReaderHistory {
  /** When Teams last showed them in front of it, see {@link isInFrontOfTeams}; by our own clock. */
  readonly presentAtMs?: number | undefined;
  /** When they last wrote or reacted in the message's chat; by Teams' clock. */
  readonly actedAtMs?: number | undefined;
  /** When they last turned notifications on. */
  readonly notificationsOnSinceMs?: number | undefined;
}

/** Someone who turns to Teams sees what waits there within this time; clocks of ours and of Teams may differ by less. */
export const noticeMs = 60_000;

export interface DeliveryQuestion {
  readonly message: ChatMessage;
  readonly reader: Pick<Connection, "teamsUserId" | "teamsAccount" | "connectedAtMs">;
  readonly preferences: ReaderPreferences;
  /** `missing`: Graph left the person out. `unreachable`: Graph did not answer in time. */
  readonly presence: Presence | "missing" | "unreachable";
  /** Asked for when a message is decided about late; what came between matters then as much as the present. */
  readonly history?: ReaderHistory | undefined;
  /** When and where it is decided; nothing is held when it is absent. */
  readonly here?: Here | undefined;
}

/** Decides for one message and one person. A message too many beats a lost one: what is not known delivers. */
export function decideDelivery(question: DeliveryQuestion): Decision {
  const never = reasonNeverToDeliver(question);
  if (never !== undefined) return { kind: "suppress", reason: never };
  const decision = asWanted(decideByPresence(question.presence), question.preferences.when);
  if (decision.kind !== "deliver") return decision;
  if (isEvidentlySeen(question)) return { kind: "suppress", reason: "seen-in-teams" };
  const { message, preferences, here } = question;
  const hold = here && holdOf(message, preferences, here);
  return hold === undefined ? decision : { kind: "hold", ...hold, otherwise: decision.because };
}

/**
 * Read state is hidden from applications (facts, section 5), so this is what tells that a message was seen. Who wants
 * messages although Teams shows them as present has not said that they look at Teams then.
 */
function isEvidentlySeen({ message, preferences, history = {} }: DeliveryQuestion): boolean {
  const { presentAtMs = 0, actedAtMs = 0 } = history;
  const wasPresent = preferences.when === "away" && presentAtMs >= message.createdAtMs + noticeMs;
  return wasPresent || actedAtMs >= message.createdAtMs;
}

const whileBusy = ["busy", "in-a-call", "in-a-meeting"] as const;
// Whoever presents may show their screen to others, and with it what arrives.
const whileUnavailable = [...whileBusy, "presenting", "focusing", "do-not-disturb", "be-right-back"] as const;

/** While Teams shows them how, a person wants messages all the same. */
const wantedWhile: { readonly [When in ReaderPreferences["when"]]: ReadonlySet<SuppressReason> } = {
  away: new Set(),
  busy: new Set<PresentReason>(whileBusy),
  unavailable: new Set<PresentReason>(whileUnavailable),
  always: new Set<PresentReason>([...whileUnavailable, "available"]),
};

function asWanted(decision: PresenceDecision, when: ReaderPreferences["when"]): Decision {
  if (decision.kind === "deliver" || !wantedWhile[when].has(decision.reason)) return decision;
  return { kind: "deliver", because: decision.reason };
}

/**
 * Whether a presence proves that the person sees Teams: Available or Busy, and not idle. Do not disturb, Be right back
 * and Focusing are set by hand and stay while nobody is there, so they keep live messages back and prove nothing later.
 */
export function isInFrontOfTeams(presence: Presence): boolean {
  if (presence.availability === "busyIdle" || presence.activity === "busyIdle") return false;
  if (presence.availability === "busy" && presence.activity === "inactive") return false;
  const decision = decideByPresence(presence);
  return decision.kind === "suppress" && evidence.has(decision.reason);
}

const evidence: ReadonlySet<SuppressReason> = new Set<PresentReason>([
  "available",
  "busy",
  "in-a-call",
  "in-a-meeting",
  "presenting",
]);

/** What speaks against a message whatever the reader's presence. */
function reasonNeverToDeliver({
  message,
  reader,
  preferences,
  history = {},
}: Omit<DeliveryQuestion, "presence">): NeverReason | undefined {
  const fixed = reasonNotForReader(message, reader) ?? reasonNothingToShow(message);
  if (fixed !== undefined) return fixed;
  if (message.sender.kind === "application" && preferences.bots === "off") return "from-application";
  const { notificationsOnSinceMs = 0 } = history;
  if (preferences.notifications === "off" || message.createdAtMs < notificationsOnSinceMs)
    return "notifications-off";
  return reasonNotWanted(message, reader, preferences);
}

/** What a person chose of chats speaks against a message of theirs. */
function reasonNotWanted(
  message: ChatMessage,
  reader: DeliveryQuestion["reader"],
  preferences: ReaderPreferences,
): NeverReason | undefined {
  const mute = muteFor(preferences.mutes, message);
  if (mute !== undefined && !(mute.mentions && whomItCalls(message, reader) === "reader")) return "muted";
  const wanted = preferences[choiceOfKind[chatKindOfId(message.chatId)]];
  if (wanted === "none") return "kind-off";
  return wanted === "mentions" && whomItCalls(message, reader) === "nobody" ? "not-mentioned" : undefined;
}

/** Why a message is nothing for this reader, whatever becomes of it. */
export function reasonNotForReader(
  message: ChatMessage,
  reader: DeliveryQuestion["reader"],
): NeverReason | undefined {
  if (message.kind === "systemEvent" || message.kind === "typing") return "system-event";
  if (isSelfChat(message.chatId)) return "self-chat";
  const { sender } = message;
  if (sender.kind === "user" && sender.id === reader.teamsUserId.toLowerCase()) return "own-message";
  return message.createdAtMs < reader.connectedAtMs ? "before-connection" : undefined;
}

/** Why there is nothing to be shown of a message as it stands. */
export function reasonNothingToShow(message: ChatMessage): NeverReason | undefined {
  if (message.deletedAtMs !== undefined) return "deleted";
  if (message.isBlocked) return "blocked-by-policy";
  return isEmptyMessage(message) ? "empty" : undefined;
}

/** What is no chat of two and no meeting's is a group's, also when its id is of a later kind. */
const choiceOfKind: { readonly [Kind in ChatKind]: "direct" | "groups" | "meetings" } = {
  oneOnOne: "direct",
  group: "groups",
  meeting: "meetings",
  unknown: "groups",
};

/** A decision by presence alone: it keeps back for no other reason than that somebody is present. */
type PresenceDecision =
  | Extract<Decision, { readonly kind: "deliver" }>
  | { readonly kind: "suppress"; readonly reason: PresentReason };

/** Out of office plays no part: the person's availability decides. */
export function decideByPresence(presence: DeliveryQuestion["presence"]): PresenceDecision {
  if (presence === "missing") return { kind: "deliver", because: "presence-missing" };
  if (presence === "unreachable") return { kind: "deliver", because: "presence-unreachable" };
  const { availability, activity } = presence;
  switch (availability) {
    case "available":
      return byActivityWhileAvailable(activity);
    case "unknown":
    case "none":
      return stateOf[activity];
    default:
      return moreExactly(stateOf[availability], stateOf[activity]);
  }
}

/** Busy in a call is told as the call. The activity never makes a present person absent, nor the other way round. */
function moreExactly(state: PresenceDecision, activity: PresenceDecision): PresenceDecision {
  const isRefined =
    state.kind === "suppress" && activity.kind === "suppress" && activity !== stateOf.available;
  return isRefined ? activity : state;
}

/** Idle shows in the activity first: Teams keeps Available for its first minutes. */
function byActivityWhileAvailable(activity: Activity): PresenceDecision {
  switch (activity) {
    case "none":
    case "outOfOffice":
      return stateOf.available;
    default:
      return stateOf[activity];
  }
}

const deliver = (because: DeliverReason): PresenceDecision => ({ kind: "deliver", because });
const suppress = (reason: PresentReason): PresenceDecision => ({ kind: "suppress", reason });

const stateOf: { readonly [Value in Activity]: PresenceDecision } = {
  available: suppress("available"),
  availableIdle: deliver("inactive"),
  availableInactive: deliver("inactive"),
  away: deliver("away"),
  beRightBack: suppress("be-right-back"),
  busy: suppress("busy"),
  busyIdle: suppress("busy"),
  doNotDisturb: suppress("do-not-disturb"),
  focusing: suppress("focusing"),
  inACall: suppress("in-a-call"),
  inAConferenceCall: suppress("in-a-call"),
  inAMeeting: suppress("in-a-meeting"),
  inactive: deliver("inactive"),
  none: deliver("presence-unknown"),
  offWork: deliver("offline"),
  offline: deliver("offline"),
  outOfOffice: deliver("presence-unknown"),
  presenting: suppress("presenting"),
  unknown: deliver("presence-unknown"),
  urgentInterruptionsOnly: suppress("do-not-disturb"),
};
