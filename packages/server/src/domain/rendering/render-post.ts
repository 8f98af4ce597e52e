import type { BlockContent } from "mdast";
import type { Chat } from "../chat.ts";
import type { ChatMessage } from "../chat-message.ts";
import type { Cloud } from "../cloud.ts";
import type { Connection } from "../connection.ts";
import { messageLink } from "../deep-link.ts";
import { attachedBelow, quotedAbove } from "./attachments.ts";
import { maxPostRunes, quoteWithin, runes } from "./fit-length.ts";
import { header } from "./header.ts";
import { linkTo, plain } from "./honest-link.ts";
import { readHtml } from "./html/read-html.ts";
import { toMarkdown } from "./markdown.ts";
import { safeTree } from "./safe-tree.ts";
import { cleanText } from "./text/clean-text.ts";
import { readText } from "./text/read-text.ts";
import { tidyBlocks } from "./tidy-blocks.ts";

export interface RenderContext {
  readonly reader: Connection;
  /** Absent when it could not be looked up: the header then says less. */
  readonly chat: Chat | undefined;
  readonly cloud: Cloud;
}

/**
 * A chat message as the bot's post, Markdown of at most {@link maxPostRunes} runes: one line of ours, then everything
 * foreign in one quote, in which it can mention nobody, load nothing and lead nowhere unseen.
 */
export function renderPost(message: ChatMessage, context: RenderContext): { readonly message: string } {
  const { reader, chat, cloud } = context;
  const { chatId, id: messageId } = message;
  const url = messageLink(cloud, { chatId, messageId, tenantId: reader.tenantId });
  const top = toMarkdown(tidyBlocks([header(message, reader, chat, url)]));
  const rest = toMarkdown([
    {
      type: "paragraph",
      children: [plain("The message is longer. "), linkTo("Read the rest in Teams", url)],
    },
  ]);
  const room = maxPostRunes - runes(top) - runes(rest) - blankLines;
  const { quote, isCut } = quoteWithin(contentOf(message, url), room);
  return { message: [top, quote, ...(isCut ? [rest] : [])].filter((part) => part !== "").join("\n\n") };
}

/** Between header, quote and the link to the rest. */
const blankLines = 4;

function contentOf(message: ChatMessage, url: string): BlockContent[] {
  const { format, content } = message.body;
  const body = format === "html" ? readHtml(content) : readText(content);
  return tidyBlocks([
    ...subjectOf(message),
    ...quotedAbove(message.attachments, url),
    ...safeTree(body, url),
    ...attachedBelow(message.attachments, url),
  ]);
}

function subjectOf({ subject }: ChatMessage): BlockContent[] {
  if (subject === undefined) return [];
  return [{ type: "paragraph", children: [{ type: "strong", children: [plain(cleanText(subject))] }] }];
}
