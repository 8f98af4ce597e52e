import type { ChatKind } from "../../domain/chat.ts";
import { foreignName } from "../../domain/rendering/foreign-name.ts";
import { type Here, sayTime } from "../../domain/until.ts";
import type { Chats, ListedChat } from "../chats/list-chats.ts";
import { type Muted, mostMutes, type NotDone, type Unmuted } from "../chats/mute-chat.ts";
import type { Button, Reply, ReplyPart } from "../mattermost/ephemeral-posts.ts";
import { type ButtonPress, pressOf } from "./button-press.ts";
import { notConnected, typedCommand } from "./command-texts.ts";
import { muteTimes, withoutMentions } from "./parse-mute.ts";

/** What the bot says about chats. */

export const chatKinds: Readonly<Record<ChatKind, string>> = {
  oneOnOne: "chat of two",
  group: "group chat",
  meeting: "meeting chat",
  unknown: "chat",
};

/** More buttons make a wall; whoever mutes so many unmutes the others by command. */
const chatsShown = 20;

/** The last chats, each with its state and buttons that change it. */
export function chatsReply(listed: Chats | undefined): Reply {
  if (listed === undefined) return { message: notConnected };
  const { chats, here } = listed;
  if (chats.length === 0) return { message: noChats };
  const message = "**Your last Teams chats.** A muted chat brings nothing, or only what mentions you.";
  const left = chats.slice(chatsShown);
  const more =
    left.length === 0 ? [] : ["", `Muted besides: ${left.map(({ label }) => foreignName(label)).join(", ")}`];
  return {
    message: [message, ...more].join("\n"),
    parts: chats.slice(0, chatsShown).map((chat) => partOf(chat, here, "list")),
  };
}

export function mutedReply(muted: Muted): Reply {
  if (muted.kind !== "muted") return notDoneReply(muted, "mute");
  const { chat, here } = muted;
  const name = foreignName(chat.label);
  const note =
    chat.mute?.mentions === true
      ? `What mentions you still arrives, unless you add \`${withoutMentions}\` to the command.`
      : "What mentions you does not arrive either.";
  return { message: `${name} is ${stateOf(chat, here)}. ${note}`, parts: [partOf(chat, here, "one")] };
}

export function unmutedReply(unmuted: Unmuted): Reply {
  if (unmuted.kind === "unmuted")
    return { message: `${foreignName(unmuted.chat.label)} is no longer muted.` };
  if (unmuted.kind === "was-not-muted")
    return { message: `Nothing to change: ${foreignName(unmuted.chat.label)} is not muted.` };
  return notDoneReply(unmuted, "unmute");
}

/** One chat as it stands, with buttons. */
export function chatReply(chat: ListedChat, here: Here): Reply {
  return {
    message: `${foreignName(chat.label)} is ${stateOf(chat, here)}.`,
    parts: [partOf(chat, here, "one")],
  };
}

function notDoneReply(not: NotDone, verb: "mute" | "unmute"): Reply {
  switch (not.kind) {
    case "not-connected":
      return { message: notConnected };
    case "no-chat": {
      const message = `Say which chat: \`/msteams ${verb} <name>\`, or type it in the thread of one of its messages.`;
      return { message, parts: not.chats.map((chat) => partOf(chat, not.here, "list")) };
    }
    case "unknown-chat":
      return {
        message: [
          `None of your last chats is called ${typedText(not.typed)}. Nothing was changed.`,
          ...namesOf(not.chats, verb),
        ].join("\n"),
      };
    case "several":
      return {
        message: [
          `Several chats are called ${typedText(not.typed)}. Nothing was changed.`,
          ...namesOf(not.chats, verb),
        ].join("\n"),
      };
    case "past":
      return { message: `${typedText(not.typed)} is over today. Nothing was changed. ${timesText}` };
    case "not-a-time":
      return { message: `${typedText(not.typed)} is no time. Nothing was changed. ${timesText}` };
    case "too-many":
      return {
        message: `You have muted ${mostMutes} chats, which is the most. Unmute some with \`/msteams chats\`, or choose by kinds of chats with \`/msteams settings\`. Nothing was changed.`,
      };
  }
}

const noChats = "No Teams chat has brought you anything yet.";

const timesText = "You can say `30m`, `2h`, `1d`, `18:30`, `tomorrow`, or `always` for until you unmute it.";

function namesOf(chats: readonly ListedChat[], verb: string): string[] {
  if (chats.length === 0) return [noChats];
  return [
    "",
    `You can ${verb}:`,
    "",
    ...chats.map(({ label, kind }) => `- ${foreignName(label)} (${chatKinds[kind]})`),
  ];
}

/** A code span, in which it calls nobody. */
function typedText(typed: string): string {
  return typedCommand(typed).replace("/msteams ", "");
}

function stateOf({ mute }: ListedChat, here: Here): string {
  if (mute === undefined) return "not muted";
  const until = mute.untilMs === undefined ? "until you unmute it" : `until ${sayTime(mute.untilMs, here)}`;
  return `muted ${until}${mute.mentions ? "" : ", mentions of you included"}`;
}

function partOf(chat: ListedChat, here: Here, view: ButtonPress["view"]): ReplyPart {
  const text = `${foreignName(chat.label)} (${chatKinds[chat.kind]}): ${stateOf(chat, here)}`;
  const { chatId } = chat;
  const buttons: Button[] =
    chat.mute === undefined
      ? muteTimes.map(({ word, button }) => ({
          label: button,
          press: pressOf({ does: "mute", chatId, until: word, view }),
        }))
      : [{ label: "Unmute", press: pressOf({ does: "unmute", chatId, view }) }];
  return { text, buttons };
}
