import type { Clock } from "../clock.ts";
import type { DeliveryKey, DeliveryLog, DeliveryRecord, DeliveryTimes } from "../deliveries/delivery-log.ts";
import type { BotPosts, NewBotPost } from "../mattermost/bot-posts.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { TemporaryFailure } from "../work-failure.ts";

/** A post is joined only so long after it was made. */
export const joinablePostMs = 60_000;

export interface DeliverParts {
  readonly posts: BotPosts;
  readonly log: Pick<DeliveryLog, "intend" | "setUnderWay" | "setEnded" | "finish">;
  readonly clock: Clock;
}

export type Delivered = { readonly kind: "delivered"; readonly postId: string; readonly isRepeated: boolean };

/** Nothing was posted: the message was edited or deleted meanwhile, and what stands in Teams now is to be delivered. */
export interface Outdated {
  readonly kind: "outdated";
}

/** Nothing is to be posted: the person is not connected any more, or it was decided before that they are not to be told. */
export interface NotToBePosted {
  readonly kind: "not-to-be-posted";
}

/** Puts the message into a post that is there, whose id it answers; undefined when it needs one of its own. */
export type Join = (channelId: string) => Promise<string | undefined>;

/** What is to be posted, and when the message became that, by Teams' clock. */
export interface MessageState {
  readonly post: Omit<NewBotPost, "key">;
  readonly changedAtMs: number;
  /** Why it is delivered, to be recorded. */
  readonly because?: string;
}

/**
 * How long another node's CreatePost may still succeed after the node has disappeared: the call takes milliseconds, and
 * Mattermost's own database timeout of 30 s is far beyond what it waits in practice.
 */
export const settleMs = 10_000;
/** Clocks of Mattermost's nodes, which stamp posts, and ours may differ by this much. */
const clockSkewMs = 60_000;

/**
 * Creates the post of one message for one person exactly once. The intent is recorded before the post is created and the
 * post carries a key, also where it joins a post that is there; when an earlier attempt may have posted it, the key is
 * looked for first. Throws
 * {@link TemporaryFailure} while another attempt may still be under way, and what {@link BotPosts} throws.
 */
export async function deliver(
  parts: DeliverParts,
  key: DeliveryKey,
  state: MessageState,
  times: () => DeliveryTimes,
  join?: Join,
): Promise<Delivered | Outdated | NotToBePosted> {
  const channelId = await parts.posts.directChannel(key.userId);
  const intent = await parts.log.intend(key, channelId, times());
  if (intent === "departed") return { kind: "not-to-be-posted" };
  if (intent !== "first") {
    if (intent.outcome.kind === "suppressed") return { kind: "not-to-be-posted" };
    if (intent.outcome.kind === "delivered") return { ...intent.outcome, isRepeated: true };
    const earlier = await postedEarlier(parts, key, intent, times);
    if (earlier !== undefined) return earlier;
    if ((intent.changedAtMs ?? 0) > state.changedAtMs) return { kind: "outdated" };
    await parts.log.setUnderWay(key, channelId);
  }
  const attempt = async () => {
    // Only at first: an attempt that was cut off may still join another post, which must not be joined meanwhile. What was
    // held, or changed before it came, is recorded and was never tried.
    const isFirst = intent === "first" || intent.channelId === undefined;
    const joined = isFirst ? await join?.(channelId) : undefined;
    return joined ?? (await parts.posts.create(channelId, { ...state.post, key: postKey(key) })).postId;
  };
  return post(parts, key, attempt, times, state.because);
}

/** Chat and message ids name a message, within its chat only (facts, section 5); the channel belongs to one person. */
export function postKey(key: DeliveryKey): string {
  return `${key.chatId}/${key.messageId}`;
}

/**
 * The post that an attempt left whose end is not known, looked for by its key and recorded; undefined when there is none.
 * To be asked before anything else is decided about such a message: a post that is there is delivered, whatever its
 * reader does by now. Throws {@link TemporaryFailure} while the attempt may still be under way.
 */
export async function postedEarlier(
  parts: DeliverParts,
  key: DeliveryKey,
  record: DeliveryRecord,
  times: () => DeliveryTimes,
): Promise<Delivered | undefined> {
  // Also of one given up: the last of its attempts may have been the one that left a post.
  if (record.channelId === undefined) return undefined;
  const sinceMs = record.times.receivedAtMs - clockSkewMs - joinablePostMs;
  const found = await parts.posts.findByKey(record.channelId, postKey(key), sinceMs);
  if (found !== undefined) return finish(parts, key, found.postId, times);
  const waitMs = (record.intendedAtMs ?? 0) + settleMs - parts.clock.now();
  // Further ahead than any attempt lasts: the clock was set back since.
  if (waitMs > 0 && waitMs <= clockSkewMs) {
    throw new TemporaryFailure("An earlier attempt to post may still be under way.", {
      retryAtMs: parts.clock.now() + waitMs,
    });
  }
  return undefined;
}

async function post(
  parts: DeliverParts,
  key: DeliveryKey,
  attempt: () => Promise<string>,
  times: () => DeliveryTimes,
  because: string | undefined,
): Promise<Delivered> {
  try {
    return await finish(parts, key, await attempt(), times, because);
  } catch (error) {
    // The call has ended, so whether it left a post behind can be looked up at once next time. One that was never answered
    // may still create its post.
    if (error instanceof MattermostError && error.code !== "unanswered") await parts.log.setEnded(key);
    throw error;
  }
}

async function finish(
  parts: DeliverParts,
  key: DeliveryKey,
  postId: string,
  times: () => DeliveryTimes,
  because?: string,
): Promise<Delivered> {
  await parts.log.finish(
    key,
    { kind: "delivered", postId, because },
    { ...times(), endedAtMs: parts.clock.now() },
  );
  return { kind: "delivered", postId, isRepeated: false };
}
