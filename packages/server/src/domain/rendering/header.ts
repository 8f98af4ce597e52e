import type { Paragraph, PhrasingContent } from "mdast";
import { type Chat, type ChatKind, chatKindOfId } from "../chat.ts";
import type { ChatMessage } from "../chat-message.ts";
import type { Connection } from "../connection.ts";
import { linkTo, plain } from "./honest-link.ts";
import { senderName, shownName } from "./sender-name.ts";

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

/** One line: who wrote where, how many others read it, and the way into Teams. */
export function header(
  message: ChatMessage,
  reader: Connection,
  chat: Chat | undefined,
  messageUrl: string,
): Paragraph {
  const children: PhrasingContent[] = [
    plain(importances[message.importance]),
    { type: "strong", children: [plain(senderName(message.sender))] },
    ...place(message, reader, chat),
    plain(" · "),
    linkTo("Open in Teams", messageUrl),
  ];
  return {
    type: "paragraph",
    children: children.filter((child) => child.type !== "text" || child.value !== ""),
  };
}

function place(message: ChatMessage, reader: Connection, chat: Chat | undefined): PhrasingContent[] {
  const kind = chat?.kind ?? chatKindOfId(message.chatId);
  if (kind === "oneOnOne") return [plain(" wrote to you in Teams")];
  const topic = shownName(chat?.topic);
  const company = chat === undefined ? "" : `, you${othersIn(message, reader, chat)}`;
  if (topic === "") {
    const others = chat === undefined ? "" : ` with you${othersIn(message, reader, chat)}`;
    return [plain(` wrote in a ${kindNames[kind]}${others} in Teams`)];
  }
  return [
    plain(" wrote in "),
    { type: "strong", children: [plain(topic)] },
    plain(` (${kindNames[kind]}${company}) in Teams`),
  ];
}

/** Everybody but the reader and the sender. */
function othersIn({ sender }: ChatMessage, reader: Connection, { members }: Chat): string {
  const senderId = sender.kind === "user" ? sender.id : undefined;
  const known = members.filter(
    ({ teamsUserId }) => teamsUserId === undefined || teamsUserId !== reader.teamsUserId,
  );
  const others = known.filter(
    ({ teamsUserId }) => teamsUserId === undefined || teamsUserId !== senderId,
  ).length;
  if (others === 0) return "";
  return others === 1 ? " and 1 other" : ` and ${others} others`;
}
