import type { BlockContent, PhrasingContent, RootContent } from "mdast";
import type { Attachment } from "../attachment.ts";
import type { Connection } from "../connection.ts";
import type { Sender } from "../sender.ts";
import type { Placed } from "./attachment-places.ts";
import { readCard } from "./cards/read-card.ts";
import { honestLink, linkTo, plain } from "./honest-link.ts";
import { readHtml } from "./html/read-html.ts";
import { linkedText, type Surroundings, safeTree } from "./safe-tree.ts";
import { senderName } from "./sender-name.ts";
import { readText } from "./text/read-text.ts";
import { tidyBlocks } from "./tidy-blocks.ts";

export interface AttachmentContext {
  readonly messageUrl: string;
  readonly reader: Connection;
  /** Code by the address of its snippet, where it has been fetched. */
  readonly snippets: ReadonlyMap<string, string>;
  /** What stands within the original of this forwarded message. */
  readonly within?: Placed | undefined;
}

/** An attachment as safe nodes: what can be shown is shown, everything else is named, and linked where it can be opened. */
export function attachmentNodes(attachment: Attachment, context: AttachmentContext): RootContent[] {
  const surroundings: Surroundings = { messageUrl: context.messageUrl, attachments: new Map() };
  switch (attachment.kind) {
    case "quoted-message":
      return [quoteOf("", attachment.sender, readPreview(attachment.preview), surroundings)];
    case "forwarded-message": {
      const attachments = new Map(
        [...(context.within ?? [])].map(([id, each]) => [id, attachmentNodes(each, context)]),
      );
      const original = readHtml(attachment.html);
      return [quoteOf("Forwarded from ", attachment.sender, original, { ...surroundings, attachments })];
    }
    case "code-snippet": {
      const code = attachment.url === undefined ? undefined : context.snippets.get(attachment.url);
      if (code === undefined) return line(attachment, context.messageUrl);
      return safeTree([{ type: "code", lang: attachment.language ?? null, value: code }], surroundings);
    }
    case "card": {
      const card = safeTree(readCard(attachment, context.reader), surroundings);
      return card.length === 0 ? line(attachment, context.messageUrl) : card;
    }
    default:
      return line(attachment, context.messageUrl);
  }
}

/** Facts, section 5: a text. Tags would be markup of a client that sends its HTML whole. */
function readPreview(preview: string): readonly RootContent[] {
  return /<\/?(?:p|div|br|span|at|b|i|strong|em|a|img|(?:custom)?emoji)\b[^<>]*>/i.test(preview)
    ? readHtml(preview)
    : readText(preview);
}

function quoteOf(
  introduction: string,
  sender: Sender,
  read: readonly RootContent[],
  surroundings: Surroundings,
): RootContent {
  const first: RootContent = {
    type: "paragraph",
    children: [plain(introduction), ...senderName(sender), plain(":")],
  };
  const content = safeTree(read, surroundings);
  const isEmpty = tidyBlocks(content).length === 0;
  // Teams shows what it keeps from us, such as the preview of a picture.
  const shown = isEmpty ? [linkTo("Message", surroundings.messageUrl)] : content;
  // Safe nodes of any kind: they are tidied together with all others of the message.
  return { type: "blockquote", children: [first, ...shown] as BlockContent[] };
}

type Listed = Exclude<Attachment, { kind: "quoted-message" | "forwarded-message" }>;

const labels: Readonly<Record<Listed["kind"], string>> = {
  file: "File",
  image: "Image",
  meeting: "Meeting",
  tab: "Tab",
  "code-snippet": "Code snippet",
  card: "Card",
  unknown: "Attachment",
};

/** One line; several of them follow each other without empty ones. */
function line(attachment: Listed, messageUrl: string): RootContent[] {
  return [{ type: "break" }, ...named(attachment, messageUrl), { type: "break" }];
}

function named(attachment: Listed, messageUrl: string): PhrasingContent[] {
  const label = labels[attachment.kind];
  const name = nameOf(attachment);
  // Cards and snippets have no address of their own; Teams shows them with the message.
  const url = "url" in attachment && attachment.kind !== "code-snippet" ? attachment.url : undefined;
  if (url !== undefined) return [plain(`${label}: `), ...honestLink(name === "" ? label : name, url)];
  const opened = linkTo(label, messageUrl);
  return name === "" ? [opened] : [opened, plain(": "), ...linkedText(name)];
}

function nameOf(attachment: Listed): string {
  if (attachment.name !== undefined) return attachment.name;
  if (attachment.kind === "code-snippet") return attachment.language ?? "";
  if (attachment.kind === "unknown") return attachment.contentType;
  return attachment.kind === "card" ? attachment.card : "";
}
