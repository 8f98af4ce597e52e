import { embeddedJsonOf } from "./embedded-json.ts";
import { objectOf, textOf } from "./graph-json.ts";
import { parseSender, type Sender } from "./sender.ts";

interface Named {
  /** What an `<attachment id>` element in the body refers to. */
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** What hangs on a message (facts, section 5). Kinds of later date stay `unknown` with their type. */
export type Attachment =
  /** In SharePoint or OneDrive. */
  | (Named & { readonly kind: "file"; readonly url: string | undefined })
  | (Named & { readonly kind: "image"; readonly url: string | undefined })
  /** The message this one answers; Teams sends a preview of it, not its whole text. */
  | (Named & {
      readonly kind: "quoted-message";
      readonly messageId: string | undefined;
      readonly preview: string;
      readonly sender: Sender;
    })
  /** The original of a forwarded message; the body holds only what the forwarder added. */
  | (Named & { readonly kind: "forwarded-message"; readonly html: string; readonly sender: Sender })
  | (Named & { readonly kind: "meeting" | "tab"; readonly url: string | undefined })
  | (Named & {
      readonly kind: "code-snippet";
      readonly language: string | undefined;
      readonly url: string | undefined;
    })
  /** `card` is the last part of the content type, such as `adaptive`; `content` its parsed JSON. */
  | (Named & { readonly kind: "card"; readonly card: string; readonly content: unknown })
  | (Named & { readonly kind: "unknown"; readonly contentType: string; readonly url: string | undefined });

const cardType = /^application\/vnd\.microsoft\.(?:teams\.)?card\.([\w.]+)$/;

/** Reads one entry of `attachments`; undefined when it is not even an object. Never throws. */
export function parseAttachment(json: unknown): Attachment | undefined {
  const source = objectOf(json);
  if (source === undefined) return undefined;
  const named = { id: textOf(source.id), name: textOf(source.name) };
  const url = textOf(source.contentUrl);
  const contentType = textOf(source.contentType) ?? "";
  const type = contentType.toLowerCase();
  const content = embeddedJsonOf(source.content);
  switch (type) {
    case "reference":
      return { ...named, kind: "file", url };
    case "messagereference":
      return quoted(named, objectOf(content) ?? {});
    case "forwardedmessagereference":
      return forwarded(named, objectOf(content) ?? {});
    case "meetingreference":
      return { ...named, kind: "meeting", url };
    case "tabreference":
      return { ...named, kind: "tab", url };
    case "application/vnd.microsoft.card.codesnippet":
      return snippet(named, objectOf(content) ?? {});
    // The banner of an announcement; Graph's own example of one has no "card" in its type.
    case "application/vnd.microsoft.teams.messaging-announcementbanner":
      return { ...named, kind: "card", card: "announcement", content };
  }
  if (type.startsWith("image/")) return { ...named, kind: "image", url };
  const card = cardType.exec(type)?.[1];
  return card === undefined
    ? { ...named, kind: "unknown", contentType, url }
    : { ...named, kind: "card", card, content };
}

type Content = Readonly<Record<string, unknown>>;

function quoted(named: Named, content: Content): Attachment {
  return {
    ...named,
    kind: "quoted-message",
    messageId: textOf(content.messageId),
    preview: textOf(content.messagePreview) ?? "",
    sender: parseSender(content.messageSender),
  };
}

function forwarded(named: Named, content: Content): Attachment {
  return {
    ...named,
    kind: "forwarded-message",
    html: textOf(content.originalMessageContent) ?? "",
    sender: parseSender(content.originalMessageSender),
  };
}

function snippet(named: Named, content: Content): Attachment {
  const language = textOf(content.language);
  return { ...named, kind: "code-snippet", language, url: textOf(content.codeSnippetUrl) };
}
