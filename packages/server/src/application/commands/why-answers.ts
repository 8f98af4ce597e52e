import { type ChatKind, chatKindOfId } from "../../domain/chat.ts";
import type { DeliverReason, SuppressReason } from "../../domain/delivery-policy.ts";
import type { HoldReason } from "../../domain/hold.ts";
import { type Here, sayTime } from "../../domain/until.ts";
import type { DeliveryRecord } from "../deliveries/delivery-log.ts";
import type { Decisions } from "../deliveries/last-decisions.ts";
import { notConnected } from "./command-texts.ts";

/** Why messages arrived or did not, in words; nothing of the messages. */
export function whyText(decisions: Decisions | undefined): string {
  if (decisions === undefined) return notConnected;
  const { records, here } = decisions;
  if (records.length === 0)
    return "Nothing was decided about a message for you yet, or it is more than 90 days ago.";
  return [
    "**What was decided about your last messages,** newest first, by when they were sent:",
    "",
    ...records.map((record) => `- ${lineOf(record, here)}`),
  ].join("\n");
}

/** The same about the one message of a post. */
export function whyThisText({ records, here }: Decisions): string {
  const [record] = records;
  return record === undefined
    ? "This post stands for no message of which a decision is known. Those are kept for 90 days."
    : lineOf(record, here);
}

const kinds: Readonly<Record<ChatKind, string>> = {
  oneOnOne: "a chat of two",
  group: "a group chat",
  meeting: "a meeting chat",
  unknown: "a chat",
};

function lineOf(record: DeliveryRecord, here: Here): string {
  const { chatId, times } = record;
  return `${sayTime(times.sentAtMs, here)}, in ${kinds[chatKindOfId(chatId)]}: ${decisionOf(record, here)}.`;
}

function decisionOf({ outcome, times }: DeliveryRecord, here: Here): string {
  switch (outcome.kind) {
    case "delivered": {
      const why = outcome.because === undefined ? undefined : arrived[outcome.because];
      return why === undefined ? "**arrived**" : `**arrived**, because ${why}`;
    }
    case "suppressed": {
      const why = keptBack[outcome.reason];
      return why === undefined ? "**did not arrive**" : `**did not arrive**, because ${why}`;
    }
    case "held": {
      const { heldUntilMs } = times;
      const until = heldUntilMs === undefined ? "" : ` until ${sayTime(heldUntilMs, here)}`;
      const why = heldBack[outcome.reason];
      return why === undefined ? `is **held**${until}` : `is **held**${until}, because ${why}`;
    }
    case "dead":
      return "**could not be delivered**; your administrator sees why, and can put it back";
    case "posting":
    case "awaited":
      return "is **on its way**";
  }
}

const twice = "and you chose to be notified then, too (`/msteams settings when`)";

/** Codes are texts in the record: those of an older version may not be among them. */
const arrived: Readonly<Record<string, string>> = {
  away: "Teams showed you as away",
  offline: "Teams showed you as offline",
  inactive: "you had not touched Teams for some minutes",
  "presence-unknown": "Teams did not say whether you were there",
  "presence-missing": "Microsoft did not say whether you were in Teams",
  "presence-unreachable": "Microsoft did not answer in time whether you were in Teams",
  available: `Teams showed you as available, ${twice}`,
  busy: `Teams showed you as busy, ${twice}`,
  "in-a-call": `Teams showed you in a call, ${twice}`,
  "in-a-meeting": `Teams showed you in a meeting, ${twice}`,
  presenting: `Teams showed you as presenting, ${twice}`,
  focusing: `Teams showed you as focusing, ${twice}`,
  "do-not-disturb": `Teams showed you with do not disturb, ${twice}`,
  "be-right-back": `Teams showed that you would be right back, ${twice}`,
} satisfies Record<DeliverReason, string>;

const heldBack: Readonly<Record<string, string>> = {
  "quiet-hours": "you have quiet hours (`/msteams quiet`)",
  snoozed: "you snoozed messages (`/msteams snooze`)",
  held: "you chose to see first whether you read it in Teams (`/msteams settings grace`)",
} satisfies Record<HoldReason, string>;

const keptBack: Readonly<Record<string, string>> = {
  available: "Teams showed you as available",
  busy: "Teams showed you as busy",
  "in-a-call": "Teams showed you in a call",
  "in-a-meeting": "Teams showed you in a meeting",
  presenting: "Teams showed you as presenting",
  focusing: "Teams showed you as focusing",
  "do-not-disturb": "Teams showed you with do not disturb",
  "be-right-back": "Teams showed that you would be right back",
  "seen-in-teams": "it came late or was held, and you had been in Teams or written in its chat since",
  "system-event": "it tells of names or members",
  deleted: "it was deleted before it could be delivered",
  "blocked-by-policy": "a rule of your organisation blocked it",
  "self-chat": "it is one of your notes to yourself",
  "own-message": "you wrote it",
  "from-application": "a bot or an app wrote it, and you do not want those (`/msteams settings bots`)",
  "before-connection": "it was sent before you connected",
  "notifications-off": "your notifications were off (`/msteams notifications`)",
  muted: "its chat was muted (`/msteams chats`)",
  "kind-off": "you want nothing of chats of its kind (`/msteams settings`)",
  "not-mentioned":
    "it did not mention you, and you want only what does of chats of its kind (`/msteams settings`)",
  empty: "there was nothing in it",
} satisfies Record<SuppressReason, string>;
