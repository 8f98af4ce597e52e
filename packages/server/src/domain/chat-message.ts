import { type Attachment, parseAttachment } from "./attachment.ts";
import { type JsonObject, listOf, objectOf, textOf, timeMsOf } from "./graph-json.ts";
import type { ChatMessageIds } from "./resource-path.ts";
import { parseSender, type Sender } from "./sender.ts";
import { isSilent, labelAttributes } from "./silent-elements.ts";

/** `unknown` is a kind of later date that carries no event, so it may well be something a person wrote. */
export type ChatMessageKind = "message" | "systemEvent" | "typing" | "unknown";
export type Importance = "normal" | "high" | "urgent";

/** What an `<at id>` element in the body stands for. */
export interface Mention {
  readonly id: string;
  readonly text: string | undefined;
  readonly target:
    | { readonly kind: "user"; readonly teamsUserId: string }
    /** Everybody in the chat. */
    | { readonly kind: "everyone" }
    | { readonly kind: "application" | "tag" | "channel" | "unknown" };
}

/** A message of a Teams chat (facts, section 5). Texts are as the sender wrote them and never to be trusted. */
export interface ChatMessage {
  /** Unique within its chat only. */
  readonly id: string;
  readonly chatId: string;
  readonly kind: ChatMessageKind;
  readonly etag: string | undefined;
  readonly sender: Sender;
  readonly createdAtMs: number;
  /** Moves on reactions too; {@link editedAtMs} moves on edits only. */
  readonly lastModifiedAtMs: number;
  readonly editedAtMs: number | undefined;
  readonly deletedAtMs: number | undefined;
  readonly subject: string | undefined;
  readonly importance: Importance;
  readonly body: { readonly format: "html" | "text"; readonly content: string };
  readonly mentions: readonly Mention[];
  readonly attachments: readonly Attachment[];
  /** A data-loss rule took the message away from its readers in Teams. */
  readonly isBlocked: boolean;
}

export type ChatMessageErrorCode = "not-an-object" | "not-in-a-chat" | "missing-id" | "missing-time";

