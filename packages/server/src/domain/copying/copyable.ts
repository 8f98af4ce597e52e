import type { ChatMessage } from "../chat-message.ts";
import { imagesIn } from "../rendering/html/images-in.ts";
import { webAddress } from "../rendering/text/address.ts";
import { hostedContentIdOf } from "./hosted-content.ts";

/** Something in a message that can become a file in Mattermost. `key` tells it from the others of the same message. */
export type Copyable =
  /** Kept by Teams with the message: whoever is in the chat may see it. */
  | { readonly kind: "picture"; readonly key: string; readonly contentId: string }
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
  const addPicture = (url: string) => {
    const contentId = hostedContentIdOf(url, { chatId: message.chatId, messageId: message.id });
    if (contentId !== undefined) add({ kind: "picture", key: `picture:${contentId}`, contentId });
  };
  if (message.body.format === "html") for (const url of imagesIn(message.body.content)) addPicture(url);
  for (const attachment of message.attachments) {
    if (attachment.kind === "image" && attachment.url !== undefined) addPicture(attachment.url);
    if (attachment.kind !== "file" || attachment.url === undefined) continue;
    // Graph knows files by the address as it stands; what is no web address is nobody's file.
    if (webAddress(attachment.url) === undefined) continue;
    const { url, name } = attachment;
    add({ kind: "file", key: `file:${url}`, url, name: name ?? lastSegment(url) });
  }
  return [...found.values()];
}

function lastSegment(url: string): string {
  const [segment = ""] = new URL(url).pathname.split("/").slice(-1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
