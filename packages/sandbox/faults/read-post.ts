import type { Found } from "./verdict.ts";

/** The prop in which the plugin keeps which messages a post shows. */
const partsProp = "msteams_notifications_parts";

/** A post as events and the store have it. */
export interface SeenPost {
  readonly message: string;
  readonly createAt: number;
  readonly props: Readonly<Record<string, unknown>>;
}

/** The messages that a post shows to its reader: below each header, what it says. */
export function messagesIn(post: SeenPost, reader: string): Found[] {
  const parts = post.props[partsProp];
  if (!Array.isArray(parts)) return [];
  let start = 0;
  return parts.map(({ key, length }: { readonly key: string; readonly length: number }) => {
    const cut = key.lastIndexOf("/");
    const shown = post.message.slice(start, start + length);
    start += length + "\n\n".length;
    const text = shown.split("\n").slice(2).join("\n");
    return {
      reader,
      chatId: key.slice(0, cut),
      messageId: key.slice(cut + 1),
      createAt: post.createAt,
      text,
    };
  });
}