/** What Graph sent is no chat message. Trying again brings the same. */
export class ChatMessageError extends Error {
  override readonly name = "ChatMessageError";
  readonly code: ChatMessageErrorCode;
  constructor(code: ChatMessageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads a chat message from a decrypted notification or a GET. `known` are the ids of the notification's resource, for
 * bodies without them. Tolerates nulls, unknown kinds and other casing; throws {@link ChatMessageError} when the
 * message cannot be told from others.
 */
export function parseChatMessage(json: unknown, known?: ChatMessageIds): ChatMessage {
  const source = objectOf(json);
  if (source === undefined) throw new ChatMessageError("not-an-object", "Microsoft Graph sent no message.");
  const id = textOf(source.id) ?? known?.messageId;
  if (id === undefined) throw new ChatMessageError("missing-id", "A message from Microsoft Graph has no id.");
  const chatId = textOf(source.chatId) ?? known?.chatId;
  if (chatId === undefined)
    throw new ChatMessageError("not-in-a-chat", "A message from Microsoft Graph names no chat.");
  const createdAtMs = timeMsOf(source.createdDateTime) ?? timeOfId(id);
  return {
    id,
    chatId,
    kind: kindOf(source),
    etag: textOf(source.etag),
    sender: parseSender(source.from),
    createdAtMs,
    lastModifiedAtMs: timeMsOf(source.lastModifiedDateTime) ?? createdAtMs,
    editedAtMs: timeMsOf(source.lastEditedDateTime),
    deletedAtMs: timeMsOf(source.deletedDateTime),
    subject: textOf(source.subject)?.trim() || undefined,
    importance: importances[textOf(source.importance)?.toLowerCase() ?? ""] ?? "normal",
    body: bodyOf(objectOf(source.body) ?? {}),
    mentions: listOf(source.mentions).flatMap((mention) => mentionOf(mention, chatId)),
    attachments: listOf(source.attachments).flatMap((attachment) => parseAttachment(attachment) ?? []),
    isBlocked: isBlocked(objectOf(source.policyViolation)),
  };
}

/**
 * True when a reader would see nothing: no text, picture, attachment or subject. An element that is not known to show
 * nothing shows something: a message too many beats a lost one.
 */
export function isEmptyMessage(message: Pick<ChatMessage, "body" | "attachments" | "subject">): boolean {
  if (message.attachments.length > 0 || message.subject !== undefined) return false;
  const { format, content } = message.body;
  if (format === "text") return isBlank(content);
  return !tagsIn(content).some(showsSomething) && isBlank(content.replace(/<[^<>]*>/g, ""));
}

function tagsIn(html: string): readonly string[] {
  return html.match(/<[a-z][^<>]*/gi) ?? [];
}

function showsSomething(tag: string): boolean {
  const [name = ""] = /[^<\s/]+/.exec(tag.toLowerCase()) ?? [];
  return !isSilent(name) || label.test(tag);
}

const label = new RegExp(`[\\s"'](?:${labelAttributes.join("|")})\\s*=\\s*["']?[^\\s"']`, "i");

const blank = /(?:\s|[\u200b-\u200f\u2060\ufeff]|&(?:nbsp|#160|#xa0|#8203|#x200b|zwnj|zwj|lrm|rlm);)*/iy;

function isBlank(text: string): boolean {
  blank.lastIndex = 0;
  return blank.exec(text)?.[0].length === text.length;
}

const importances: Readonly<Record<string, Importance>> = { high: "high", urgent: "urgent" };

const kinds: Readonly<Record<string, ChatMessageKind>> = {
  message: "message",
  chatevent: "systemEvent",
  systemeventmessage: "systemEvent",
  typing: "typing",
};

/** System events come as `unknownFutureValue` unless the subscription asked for unknown values. */
function kindOf(source: JsonObject): ChatMessageKind {
  if (objectOf(source.eventDetail) !== undefined) return "systemEvent";
  const type = textOf(source.messageType)?.toLowerCase();
  return type === undefined ? "message" : (kinds[type] ?? "unknown");
}

/** Message ids are the time of sending in milliseconds. */
function timeOfId(messageId: string): number {
  if (/^\d{13}$/.test(messageId)) return Number(messageId);
  throw new ChatMessageError("missing-time", "A message from Microsoft Graph does not say when it was sent.");
}

function bodyOf(body: JsonObject): ChatMessage["body"] {
  const format = textOf(body.contentType)?.toLowerCase() === "html" ? "html" : "text";
  return { format, content: textOf(body.content) ?? "" };
}

function mentionOf(json: unknown, chatId: string): Mention[] {
  const mention = objectOf(json);
  const id = mention?.id;
  if (mention === undefined || (typeof id !== "number" && typeof id !== "string")) return [];
  const target = targetOf(objectOf(mention.mentioned) ?? {}, chatId);
  return [{ id: String(id), text: textOf(mention.mentionText), target }];
}

function targetOf(mentioned: JsonObject, chatId: string): Mention["target"] {
  const userId = textOf(objectOf(mentioned.user)?.id);
  if (userId !== undefined) return { kind: "user", teamsUserId: userId.toLowerCase() };
  const conversation = objectOf(mentioned.conversation);
  if (conversation !== undefined) return { kind: conversation.id === chatId ? "everyone" : "channel" };
  if (objectOf(mentioned.tag) !== undefined) return { kind: "tag" };
  return { kind: objectOf(mentioned.application) === undefined ? "unknown" : "application" };
}

/** `dlpAction` is a comma list of flags; `blockAccessExternal` hides a message from people of other tenants only. */
function isBlocked(violation: JsonObject | undefined): boolean {
  const actions =
    textOf(violation?.dlpAction)
      ?.toLowerCase()
      .split(/[\s,]+/) ?? [];
  return actions.includes("blockaccess");
}
