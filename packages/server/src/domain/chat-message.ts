import { z } from "zod";

/** Why bytes from Graph are not a message one can work with. */
export class ChatMessageError extends Error {
  override readonly name = "ChatMessageError";
}

export type Sender =
  | {
      readonly kind: "user";
      /** Entra object id in lower case, or the id of another identity system. */
      readonly id: string;
      readonly displayName: string | undefined;
      /** People outside the tenant are named as such to the reader. */
      readonly from: "tenant" | "federated" | "guest" | "other";
    }
  | { readonly kind: "application"; readonly id: string; readonly displayName: string | undefined }
  /** Deleted messages and system events have none. */
  | { readonly kind: "none" };

export interface Mention {
  /** Matches the `id` of the body's `<at>` elements. */
  readonly id: number;
  readonly text: string;
  readonly target:
    | { readonly kind: "user"; readonly id: string }
    | { readonly kind: "application" | "conversation" | "tag" | "unknown"; readonly id: string | undefined };
}

/** An attachment as Graph names it; `content` is a JSON text whose meaning depends on `contentType`. */
export interface Attachment {
  readonly id: string;
  /** Lower case. */
  readonly contentType: string;
  readonly name: string | undefined;
  readonly contentUrl: string | undefined;
  readonly content: string | undefined;
  readonly thumbnailUrl: string | undefined;
}

/** A Teams chat message, from a rich notification or a GET (microsoft-graph facts, section 5). */
export interface ChatMessage {
  /** Unique within its chat only. */
  readonly id: string;
  readonly chatId: string;
  readonly kind: "message" | "systemEvent" | "unknown";
  /** `@odata.type` of a system event, without namespace: `chatRenamed`, `membersAdded`, … */
  readonly event: string | undefined;
  readonly sender: Sender;
  readonly createdAtMs: number;
  readonly lastModifiedAtMs: number;
  readonly editedAtMs: number | undefined;
  readonly deletedAtMs: number | undefined;
  readonly subject: string | undefined;
  readonly importance: "normal" | "high" | "urgent";
  readonly body: { readonly format: "html" | "text"; readonly content: string };
  readonly mentions: readonly Mention[];
  readonly attachments: readonly Attachment[];
}

const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value === null || value === "" ? undefined : value));
const time = z
  .string()
  .nullish()
  .transform((value) => (value == null || Number.isNaN(Date.parse(value)) ? undefined : Date.parse(value)));
const identity = z.object({ id: optionalText, displayName: optionalText, userIdentityType: optionalText }).nullish();
const identitySet = z.object({ user: identity, application: identity }).nullish();
/** A list whose broken entries are dropped: one strange attachment must not cost the message. */
const lenientList = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((values) =>
      (values ?? []).flatMap((value): z.infer<Entry>[] => {
        const parsed = entry.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );

const mention = z.object({
  id: z.coerce.number(),
  mentionText: optionalText,
  mentioned: z
    .object({ user: identity, application: identity, conversation: identity, tag: identity })
    .nullish()
    .catch(undefined),
});
const attachment = z.object({
  id: z.coerce.string(),
  contentType: optionalText,
  name: optionalText,
  contentUrl: optionalText,
  content: optionalText,
  thumbnailUrl: optionalText,
});
const message = z.object({
  id: z.string().min(1),
  chatId: z.string().min(1),
  messageType: optionalText,
  createdDateTime: time,
  lastModifiedDateTime: time,
  lastEditedDateTime: time,
  deletedDateTime: time,
  from: identitySet.catch(undefined),
  subject: optionalText,
  importance: optionalText,
  body: z.object({ contentType: optionalText, content: optionalText }).nullish(),
  mentions: lenientList(mention),
  attachments: lenientList(attachment),
  eventDetail: z.object({ "@odata.type": optionalText }).nullish().catch(undefined),
});

/** Reads Graph's JSON: nulls, missing parts and unknown names are ordinary. Throws {@link ChatMessageError} otherwise. */
export function parseChatMessage(json: unknown): ChatMessage {
  const parsed = message.safeParse(json);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new ChatMessageError(`This is no chat message: its field "${field}" is missing or has another shape.`);
  }
  const given = parsed.data;
  // Ids are the time of sending; a message without its own time still has one.
  const createdAtMs = given.createdDateTime ?? (Number(given.id) || 0);
  return {
    id: given.id,
    chatId: given.chatId,
    kind: kindOf(given.messageType, given.eventDetail?.["@odata.type"]),
    event: eventName(given.eventDetail?.["@odata.type"]),
    sender: senderOf(given.from),
    createdAtMs,
    lastModifiedAtMs: given.lastModifiedDateTime ?? createdAtMs,
    editedAtMs: given.lastEditedDateTime,
    deletedAtMs: given.deletedDateTime,
    subject: given.subject,
    importance: importanceOf(given.importance),
    body: {
      format: given.body?.contentType?.toLowerCase() === "text" ? "text" : "html",
      content: given.body?.content ?? "",
    },
    mentions: given.mentions.map(mentionOf),
    attachments: given.attachments.map((each) => ({ ...each, contentType: each.contentType?.toLowerCase() ?? "" })),
  };
}

/** System events come as `unknownFutureValue` unless Graph was asked for the newer name; their detail gives them away. */
function kindOf(messageType: string | undefined, eventType: string | undefined): ChatMessage["kind"] {
  switch (messageType?.toLowerCase()) {
    case "message":
    case undefined:
      return eventType === undefined ? "message" : "systemEvent";
    case "systemeventmessage":
    case "chatevent":
      return "systemEvent";
    default:
      return eventType === undefined ? "unknown" : "systemEvent";
  }
}

function eventName(eventType: string | undefined): string | undefined {
  return /\.(\w+?)EventMessageDetail$/i.exec(eventType ?? "")?.[1];
}

const originByIdentityType: Readonly<Record<string, "tenant" | "federated" | "guest">> = {
  aaduser: "tenant",
  onpremiseaaduser: "tenant",
  federateduser: "federated",
  anonymousguest: "guest",
};

function senderOf(from: z.infer<typeof identitySet>): Sender {
  if (from?.user?.id !== undefined) {
    const { id, displayName, userIdentityType } = from.user;
    const origin = userIdentityType === undefined ? "tenant" : originByIdentityType[userIdentityType.toLowerCase()];
    return { kind: "user", id: id.toLowerCase(), displayName, from: origin ?? "other" };
  }
  const application = from?.application;
  if (application == null) return { kind: "none" };
  return { kind: "application", id: application.id ?? "", displayName: application.displayName };
}

function importanceOf(name: string | undefined): ChatMessage["importance"] {
  const lower = name?.toLowerCase();
  return lower === "high" || lower === "urgent" ? lower : "normal";
}

function mentionOf(given: z.infer<typeof mention>): Mention {
  const { mentioned } = given;
  return { id: given.id, text: given.mentionText ?? "", target: targetOf(mentioned) };
}

function targetOf(mentioned: z.infer<typeof mention>["mentioned"]): Mention["target"] {
  if (mentioned?.user?.id !== undefined) return { kind: "user", id: mentioned.user.id.toLowerCase() };
  for (const kind of ["application", "conversation", "tag"] as const) {
    const found = mentioned?.[kind];
    if (found != null) return { kind, id: found.id };
  }
  return { kind: "unknown", id: undefined };
}
