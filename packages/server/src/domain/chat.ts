import { listOf, objectOf, textOf } from "./graph-json.ts";

export type ChatKind = "one-on-one" | "group" | "meeting" | "unknown";

export interface ChatMember {
  /** Entra object id, lower case; absent for people outside Entra, such as phone participants. */
  readonly teamsUserId: string | undefined;
  readonly displayName: string | undefined;
  readonly tenantId: string | undefined;
}

/** A Teams chat and who is in it (facts, section 5). */
export interface Chat {
  readonly id: string;
  readonly kind: ChatKind;
  /** The name people gave it; one-on-one chats have none, group chats may have none. */
  readonly topic: string | undefined;
  /** The tenant that hosts the chat. */
  readonly tenantId: string | undefined;
  readonly members: readonly ChatMember[];
}

/** The chat has no id, so nothing can be said about it. */
export class UnreadableChat extends Error {
  override readonly name = "UnreadableChat";
  readonly code = "missing-id";
}

const kinds: Readonly<Record<string, ChatKind>> = {
  oneonone: "one-on-one",
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
    kind: kinds[textOf(chat.chatType)?.toLowerCase() ?? ""] ?? chatKindOf(id),
    topic: textOf(chat.topic)?.trim() || undefined,
    tenantId: textOf(chat.tenantId)?.toLowerCase(),
    members: listOf(chat.members).flatMap((member) => memberOf(objectOf(member))),
  };
}

function memberOf(member: Readonly<Record<string, unknown>> | undefined): ChatMember[] {
  if (member === undefined) return [];
  return [
    {
      teamsUserId: textOf(member.userId)?.toLowerCase(),
      displayName: textOf(member.displayName),
      tenantId: textOf(member.tenantId)?.toLowerCase(),
    },
  ];
}

const guid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const oneOnOneId = new RegExp(`^19:(${guid})_(${guid})@unq\\.gbl\\.spaces$`, "i");

/** What an id alone tells of its chat. */
export function chatKindOf(chatId: string): ChatKind {
  if (/@unq\.gbl\.spaces$/i.test(chatId)) return "one-on-one";
  if (/^19:meeting_/i.test(chatId)) return "meeting";
  return /^19:.+@thread\./i.test(chatId) ? "group" : "unknown";
}

/** Both people of a one-on-one chat, whose id holds theirs; undefined for any other chat and for chats with bots. */
export function oneOnOneUserIds(chatId: string): readonly [string, string] | undefined {
  const found = oneOnOneId.exec(chatId);
  const [, one, other] = found ?? [];
  return one === undefined || other === undefined ? undefined : [one.toLowerCase(), other.toLowerCase()];
}

/** A person's chat with themselves, their notes. */
export function isSelfChat(chatId: string): boolean {
  if (/^48:notes$/i.test(chatId)) return true;
  const people = oneOnOneUserIds(chatId);
  return people !== undefined && people[0] === people[1];
}

/**
 * Who should learn of a message: everybody in the chat but its sender, ids in lower case. Undefined when the chat's id
 * does not tell and `chat` was not given, so that the roster has to be asked for.
 */
export function recipientIds(
  message: { readonly chatId: string; readonly senderId: string | undefined },
  chat?: Pick<Chat, "members">,
): readonly string[] | undefined {
  const everybody = chat?.members.map(({ teamsUserId }) => teamsUserId) ?? oneOnOneUserIds(message.chatId);
  if (everybody === undefined) return undefined;
  const senderId = message.senderId?.toLowerCase();
  const others = everybody.filter((id): id is string => id !== undefined && id !== senderId);
  return [...new Set(others)];
}
