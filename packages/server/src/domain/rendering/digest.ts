import type { PhrasingContent } from "mdast";
import { chatKindOfId } from "../chat.ts";
import type { ChatMessage } from "../chat-message.ts";
import { chatLink } from "../deep-link.ts";
import type { Sender } from "../sender.ts";
import { maxPostRunes, runes } from "./fit-length.ts";
import { linkTo, plain } from "./honest-link.ts";
import { toMarkdown } from "./markdown.ts";
import { renderAsItStands } from "./render-as-it-stands.ts";
import type { RenderContext } from "./render-post.ts";
import { senderName, shownName } from "./sender-name.ts";

/** Enough to know what it is about; all of it is in Teams, where the post leads. */
export const quotedMessages = 3;

/** As many are named; more would make a list. */
const sendersNamed = 3;

const blankLine = "\n\n";

/**
 * What one chat brought while nothing was to arrive, oldest first and at least one, as one post: how many messages from
 * whom, the last of them as they stand in Teams, and the way there. Of at most `maxPostRunes` runes. Shows no more than
 * `shown` allows.
 */
export function renderDigest(
  messages: readonly ChatMessage[],
  context: Omit<RenderContext, "maxRunes">,
): string {
  const { shown = "whole" } = context;
  const top = toMarkdown([{ type: "paragraph", children: title(messages, context) }]);
  if (shown !== "whole") return top;
  const quoted = messages.slice(-quotedMessages);
  const room = maxPostRunes - runes(top) - blankLine.length * quoted.length;
  const maxRunes = Math.floor(room / quoted.length);
  const texts = quoted.map(
    (message) => renderAsItStands(message, { ...context, maxRunes, isContinuation: true }).message,
  );
  return [top, ...texts].join(blankLine);
}

function title(
  messages: readonly ChatMessage[],
  { chat, cloud, reader, shown }: Omit<RenderContext, "maxRunes">,
): PhrasingContent[] {
  const chatId = messages[0]?.chatId ?? "";
  const count = messages.length === 1 ? "1 message" : `${messages.length} messages`;
  const link = linkTo("Open in Teams", chatLink(cloud, { chatId, tenantId: reader.tenantId }));
  const end = [plain(" · "), link];
  if (shown === "notice") return [strong(count), plain(" for you in Teams, held until now"), ...end];
  return [
    strong(count),
    plain(" from "),
    ...sendersOf(messages),
    ...placeOf(chat?.kind ?? chatKindOfId(chatId), shownName(chat?.topic)),
    plain(" in Teams, held until now"),
    ...end,
  ];
}

function placeOf(kind: ReturnType<typeof chatKindOfId>, topic: string): PhrasingContent[] {
  if (kind === "oneOnOne") return [];
  const name = { group: "group chat", meeting: "meeting chat", unknown: "chat" }[kind];
  return topic === "" ? [plain(` in a ${name}`)] : [plain(" in "), strong(topic), plain(` (${name})`)];
}

/** Each once, in the order in which they first wrote. */
function sendersOf(messages: readonly ChatMessage[]): PhrasingContent[] {
  const senders = new Map(messages.map(({ sender }) => [identityOf(sender), sender]));
  const named = [...senders.values()].slice(0, sendersNamed);
  const left = senders.size - named.length;
  const others = left === 0 ? [] : [[plain(left === 1 ? "1 other" : `${left} others`)]];
  const all = [...named.map(senderName), ...others];
  return all.flatMap((each, index) => {
    if (index === 0) return each;
    return [plain(index === all.length - 1 ? " and " : ", "), ...each];
  });
}

function identityOf(sender: Sender): string {
  return sender.kind === "none" ? "none" : `${sender.kind} ${sender.id ?? sender.displayName}`;
}

function strong(text: string): PhrasingContent {
  return { type: "strong", children: [plain(text)] };
}
