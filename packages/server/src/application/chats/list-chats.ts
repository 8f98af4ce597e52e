import { createHash } from "node:crypto";
import { type ChatKind, chatKindOfId } from "../../domain/chat.ts";
import { chatTitle } from "../../domain/chat-title.ts";
import type { Connection } from "../../domain/connection.ts";
import { isOver, type Mute } from "../../domain/mute.ts";
import { type Here, knownTimeZone } from "../../domain/until.ts";
import type { ChatPorts } from "./chat-ports.ts";

/** As many as a person looks through. */
export const chatsListed = 10;

/** Microsoft answers a request for each name; who mutes more than fit here finds the others by their short signs. */
export const mostNamed = 30;

/** A list that waits longer for names comes without those that are missing: somebody looks at it. */
export const namesWithinMs = 2_000;

/** A chat as its reader can tell it from others. */
export interface ListedChat {
  readonly chatId: string;
  readonly kind: ChatKind;
  /** Unlike all others of the list, foreign text: the chat's title, with a short sign where that is not enough. */
  readonly label: string;
  /** What is in force. */
  readonly mute: Mute | undefined;
}

/** A person's chats, and where and when they look at them. */
export interface Chats {
  readonly connection: Connection;
  readonly chats: readonly ListedChat[];
  readonly mutes: readonly Mute[];
  readonly here: Here;
}

/**
 * The chats that brought a connected person something last, then those they muted besides; undefined when they are not
 * connected. `also` is listed whether it is among them or not.
 */
export async function listChats(
  ports: ChatPorts,
  userId: string,
  also: readonly string[] = [],
): Promise<Chats | undefined> {
  const connection = await ports.connections.byMattermostUser(userId);
  if (connection === undefined) return undefined;
  const nowMs = ports.clock.now();
  const [recent, { mutes }, user] = await Promise.all([
    ports.recent.of(userId, chatsListed),
    ports.preferences.of(userId),
    ports.users.get(userId),
  ]);
  const inForce = mutes.filter((mute) => !isOver(mute, nowMs));
  const ids = [...new Set([...recent, ...also, ...inForce.map(({ chatId }) => chatId)])];
  const titles = await titlesOf(ports, ids, connection);
  const known = ids.map((chatId, index) => ({ chatId, title: titles[index] }));
  const chats = known.map(({ chatId, title }) => ({
    chatId,
    kind: chatKindOfId(chatId),
    label: labelOf(chatId, title, known.filter((other) => sameTitle(other.title, title)).length === 1),
    mute: inForce.find((mute) => mute.chatId === chatId),
  }));
  return { connection, chats, mutes, here: { nowMs, timeZone: knownTimeZone(user?.timeZone) } };
}

/** Asked at Microsoft, as names of chats are kept nowhere; where names of chats are not shown, nobody is asked. */
async function titlesOf(
  { chats, timers, limits }: ChatPorts,
  ids: readonly string[],
  { teamsUserId }: Connection,
): Promise<readonly (string | undefined)[]> {
  if (limits.show === "notice") return ids.map(() => undefined);
  const late = Promise.withResolvers<undefined>();
  using _timer = timers.after(namesWithinMs, () => late.resolve(undefined));
  const title = async (chatId: string) => {
    const chat = await chats.get(chatId).catch(() => undefined);
    // People write what they like into their preferences: nobody learns the name of a chat that they are not in.
    const isMember = chat?.members.some((member) => member.teamsUserId === teamsUserId.toLowerCase());
    return chat !== undefined && isMember === true ? chatTitle(chat, teamsUserId) : undefined;
  };
  const named = ids.slice(0, mostNamed).map((chatId) => Promise.race([title(chatId), late.promise]));
  return await Promise.all(named);
}

function sameTitle(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

const untitled: Readonly<Record<ChatKind, string>> = {
  oneOnOne: "Chat of two",
  group: "Group chat",
  meeting: "Meeting chat",
  unknown: "Chat",
};

function labelOf(chatId: string, title: string | undefined, isUnique: boolean): string {
  if (title !== undefined && isUnique) return title;
  const sign = createHash("sha256").update(chatId).digest("hex").slice(0, 6);
  return `${title ?? untitled[chatKindOfId(chatId)]} #${sign}`;
}
