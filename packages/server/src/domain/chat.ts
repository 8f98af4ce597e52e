import { type JsonObject, listOf, objectOf, textOf } from "./graph-json.ts";

export type ChatKind = "oneOnOne" | "group" | "meeting" | "unknown";

export interface ChatMember {
  /** Entra object id, lower case; absent for people Entra does not know, such as callers by telephone. */
  readonly teamsUserId: string | undefined;
  readonly displayName: string | undefined;
}

/** A Teams chat and who is in it (facts, section 5). */
export interface Chat {
  readonly id: string;
  readonly kind: ChatKind;
  /** The name people gave it; one-on-one chats have none, group chats may have none. */
  readonly topic: string | undefined;
  readonly members: readonly ChatMember[];
}

/** What Graph sent as a chat has no id, so nothing can be said about it. */
export class UnreadableChat extends Error {
  override readonly name = "UnreadableChat";
  readonly code = "missing-id";
}

const kinds: Readonly<Record<string, ChatKind>> = {
  oneonone: "oneOnOne",
  group: "group",
  meeting: "meeting",
};

/**
 * Reads `GET /chats/{id}?$expand=members`. Kinds not known yet are taken from the id. Throws {@link UnreadableChat} when
 * there is no id.
 */
export function parseChat(json: unknown): Chat {
  const chat = objectOf(json);
  const id = textOf(chat?.id);
  if (chat === undefined || id === undefined)
    throw new UnreadableChat("Microsoft Graph sent a chat without an id.");
  return {
    id,
    kind: kinds[textOf(chat.chatType)?.toLowerCase() ?? ""] ?? chatKindOfId(id),
    topic: textOf(chat.topic)?.trim() || undefined,
    members: listOf(chat.members).map((member) => memberOf(objectOf(member) ?? {})),
  };
}

function memberOf(member: JsonObject): ChatMember {
  return { teamsUserId: textOf(member.userId)?.toLowerCase(), displayName: textOf(member.displayName) };
}

const guid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const oneOnOneId = new RegExp(`^19:(${guid})_(${guid})@unq\\.gbl\\.spaces$`, "i");

/** What an id alone tells of its chat. Chats with bots are one-on-one too. */
export function chatKindOfId(chatId: string): ChatKind {
  if (/@unq\.gbl\.spaces$/i.test(chatId)) return "oneOnOne";
  if (/^19:meeting_/i.test(chatId)) return "meeting";
  return /^19:.+@thread\./i.test(chatId) ? "group" : "unknown";
}

/** Both people of a one-on-one chat, whose id holds theirs; undefined for any other chat and for chats with bots. */
export function oneOnOneMembers(chatId: string): readonly [string, string] | undefined {
  const [, one, other] = oneOnOneId.exec(chatId) ?? [];
  return one === undefined || other === undefined ? undefined : [one.toLowerCase(), other.toLowerCase()];
}

/** A person's chat with themselves, their notes. */
export function isSelfChat(chatId: string): boolean {
  if (/^48:notes$/i.test(chatId)) return true;
  const people = oneOnOneMembers(chatId);
  return people !== undefined && people[0] === people[1];
}
