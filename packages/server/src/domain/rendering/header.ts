import type { Paragraph, PhrasingContent } from "mdast";
import { whomItCalls } from "../calls.ts";
import { type Chat, type ChatKind, chatKindOfId } from "../chat.ts";
import type { ChatMessage } from "../chat-message.ts";
import type { Choices } from "../choices.ts";
import type { Connection } from "../connection.ts";
import { linkTo, plain } from "./honest-link.ts";
import { senderName, shownName } from "./sender-name.ts";

/** New as sent, or what became of it since. */
export type MessageState = "sent" | "edited" | "deleted" | "blocked";

export interface HeaderContext {
  readonly reader: Connection;
  readonly chat: Chat | undefined;
  readonly messageUrl: string;
  readonly state: MessageState;
  /** Of `notice` the header names nobody and no chat. */
  readonly shown: Choices["show"];
  /** The header of another message of the same chat stands above: what it says is not said again. */
  readonly isContinuation: boolean;
}

const kindNames: Readonly<Record<Exclude<ChatKind, "oneOnOne">, string>> = {
  group: "group chat",
  meeting: "meeting chat",
  unknown: "chat",
};

const importances: Readonly<Record<ChatMessage["importance"], string>> = {
  normal: "",
  high: "Important: ",
  urgent: "Urgent: ",
};

const states: Readonly<Record<MessageState, readonly PhrasingContent[]>> = {
  sent: [],
  edited: [plain(" · edited")],
  deleted: [plain(" · deleted in Teams")],
  blocked: [plain(" · blocked by your organisation")],
};

/**
 * One line: who wrote where, whom they called, how many others read it, and the way into Teams. That alone says that it is
 * Teams, and a name alone that it is for the reader; each line is read by itself, in a notification or a search, so that
 * none leaves out what another post says.
 */
export function header(message: ChatMessage, context: HeaderContext): Paragraph {
  const children: PhrasingContent[] = [
    plain(importances[message.importance]),
    ...(context.shown === "notice"
      ? [plain("A message for you in Teams")]
      : [...senderName(message.sender), ...place(message, context)]),
    ...states[context.state],
    plain(" · "),
    linkTo("Open in Teams", context.messageUrl),
  ];
  return { type: "paragraph", children };
}

function place(message: ChatMessage, { reader, chat, isContinuation }: HeaderContext): PhrasingContent[] {
  const call = callIn(message, reader);
  if (isContinuation) return call === undefined ? [] : [plain(` ${call}`)];
  const kind = chat?.kind ?? chatKindOfId(message.chatId);
  if (kind === "oneOnOne") return [];
  const where = call === undefined ? "in" : `${call} in`;
  const topic = shownName(chat?.topic);
  if (topic === "") {
    const others = chat === undefined ? "" : ` with you${othersIn(message, reader, chat)}`;
    return [plain(` ${where} a ${kindNames[kind]}${others}`)];
  }
  const company = chat === undefined ? "" : `, you${othersIn(message, reader, chat)}`;
  return [
    plain(` ${where} `),
    { type: "strong", children: [plain(topic)] },
    plain(` (${kindNames[kind]}${company})`),
  ];
}

const calls = { reader: "mentioned you", everyone: "mentioned everyone", nobody: undefined } as const;

/** Whom the message calls; undefined for nobody of importance to the reader. */
function callIn(message: ChatMessage, reader: Connection): string | undefined {
  return calls[whomItCalls(message, reader)];
}

/** Everybody but the reader and the sender. */
function othersIn({ sender }: ChatMessage, reader: Connection, { members }: Chat): string {
  const known = [reader.teamsUserId.toLowerCase(), ...(sender.kind === "user" ? [sender.id] : [])];
  const others = members.filter(
    ({ teamsUserId }) => teamsUserId === undefined || !known.includes(teamsUserId),
  ).length;
  if (others === 0) return "";
  return others === 1 ? " and 1 other" : ` and ${others} others`;
}
