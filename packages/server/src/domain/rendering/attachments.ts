import type { BlockContent, PhrasingContent, RootContent } from "mdast";
import type { Attachment } from "../attachment.ts";
import { honestLink, linkTo, plain } from "./honest-link.ts";
import { readHtml } from "./html/read-html.ts";
import { linkedText, safeTree } from "./safe-tree.ts";
import { senderName } from "./sender-name.ts";
import { readText } from "./text/read-text.ts";

/** The message an answer refers to, above the answer as in Teams. */
export function quotedAbove(attachments: readonly Attachment[], messageUrl: string): RootContent[] {
  return attachments.flatMap((attachment): RootContent[] => {
    if (attachment.kind !== "quoted-message") return [];
    const preview = safeTree(readText(attachment.preview), messageUrl);
    return [quoteOf(`${senderName(attachment.sender)}:`, preview)];
  });
}

/** Everything else that hangs on a message: named, and linked where it can be opened. */
export function attachedBelow(attachments: readonly Attachment[], messageUrl: string): RootContent[] {
  return attachments.flatMap((attachment): RootContent[] => {
    if (attachment.kind === "quoted-message") return [];
    if (attachment.kind !== "forwarded-message") {
      return [{ type: "paragraph", children: lineFor(attachment, messageUrl) }];
    }
    const original = safeTree(readHtml(attachment.html), messageUrl);
    return [quoteOf(`Forwarded from ${senderName(attachment.sender)}:`, original)];
  });
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

function lineFor(attachment: Listed, messageUrl: string): PhrasingContent[] {
  const label = labels[attachment.kind];
  const url = "url" in attachment ? attachment.url : undefined;
  const { name = "" } = attachment;
  // Cards and snippets have no address of their own; Teams shows them with the message.
  if (url === undefined || attachment.kind === "code-snippet") {
    const opened = linkTo(label, messageUrl);
    return name === "" ? [opened] : [opened, plain(": "), ...linkedText(name)];
  }
  return [plain(`${label}: `), ...honestLink(name === "" ? label : name, url)];
}

function quoteOf(introduction: string, content: readonly RootContent[]): RootContent {
  const first: RootContent = {
    type: "paragraph",
    children: [{ type: "emphasis", children: [plain(introduction)] }],
  };
  // Safe nodes are tidied together with all others of the message.
  return { type: "blockquote", children: [first, ...content] as BlockContent[] };
}
