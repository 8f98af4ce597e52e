import type { Chat } from "../../domain/chat.ts";
import type { Connection } from "../../domain/connection.ts";
import type { ReaderPreferences } from "../../domain/reader-preferences.ts";
import type { DeliveryKey, DeliveryTimes } from "../deliveries/delivery-log.ts";
import { refusedReply, threadRoot } from "./chat-thread.ts";
import { type Delivered, deliver, type Join, type NotToBePosted, type Outdated, postKey } from "./deliver.ts";
import { joinBurst } from "./join-burst.ts";
import type { EntryParts, MessageInHand } from "./message-in-hand.ts";
import { type PostPart, writeParts } from "./post-parts.ts";

/** What was found out on the way to deciding that a message is delivered. */
export interface Decided {
  readonly key: DeliveryKey;
  readonly chat: Chat | undefined;
  /** Within the administrator's limits. */
  readonly preferences: ReaderPreferences;
  readonly because: string;
  readonly times: () => DeliveryTimes;
}

/** Brings a message to its reader as they want it: alone or with others, flat or in a thread. Throws what {@link deliver} throws. */
export async function postMessage<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
  reader: Connection,
  { key, chat, preferences, because, times }: Decided,
): Promise<Delivered | NotToBePosted | Outdated> {
  const { rules, posts, clock, heldPosts, deliveries: log } = parts;
  const { message, facts, work } = hand;
  const wasHeld = work.heldAtMs !== undefined;
  const { show: shown } = preferences;
  const rootId =
    preferences.threads === "chats"
      ? await threadRoot(parts, key, () => rules.renderThread(message, reader, chat, { shown }))
      : undefined;
  const post = { ...rules.render(message, reader, chat, { shown }), rootId };
  const standsAlone = post.priority !== undefined;
  const part = (text: string) => ({ ...partOf(parts, hand, { key, text, shown }), standsAlone });
  const heldBefore = wasHeld ? heldPosts.of(work.lane) : undefined;
  const join: Join = async (channelId) => {
    const newest =
      heldBefore === undefined
        ? await posts.newestUnseen(channelId, reader.userId)
        : await posts.unseen(heldBefore, channelId, reader.userId);
    return joinBurst(parts, newest, { ...facts, wasHeld, post }, () =>
      part(rules.render(message, reader, chat, { isContinuation: true, shown }).message),
    );
  };
  const { props } = writeParts([part(post.message)]);
  const { changedAtMs } = facts;
  const state = { post: { ...post, props: { ...post.props, ...props } }, changedAtMs, because };
  const joinIfWanted = preferences.together === "on" || heldBefore !== undefined ? join : undefined;
  try {
    const delivered = await deliver({ posts, log, clock }, key, state, times, joinIfWanted);
    if (wasHeld && delivered.kind === "delivered") heldPosts.note(work.lane, delivered.postId);
    return delivered;
  } catch (error) {
    throw await refusedReply(parts, rootId, error);
  }
}

function partOf<Message>(
  { rules }: EntryParts<Message>,
  { message, facts: { sentAtMs, changedAtMs, isWithdrawn } }: MessageInHand<Message>,
  { key, text, shown }: Pick<PostPart, "text" | "shown"> & { readonly key: DeliveryKey },
): Omit<PostPart, "standsAlone"> {
  const fingerprint = rules.fingerprint(message, shown);
  const author = shown === "notice" ? null : rules.author(message);
  const known = { sentAtMs, changedAtMs, isWithdrawn, fingerprint, author };
  return { key: postKey(key), text, shown, copied: [], ...known };
}
