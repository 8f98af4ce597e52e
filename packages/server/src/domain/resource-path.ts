/** Names one message: message ids are unique within their chat only (facts, section 5). */
export interface ChatMessageIds {
  readonly chatId: string;
  readonly messageId: string;
}

/** One segment: `name('id')` with doubled quotes inside, as OData writes it, or `name/id`. */
const id = String.raw`(?:\('((?:[^']|'')+)'\)|/([^/?]+))`;
const chatMessage = new RegExp(String.raw`(?:^|/)chats${id}/messages${id}(?:\?.*)?$`, "i");

/**
 * The ids in a notification's `resource` or `@odata.id`: `chats('…')/messages('…')`, `chats/…/messages/…` or a mix, with
 * or without a leading slash, a user in front, or a whole address; case of names does not matter. Anything else, such as
 * a message of a channel, is undefined (facts, section 4).
 */
export function chatMessageIdsOf(resource: string): ChatMessageIds | undefined {
  const found = chatMessage.exec(resource.trim());
  if (found === null) return undefined;
  const chatId = idOf(found[1], found[2]);
  const messageId = idOf(found[3], found[4]);
  return chatId === undefined || messageId === undefined ? undefined : { chatId, messageId };
}

function idOf(quoted: string | undefined, segment: string | undefined): string | undefined {
  const text = quoted === undefined ? segment : quoted.replaceAll("''", "'");
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
