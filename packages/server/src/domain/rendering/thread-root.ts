import type { PhrasingContent } from "mdast";
import { type Chat, type ChatKind, chatKindOfId } from "../chat.ts";
import type { ChatMessage } from "../chat-message.ts";
import type { Choices } from "../choices.ts";
import type { Cloud } from "../cloud.ts";
import type { Connection } from "../connection.ts";
import { chatLink } from "../deep-link.ts";
import { linkTo, plain } from "./honest-link.ts";
import { toMarkdown } from "./markdown.ts";
import { senderName, shownName } from "./sender-name.ts";
import { tidyBlocks } from "./tidy-blocks.ts";

export interface ThreadContext {
  readonly reader: Connection;
  /** Absent when it could not be looked up, and for one-on-one chats. */
  readonly chat: Chat | undefined;
  readonly cloud: Cloud;
  /** How much is shown of messages: where they name no chat, nor does this. The whole unless given. */
  readonly shown?: Choices["show"] | undefined;
}

const kindNames: Readonly<Record<ChatKind, string>> = {
  oneOnOne: "Teams chat",
  group: "Teams group chat",
  meeting: "Teams meeting chat",
  unknown: "Teams chat",
};

/** Three names tell a chat without a name from others; more would make a list. */
const namesShown = 3;

/** The post under which the messages of a chat stand: it names the chat, whose first message is `message`, and holds none of it. */
export function renderThreadRoot(
  message: ChatMessage,
  { reader, chat, cloud, shown }: ThreadContext,
): string {
  const { chatId } = message;
  const kind = chat?.kind ?? chatKindOfId(chatId);
  const url = chatLink(cloud, { chatId, tenantId: reader.tenantId });
  const named = kind === "oneOnOne" ? [plain(" with "), ...senderName(message.sender)] : nameOf(chat, reader);
  const what = shown === "notice" ? [plain(kindNames.unknown)] : [plain(kindNames[kind]), ...named];
  const title = [...what, plain(" · "), linkTo("Open in Teams", url)];
  const note = [plain("Its messages arrive as replies to this post.")];
  return toMarkdown(tidyBlocks([title, note].map((children) => ({ type: "paragraph", children }))));
}

function nameOf(chat: Chat | undefined, reader: Connection): PhrasingContent[] {
  if (chat === undefined) return [];
  const topic = shownName(chat.topic);
  if (topic !== "") return [plain(" "), bold(topic)];
  const others = chat.members.filter(({ teamsUserId }) => teamsUserId !== reader.teamsUserId.toLowerCase());
  const names = others.map(({ displayName }) => shownName(displayName)).filter((name) => name !== "");
  const shown = names.slice(0, namesShown);
  const left = others.length - shown.length;
  if (shown.length === 0) return [];
  return [
    plain(" with "),
    ...shown.flatMap((name, index) =>
      index === 0 ? [bold(name)] : [plain(separator(index, shown, left)), bold(name)],
    ),
    ...(left === 0 ? [] : [plain(left === 1 ? " and 1 other" : ` and ${left} others`)]),
  ];
}

/** The last of the names follows "and" when nobody else does. */
function separator(index: number, shown: readonly string[], left: number): string {
  return index === shown.length - 1 && left === 0 ? " and " : ", ";
}

function bold(text: string): PhrasingContent {
  return { type: "strong", children: [plain(text)] };
}
