import type { Chat } from "./chat.ts";
import { shownName } from "./rendering/sender-name.ts";

/** Three names tell a chat without a name from others; more would make a list. */
const namesShown = 3;

/**
 * What tells a chat from others, plain text that was cleaned and is foreign all the same: its topic, or who else is in it.
 * Undefined where neither is known.
 */
export function chatTitle(chat: Pick<Chat, "topic" | "members">, readerId: string): string | undefined {
  const topic = shownName(chat.topic);
  if (topic !== "") return topic;
  const others = chat.members.filter(({ teamsUserId }) => teamsUserId !== readerId.toLowerCase());
  const names = others.map(({ displayName }) => shownName(displayName)).filter((name) => name !== "");
  const shown = names.slice(0, namesShown);
  const left = others.length - shown.length;
  if (shown.length === 0) return undefined;
  const more = left === 0 ? [] : [left === 1 ? "1 other" : `${left} others`];
  const all = [...shown, ...more];
  return all.length === 1 ? all[0] : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
