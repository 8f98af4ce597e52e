export type ChatKind = "oneOnOne" | "group" | "meeting" | "unknown";

export interface ChatMember {
  /** Entra object id; absent for people Entra does not know, such as callers by telephone. */
  readonly teamsUserId: string | undefined;
  readonly displayName: string | undefined;
}

/** A Teams chat as Graph describes it. */
export interface Chat {
  readonly id: string;
  readonly kind: ChatKind;
  readonly topic: string | undefined;
  readonly members: readonly ChatMember[];
}

const oneOnOneId = /^19:([0-9a-f-]{36})_([0-9a-f-]{36})@unq\.gbl\.spaces$/i;

/** What the chat's id alone tells (microsoft-graph facts, section 5). */
export function chatKindOfId(chatId: string): ChatKind {
  if (oneOnOneId.test(chatId)) return "oneOnOne";
  if (/^19:meeting_/i.test(chatId)) return "meeting";
  return /^19:[^@]+@thread\.(v2|skype|tacv2)$/i.test(chatId) ? "group" : "unknown";
}

/** Both people of a one-on-one chat, whose id names them; undefined for other chats. */
export function oneOnOneMembers(chatId: string): readonly [string, string] | undefined {
  const [, one, other] = oneOnOneId.exec(chatId) ?? [];
  return one === undefined || other === undefined ? undefined : [one.toLowerCase(), other.toLowerCase()];
}

/** A person's notes to themselves. */
export function isSelfChat(chatId: string): boolean {
  if (/^48:notes/i.test(chatId)) return true;
  const members = oneOnOneMembers(chatId);
  return members !== undefined && members[0] === members[1];
}
