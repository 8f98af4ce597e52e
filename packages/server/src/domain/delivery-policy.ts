import { isSelfChat } from "./chat.ts";
import type { ChatMessage } from "./chat-message.ts";
import type { Connection } from "./connection.ts";
import type { Presence } from "./presence.ts";

/** `missing`: Graph left the person out of its answer. `unreachable`: it gave none, after retries. */
export type KnownPresence = Presence | "missing" | "unreachable";

export type DeliverBecause = "away" | "offline" | "inactive" | "presence-unknown" | "presence-unreachable";

export type SuppressReason =
  | "own-message"
  | "self-chat"
  | "system-event"
  | "from-application"
  | "deleted"
  | "empty"
  | "before-connection"
  | "notifications-off"
  | "available"
  | "busy"
  | "do-not-disturb"
  | "be-right-back"
  | "in-call";

export type Decision =
  | { readonly kind: "deliver"; readonly because: DeliverBecause }
  | { readonly kind: "suppress"; readonly reason: SuppressReason };

export interface DecisionInput {
  readonly message: ChatMessage;
  readonly reader: Connection;
  readonly presence: KnownPresence;
  readonly notificationsOn: boolean;
}

/** Whether a message is sent to one reader, and why. What speaks against it whatever their presence is asked first. */
export function decideDelivery(input: DecisionInput): Decision {
  const against = reasonAgainst(input);
  if (against !== undefined) return suppress(against);
  return byPresence(input.presence);
}

function reasonAgainst({ message, reader, notificationsOn }: DecisionInput): SuppressReason | undefined {
  if (message.kind === "systemEvent") return "system-event";
  if (message.deletedAtMs !== undefined) return "deleted";
  if (message.sender.kind === "user" && message.sender.id === reader.teamsUserId) return "own-message";
  if (message.sender.kind === "application") return "from-application";
  if (isSelfChat(message.chatId)) return "self-chat";
  if (message.createdAtMs < reader.connectedAtMs) return "before-connection";
  if (isEmpty(message)) return "empty";
  return notificationsOn ? undefined : "notifications-off";
}

/** Nothing to read: no word, no picture, no attachment. */
function isEmpty({ body, attachments }: ChatMessage): boolean {
  if (attachments.length > 0 || /<(?:img|emoji|attachment|video|audio)\b/i.test(body.content)) return false;
  const words = body.format === "html" ? body.content.replaceAll(/<[^>]*>/g, "").replaceAll(/&nbsp;|&#160;/g, " ") : body.content;
  return words.trim() === "";
}

/** Activities in which the person looks at Teams or must not be disturbed, whatever the availability beside them says. */
const presentActivities: Readonly<Record<string, SuppressReason>> = {
  inacall: "in-call",
  inaconferencecall: "in-call",
  inameeting: "in-call",
  presenting: "do-not-disturb",
  focusing: "do-not-disturb",
  urgentinterruptionsonly: "do-not-disturb",
  donotdisturb: "do-not-disturb",
};

const awayFromKeyboard = new Set(["availableinactive", "inactive"]);

/**
 * The product's promise: only while Teams shows Away or Offline, or Available without anybody at the keyboard. Names Graph
 * may add later count as unknown and deliver: a message too many beats a lost one.
 */
function byPresence(presence: KnownPresence): Decision {
  if (presence === "unreachable") return deliver("presence-unreachable");
  if (presence === "missing") return deliver("presence-unknown");
  const { availability, activity } = presence;
  // Activity names can stand in the availability since Graph's newer lists (facts, section 6).
  const engaged = presentActivities[activity] ?? presentActivities[availability];
  switch (availability) {
    case "away":
      return deliver("away");
    case "offline":
      return deliver("offline");
    case "availableidle":
      return engaged === undefined ? deliver("inactive") : suppress(engaged);
    case "available":
      if (engaged !== undefined) return suppress(engaged);
      return awayFromKeyboard.has(activity) ? deliver("inactive") : suppress("available");
    case "busy":
    case "busyidle":
      return suppress(engaged ?? "busy");
    case "donotdisturb":
      return suppress("do-not-disturb");
    case "berightback":
      return suppress("be-right-back");
    default:
      return engaged === undefined ? deliver("presence-unknown") : suppress(engaged);
  }
}

function deliver(because: DeliverBecause): Decision {
  return { kind: "deliver", because };
}

function suppress(reason: SuppressReason): Decision {
  return { kind: "suppress", reason };
}
