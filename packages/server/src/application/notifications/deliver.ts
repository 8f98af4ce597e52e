import {
  type BotPosts,
  type Clock,
  type DeliveryKey,
  type DeliveryLog,
  type DeliveryRecord,
  type DeliveryTimes,
  MattermostError,
  type NewBotPost,
  TemporaryFailure,
} from "../ports.ts";

export interface DeliverParts {
  readonly posts: BotPosts;
  readonly log: Pick<DeliveryLog, "intend" | "setUnderWay" | "finish">;
  readonly clock: Clock;
}

export type Delivered = { readonly kind: "delivered"; readonly postId: string; readonly isRepeated: boolean };

/**
 * How long another node's CreatePost may still succeed after the node has disappeared: the call takes milliseconds, and
 * Mattermost's own database timeout of 30 s is far beyond what it waits in practice.
 */
export const settleMs = 10_000;
/** Clocks of Mattermost's nodes, which stamp posts, and ours may differ by this much. */
const clockSkewMs = 60_000;

/**
 * Creates the post of one message for one person exactly once. The intent is recorded before the post is created and the
 * post carries a key; when an earlier attempt may have created it, the key is looked for first. Throws
 * {@link TemporaryFailure} while another attempt may still be under way, and what {@link BotPosts} throws.
 */
export async function deliver(
  parts: DeliverParts,
  key: DeliveryKey,
  post: Omit<NewBotPost, "key">,
  times: () => DeliveryTimes,
): Promise<Delivered> {
  const channelId = await parts.posts.directChannel(key.userId);
  const intent = await parts.log.intend(key, channelId, times());
  if (intent !== "first") {
    const earlier = await resume(parts, key, intent, times);
    if (earlier !== undefined) return earlier;
  }
  return create(parts, key, channelId, { ...post, key: postKey(key) }, times);
}

/** Chat and message ids name a message, within its chat only (facts, section 5); the channel belongs to one person. */
export function postKey(key: DeliveryKey): string {
  return `${key.chatId}/${key.messageId}`;
}

async function resume(
  parts: DeliverParts,
  key: DeliveryKey,
  intent: DeliveryRecord,
  times: () => DeliveryTimes,
): Promise<Delivered | undefined> {
  if (intent.outcome.kind === "delivered") return { ...intent.outcome, isRepeated: true };
  if (intent.outcome.kind === "posting") {
    const found = await find(parts, key, intent);
    if (found !== undefined) return finish(parts, key, found.postId, times);
    const settledAtMs = (intent.intendedAtMs ?? 0) + settleMs;
    if (parts.clock.now() < settledAtMs) {
      throw new TemporaryFailure("An earlier attempt to post may still be under way.", {
        retryAtMs: settledAtMs,
      });
    }
  }
  await parts.log.setUnderWay(key, true);
  return undefined;
}

async function create(
  parts: DeliverParts,
  key: DeliveryKey,
  channelId: string,
  post: NewBotPost,
  times: () => DeliveryTimes,
): Promise<Delivered> {
  try {
    const { postId } = await parts.posts.create(channelId, post);
    return await finish(parts, key, postId, times);
  } catch (error) {
    // The call has ended, so whether it left a post behind can be looked up at once next time. One that was never answered
    // may still create its post.
    if (error instanceof MattermostError && error.code !== "unanswered")
      await parts.log.setUnderWay(key, false);
    throw error;
  }
}

async function finish(
  parts: DeliverParts,
  key: DeliveryKey,
  postId: string,
  times: () => DeliveryTimes,
): Promise<Delivered> {
  await parts.log.finish(key, { kind: "delivered", postId }, { ...times(), endedAtMs: parts.clock.now() });
  return { kind: "delivered", postId, isRepeated: false };
}

async function find(
  parts: DeliverParts,
  key: DeliveryKey,
  intent: DeliveryRecord,
): Promise<{ readonly postId: string } | undefined> {
  const channelId = intent.channelId ?? (await parts.posts.directChannel(key.userId));
  return parts.posts.findByKey(channelId, postKey(key), intent.times.receivedAtMs - clockSkewMs);
}
