import type { BlockContent, RootContent } from "mdast";
import type { Attachment } from "../attachment.ts";
import type { Chat } from "../chat.ts";
import { type ChatMessage, isEmptyMessage } from "../chat-message.ts";
import type { Choices } from "../choices.ts";
import type { Cloud } from "../cloud.ts";
import type { Connection } from "../connection.ts";
import { addressesOf, copyableOf } from "../copying/copyable.ts";
import { messageLink } from "../deep-link.ts";
import type { Sender } from "../sender.ts";
import { placedIn, placedInOriginals } from "./attachment-places.ts";
import { attachmentNodes } from "./attachments.ts";
import { directLines } from "./direct-lines.ts";
import { maxPostRunes, quoteWithin, runes } from "./fit-length.ts";
import { header, type MessageState } from "./header.ts";
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
  /** Who wrote it, for when the message does not say: Graph forgets the senders of deleted ones. */
  readonly sender?: Sender;
  /** Below another message of the same chat, in one post: the header is shorter. */
  readonly isContinuation?: boolean | undefined;
  /** How much of the message is shown; the whole unless given. */
  readonly shown?: Choices["show"] | undefined;
  /** How long the post may be at most; {@link maxPostRunes} unless given. */
  readonly maxRunes?: number | undefined;
  /** Keys of the copyables whose files hang on the post: what stands below the text is not named in it as well. */
  readonly copied?: ReadonlySet<string> | undefined;
  /** Code snippets that have been fetched, by the `url` of their attachment; all others are named and linked. */
  readonly snippets?: ReadonlyMap<string, string>;
}

/** A post before it exists. */
export interface PostDraft {
  /** Markdown of at most {@link maxPostRunes} runes. */
  readonly message: string;
  /** Mattermost's own word for the message's importance; absent when it has none. */
  readonly priority?: "important" | "urgent";
}

/**
 * A chat message as the bot's post: one line of ours, then everything foreign in one quote, in which it can mention
 * nobody, load nothing and lead nowhere unseen.
 */
export function renderPost(message: ChatMessage, context: RenderContext): PostDraft {
  return draft(message, context, "sent");
}

/** The same post after the message was edited in Teams. */
export function renderEdited(message: ChatMessage, context: RenderContext): PostDraft {
  return draft(message, context, "edited");
}

/** The same post after the message was deleted or blocked in Teams: its header alone, whatever of it Graph still sends. */
export function renderDeleted(message: ChatMessage, context: RenderContext): PostDraft {
  const sender = message.sender.kind === "none" ? (context.sender ?? message.sender) : message.sender;
  const state = message.isBlocked && message.deletedAtMs === undefined ? "blocked" : "deleted";
  return draft({ ...message, ...nothing, sender }, context, state);
}

const nothing = { body: { format: "text", content: "" }, attachments: [], subject: undefined } as const;

function draft(message: ChatMessage, context: RenderContext, state: MessageState): PostDraft {
  const { reader, chat, cloud, isContinuation = false, shown = "whole", maxRunes = maxPostRunes } = context;
  const { chatId, id: messageId } = message;
  const messageUrl = messageLink(cloud, { chatId, messageId, tenantId: reader.tenantId });
  const top = toMarkdown(
    tidyBlocks([header(message, { reader, chat, messageUrl, state, shown, isContinuation })]),
  );
  const priority = priorities[message.importance];
  if (shown !== "whole") return { message: top, ...(priority !== undefined && { priority }) };
  const rest = toMarkdown([
    {
      type: "paragraph",
      children: [plain("The message is longer. "), linkTo("Read the rest in Teams", messageUrl)],
    },
  ]);
  const room = maxRunes - runes(top) - runes(rest) - blankLines;
  const { quote, isCut } = quoteWithin(contentOf(message, context, messageUrl), room);
  const parts = [top, quote, ...(isCut ? [rest] : [])].filter((part) => part !== "");
  return { message: parts.join("\n\n"), ...(priority !== undefined && { priority }) };
}

/** Between header, quote and the link to the rest. */
const blankLines = 4;

const priorities: Readonly<Record<ChatMessage["importance"], PostDraft["priority"]>> = {
  normal: undefined,
  high: "important",
  urgent: "urgent",
};

function contentOf(message: ChatMessage, context: RenderContext, messageUrl: string): BlockContent[] {
  const { reader, snippets = new Map(), copied = new Set() } = context;
  const body = bodyOf(message, reader, addressesOf(copied, message));
  const placed = placedIn(body);
  const inOriginals = placedInOriginals(message.attachments, placed);
  const elsewhere = new Set([...inOriginals.values()].flatMap((each) => [...each.values()]));
  const hangsOnPost = (attachment: Attachment) => copied.has(copyableOf(attachment, message)?.key ?? "");
  const nodesOf = (attachment: Attachment) => {
    const placed = [...(inOriginals.get(attachment) ?? [])];
    const within = new Map(placed.filter(([, each]) => !hangsOnPost(each)));
    return attachmentNodes(attachment, { messageUrl, reader, snippets, within });
  };
  const attachments = new Map<string, RootContent[]>();
  const above: RootContent[] = [];
  const below: RootContent[] = [];
  for (const attachment of message.attachments) {
    const { id, kind } = attachment;
    if (elsewhere.has(attachment) || hangsOnPost(attachment)) continue;
    if (id !== undefined && placed.has(id) && !attachments.has(id)) attachments.set(id, nodesOf(attachment));
    // What a message answers stands above the answer, as in Teams.
    else (kind === "quoted-message" ? above : below).push(...nodesOf(attachment));
  }
  const content = [...subjectOf(message), ...above, ...safeTree(body, { messageUrl, attachments }), ...below];
  const blocks = tidyBlocks(content);
  // What it holds can only be seen in Teams, unless it hangs on the post.
  if (blocks.length === 0 && copied.size === 0 && !isEmptyMessage(message))
    return [{ type: "paragraph", children: [linkTo("Message", messageUrl)] }];
  return directLines(blocks);
}

function bodyOf(
  { body, mentions }: ChatMessage,
  reader: Connection,
  leftOut: ReadonlySet<string>,
): readonly RootContent[] {
  if (body.format === "text") return readText(body.content);
  return readHtml(body.content, { mentions, readerId: reader.teamsUserId.toLowerCase() }, leftOut);
}

function subjectOf({ subject }: ChatMessage): RootContent[] {
  if (subject === undefined) return [];
  return [{ type: "paragraph", children: [{ type: "strong", children: [plain(cleanText(subject))] }] }];
}
