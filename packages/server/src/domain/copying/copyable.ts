import type { Attachment } from "../attachment.ts";
import type { ChatMessage } from "../chat-message.ts";
import { imagesIn } from "../rendering/html/images-in.ts";
import { webAddress } from "../rendering/text/address.ts";
import { hostedContentIdOf } from "./hosted-content.ts";

/** Something in a message that can become a file in Mattermost. `key` tells it from the others of the same message. */
export type Copyable =
  /** Kept by Teams with the message: whoever is in the chat may see it. */
  | {
      readonly kind: "picture";
      readonly key: string;
      readonly contentId: string;
      /** What its sender says is on it. */
      readonly description: string | undefined;
    }
  /** In SharePoint or OneDrive, which decides who may read it. */
  | { readonly kind: "file"; readonly key: string; readonly url: string; readonly name: string };

/**
 * What a message brings besides its text, each once, in its order: pictures of the body, then files. Images elsewhere on
 * the web are not among them; nothing is ever fetched from an address that the sender chose.
 */
export function copyablesOf(message: ChatMessage): readonly Copyable[] {
  const found = new Map<string, Copyable>();
  const add = (copyable: Copyable) => {
    if (!found.has(copyable.key)) found.set(copyable.key, copyable);
  };
  for (const { url, description } of bodyImages(message)) {
    const picture = pictureAt(url, message, description);
    if (picture !== undefined) add(picture);
  }
  for (const attachment of message.attachments) {
    const copyable = copyableOf(attachment, message);
    if (copyable !== undefined) add(copyable);
  }
  return [...found.values()];
}

/** What an attachment of the message itself can become; undefined when it can be no file. */
export function copyableOf(attachment: Attachment, message: ChatMessage): Copyable | undefined {
  if (attachment.kind !== "image" && attachment.kind !== "file") return undefined;
  const { kind, url, name } = attachment;
  if (url === undefined) return undefined;
  if (kind === "image") return pictureAt(url, message, name);
  // Graph knows files by the address as it stands; what is no web address is nobody's file.
  if (webAddress(url) === undefined) return undefined;
  return { kind: "file", key: `file:${url}`, url, name: name ?? lastSegment(url) };
}

/** The addresses in the body at which pictures with these keys stand. */
export function addressesOf(keys: ReadonlySet<string>, message: ChatMessage): ReadonlySet<string> {
  if (keys.size === 0) return new Set();
  const urls = bodyImages(message).map(({ url }) => url);
  return new Set(urls.filter((url) => keys.has(pictureAt(url, message)?.key ?? "")));
}

function bodyImages({ body }: ChatMessage) {
  return body.format === "html" ? imagesIn(body.content) : [];
}

function pictureAt(url: string, { chatId, id }: ChatMessage, description?: string): Copyable | undefined {
  const contentId = hostedContentIdOf(url, { chatId, messageId: id });
  return contentId === undefined
    ? undefined
    : { kind: "picture", key: `picture:${contentId}`, contentId, description };
}

function lastSegment(url: string): string {
  const [segment = ""] = new URL(url).pathname.split("/").slice(-1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
