import { isOver, type Mute } from "../../domain/mute.ts";
import { type Here, parseUntil } from "../../domain/until.ts";
import type { ChatPorts } from "./chat-ports.ts";
import { findChat } from "./find-chat.ts";
import { type Chats, type ListedChat, listChats } from "./list-chats.ts";

/** Which chat somebody means. */
export type ChatReference =
  | { readonly kind: "id"; readonly chatId: string }
  /** That of a post of the bot, or of the root of a thread. */
  | { readonly kind: "post"; readonly postId: string }
  | { readonly kind: "typed"; readonly name: string };

export interface MuteRequest {
  readonly chat: ChatReference;
  /** As it was typed; absent until they unmute it. */
  readonly until?: string | undefined;
  /** Whether a mute that is in force ends when it does already, whatever {@link until} says. */
  readonly keepsEnd?: boolean;
  /** Whether what mentions them by name arrives all the same. */
  readonly mentions: boolean;
}

/** Nothing was changed, because of what was asked for. */
export type NotDone =
  | { readonly kind: "not-connected" }
  | { readonly kind: "no-chat"; readonly chats: readonly ListedChat[]; readonly here: Here }
  | { readonly kind: "unknown-chat"; readonly typed: string; readonly chats: readonly ListedChat[] }
  | { readonly kind: "several"; readonly typed: string; readonly chats: readonly ListedChat[] }
  | { readonly kind: "not-a-time" | "past"; readonly typed: string }
  | { readonly kind: "too-many" };

export type Muted = NotDone | { readonly kind: "muted"; readonly chat: ListedChat; readonly here: Here };

export type Unmuted =
  | NotDone
  | { readonly kind: "unmuted"; readonly chat: ListedChat }
  | { readonly kind: "was-not-muted"; readonly chat: ListedChat };

/** All are read with every message. Who has more wants to choose by kinds of chats. */
export const mostMutes = 100;

/** A message that comes late is decided by the mutes of its time, and none comes later than this. */
const keptMs = 2 * 24 * 60 * 60_000;

export async function muteChat(ports: ChatPorts, userId: string, request: MuteRequest): Promise<Muted> {
  const meant = await meantChat(ports, userId, request.chat);
  if (meant.kind !== "one") return meant;
  const { chat, mutes, here } = meant;
  const until = parseUntil(request.until ?? "always", here);
  if (until.kind === "not-a-time" || until.kind === "past")
    return { kind: until.kind, typed: request.until ?? "" };
  const over = mutes.filter((mute) => isOver(mute, here.nowMs - keptMs));
  if (mutes.length - over.length >= mostMutes && chat.mute === undefined) return { kind: "too-many" };
  const said = until.kind === "at" ? until.atMs : undefined;
  const untilMs = request.keepsEnd === true && chat.mute !== undefined ? chat.mute.untilMs : said;
  const mute: Mute = { chatId: chat.chatId, untilMs, mentions: request.mentions };
  await ports.preferences.mute(userId, mute);
  await ports.preferences.unmute(
    userId,
    over.map(({ chatId }) => chatId).filter((chatId) => chatId !== mute.chatId),
  );
  await ports.events.connectionChanged(userId);
  return { kind: "muted", chat: { ...chat, mute }, here };
}

export async function unmuteChat(
  ports: ChatPorts,
  userId: string,
  reference: ChatReference,
): Promise<Unmuted> {
  const meant = await meantChat(ports, userId, reference);
  if (meant.kind !== "one") return meant;
  const { chat } = meant;
  if (chat.mute === undefined) return { kind: "was-not-muted", chat };
  await ports.preferences.unmute(userId, [chat.chatId]);
  // Mattermost tells of saved preferences, and not of those that are gone (facts, section 5).
  await ports.events.connectionChanged(userId);
  return { kind: "unmuted", chat: { ...chat, mute: undefined } };
}

export type OneChat = NotDone | ({ readonly kind: "one"; readonly chat: ListedChat } & Chats);

/** The chat that somebody means, among those of theirs. */
export async function meantChat(
  ports: ChatPorts,
  userId: string,
  reference: ChatReference,
): Promise<OneChat> {
  const chatId = await idOf(ports, userId, reference);
  const listed = await listChats(ports, userId, chatId === undefined ? [] : [chatId]);
  if (listed === undefined) return { kind: "not-connected" };
  const { chats, here } = listed;
  if (reference.kind !== "typed") {
    const chat = chats.find((each) => each.chatId === chatId);
    return chat === undefined ? { kind: "no-chat", chats, here } : { kind: "one", chat, ...listed };
  }
  const typed = reference.name;
  const found = findChat(chats, typed);
  if (found.kind === "one") return { ...found, ...listed };
  if (found.kind === "several") return { kind: "several", typed, chats: found.chats };
  return typed === "" ? { kind: "no-chat", chats, here } : { kind: "unknown-chat", typed, chats };
}

async function idOf(
  { posts }: ChatPorts,
  userId: string,
  reference: ChatReference,
): Promise<string | undefined> {
  switch (reference.kind) {
    case "id":
      return reference.chatId;
    case "post":
      return (await messageOfPost(posts, userId, reference.postId))?.chatId;
    case "typed":
      return undefined;
  }
}

/** Which message, or which chat's thread, a post of the bot to that person stands for. */
export async function messageOfPost(
  posts: ChatPorts["posts"],
  userId: string,
  postId: string,
): Promise<{ readonly chatId: string; readonly messageId: string } | undefined> {
  const key = await posts.keyOf(postId, await posts.directChannel(userId));
  // As postKey makes it; ids of messages hold no slash, and what else the bot writes has keys without any.
  const end = key?.lastIndexOf("/") ?? -1;
  return key === undefined || end < 0
    ? undefined
    : { chatId: key.slice(0, end), messageId: key.slice(end + 1) };
}
