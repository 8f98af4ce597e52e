import type { Chat } from "./chat.ts";
import type { DriveItem } from "./drive.ts";
import type { Attachment, ChatMessage, HostedContent, MessageSender, NewMessage } from "./message.ts";
import type { Randomness } from "./randomness.ts";
import { TenantError } from "./tenant-error.ts";

const previewLength = 200;

function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&nbsp;", " ")
    .trim()
    .slice(0, previewLength);
}

function quoteOf(chat: Chat, messageId: string): Attachment {
  const quoted = chat.messages.find((message) => message.id === messageId);
  if (quoted === undefined)
    throw new TenantError("unknown-message", `There is no message ${messageId} to quote.`);
  const user =
    quoted.from?.kind === "user"
      ? {
          id: quoted.from.id,
          displayName: quoted.from.displayName,
          userIdentityType: quoted.from.userIdentityType,
        }
      : null;
  return {
    id: quoted.id,
    contentType: "messageReference",
    contentUrl: null,
    content: JSON.stringify({
      messageId: quoted.id,
      messagePreview: plainText(quoted.body.content),
      messageSender: { application: null, device: null, user },
    }),
    name: null,
    thumbnailUrl: null,
    teamsAppId: null,
  };
}

export function attachmentOf(given: Partial<Attachment>, randomness: Randomness): Attachment {
  return {
    contentType: "reference",
    contentUrl: null,
    content: null,
    name: null,
    thumbnailUrl: null,
    teamsAppId: null,
    ...given,
    id: given.id ?? randomness.guid(),
  };
}

/** The attachment by which a message names a file of its sender's. */
export function referenceTo(item: DriveItem): Partial<Attachment> {
  return { contentType: "reference", contentUrl: item.webUrl, name: item.name };
}

/**
 * The message that Teams makes of what its sender gives: attachments and quotes get their `<attachment>` placeholders,
 * pictures their addresses.
 */
export function composedMessage(
  chat: Chat,
  given: NewMessage,
  made: {
    readonly id: string;
    readonly now: number;
    readonly from: MessageSender | null;
    readonly randomness: Randomness;
  },
): ChatMessage {
  const folder = contentFolder(chat.id, made.id);
  const attachments = (given.attachments ?? []).map((attachment) => {
    const { content, ...rest } = attachmentOf(attachment, made.randomness);
    return { ...rest, content: content?.replaceAll(relativeContent, (_, quote) => quote + folder) ?? null };
  });
  const quotes = given.replyTo === undefined ? [] : [quoteOf(chat, given.replyTo)];
  const contents = given.hostedContents ?? [];
  const body = withPictures(bodyOf(given, quotes, attachments), contents, attachments, folder);
  return {
    id: made.id,
    chatId: chat.id,
    messageType: "message",
    createdAt: made.now,
    lastModifiedAt: made.now,
    lastEditedAt: null,
    deletedAt: null,
    from: made.from,
    subject: given.subject ?? null,
    importance: given.importance ?? "normal",
    body,
    attachments: [...quotes, ...attachments],
    mentions: [...(given.mentions ?? [])],
    reactions: [],
    hostedContents: [...contents],
    withdrawn: null,
    eventDetail: null,
  };
}

/** Where an attachment stands in a body. */
export function placeholder({ id }: Attachment): string {
  return `<attachment id="${id}"></attachment>`;
}

function bodyOf(
  given: NewMessage,
  quotes: readonly Attachment[],
  attachments: readonly Attachment[],
): ChatMessage["body"] {
  const written = given.html ?? given.text ?? "";
  const missing = attachments.filter((attachment) => !written.includes(placeholder(attachment)));
  if (given.html === undefined && quotes.length + missing.length === 0) {
    return { contentType: "text", content: written };
  }
  const html = given.html ?? `<p>${escapeHtml(written)}</p>`;
  return {
    contentType: "html",
    content: [...quotes.map(placeholder), html, ...missing.map(placeholder)].join(""),
  };
}

const relativeContent = /(["'])(?:\.\.\/)+hostedContents\//g;

/** Addresses name the worldwide Graph, as section 5 shows them. */
function contentFolder(chatId: string, messageId: string): string {
  return `https://graph.microsoft.com/v1.0/chats/${chatId}/messages/${messageId}/hostedContents/`;
}

/** Pictures that neither the body nor an attachment refers to stand below the body. */
function withPictures(
  body: ChatMessage["body"],
  contents: readonly HostedContent[],
  attachments: readonly Attachment[],
  folder: string,
): ChatMessage["body"] {
  if (contents.length === 0) return body;
  const written = body.contentType === "html" ? body.content : `<p>${escapeHtml(body.content)}</p>`;
  const placed = written.replaceAll(relativeContent, (_, quote: string) => quote + folder);
  const referred = [placed, ...attachments.map(({ content }) => content ?? "")].join();
  const missing = contents.filter(({ id }) => !referred.includes(`hostedContents/${id}/`));
  const images = missing.map(({ id }) => `<p><img src="${folder}${id}/$value" alt="image"></p>`);
  return { contentType: "html", content: [placed, ...images].join("") };
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
