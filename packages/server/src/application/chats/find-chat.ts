import type { ListedChat } from "./list-chats.ts";

export type Found =
  | { readonly kind: "one"; readonly chat: ListedChat }
  | { readonly kind: "several"; readonly chats: readonly ListedChat[] }
  | { readonly kind: "none" };

/** The chat that somebody typed: its whole label, the sign in it, or the beginning of one label alone; in any case. */
export function findChat(chats: readonly ListedChat[], typed: string): Found {
  const wanted = plain(typed);
  if (wanted === "") return { kind: "none" };
  const whole = chats.filter(({ label }) => plain(label) === wanted || plain(label).endsWith(` ${wanted}`));
  const exact = whole.filter(({ label }) => plain(label) === wanted || wanted.startsWith("#"));
  if (exact.length > 0) return found(exact);
  return found(chats.filter(({ label }) => plain(label).startsWith(wanted)));
}

function found(chats: readonly ListedChat[]): Found {
  const [chat, ...more] = chats;
  if (chat === undefined) return { kind: "none" };
  return more.length === 0 ? { kind: "one", chat } : { kind: "several", chats };
}

/** Invisible marks are in names, and not on keyboards. */
function plain(text: string): string {
  return text
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
