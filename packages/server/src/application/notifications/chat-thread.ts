import type { Clock } from "../clock.ts";
import type { DeliveryRecord } from "../deliveries/delivery-log.ts";
import type { BotPosts } from "../mattermost/bot-posts.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { TemporaryFailure } from "../work-failure.ts";
import { type DeliverParts, deliver } from "./deliver.ts";
import type { ChatThread, ChatThreads, ThreadKey } from "./thread-ports.ts";

export interface ThreadParts {
  readonly posts: BotPosts;
  readonly threads: ChatThreads;
  readonly clock: Clock;
}

/**
 * The root post of a chat's thread for one reader; made when there is none, or none any more, as exactly once as a
 * message's own post. Throws what {@link deliver} throws.
 */
export async function threadRoot(parts: ThreadParts, key: ThreadKey, render: () => string): Promise<string> {
  const { posts, threads, clock } = parts;
  const known = await threads.find(key);
  if (known?.rootPostId !== undefined) {
    if (await posts.exists(known.rootPostId)) return known.rootPostId;
    await threads.renew(key, known.rootPostId);
    return threadRoot(parts, key, render);
  }
  // A root that follows another is another post: Mattermost must not take it for a repetition of the first.
  const messageId = `thread-${known?.generation ?? 1}`;
  const nowMs = clock.now();
  const times = () => ({ sentAtMs: nowMs, receivedAtMs: nowMs });
  const log = intentsOf(threads, key);
  const root = { post: { message: render() }, changedAtMs: nowMs };
  const delivered = await deliver({ posts, log, clock }, { ...key, messageId }, root, times);
  if (delivered.kind !== "delivered") throw new TypeError("A thread's root post has no other state.");
  return delivered.postId;
}

/** Mattermost refuses a reply whose root was deleted since it was looked at; the next attempt makes another root. */
export async function refusedReply(
  { posts, clock }: ThreadParts,
  rootId: string | undefined,
  error: unknown,
): Promise<unknown> {
  if (rootId === undefined || !(error instanceof MattermostError) || error.code !== "rejected") return error;
  if (await posts.exists(rootId)) return error;
  return new TemporaryFailure("A thread's root post was deleted while a reply to it was posted.", {
    retryAtMs: clock.now(),
    cause: error,
  });
}

/** A thread's record in the words of a delivery's. */
function intentsOf(threads: ChatThreads, key: ThreadKey): DeliverParts["log"] {
  return {
    async intend(deliveryKey, channelId) {
      const known = await threads.intend(key, channelId);
      return known === "first" ? "first" : { ...deliveryKey, ...recordOf(known) };
    },
    setUnderWay: () => threads.setUnderWay(key, true),
    setEnded: () => threads.setUnderWay(key, false),
    async finish(_key, outcome) {
      if (outcome.kind === "delivered") await threads.finish(key, outcome.postId);
    },
  };
}

function recordOf(
  thread: ChatThread,
): Pick<DeliveryRecord, "outcome" | "channelId" | "intendedAtMs" | "changedAtMs" | "times"> {
  const { rootPostId, channelId, intendedAtMs, createdAtMs } = thread;
  return {
    outcome: rootPostId === undefined ? { kind: "posting" } : { kind: "delivered", postId: rootPostId },
    channelId,
    intendedAtMs,
    changedAtMs: undefined,
    times: { sentAtMs: createdAtMs, receivedAtMs: createdAtMs },
  };
}
