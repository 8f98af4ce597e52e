import { maxPostRunes, runes } from "../../domain/rendering/fit-length.ts";
import type { NewBotPost, StandingPost } from "../mattermost/bot-posts.ts";
import { joinablePostMs } from "./deliver.ts";
import type { PostPart } from "./post-parts.ts";

/** Who writes one thought in several messages needs some seconds for each; after a longer pause it is another thought. */
export const pauseMs = 10_000;

/**
 * No burst is longer than this from its first message to its last: the next message has a post, and with it a sound, of
 * its own. Nobody who heard one and looks a little later has missed more than half a minute's words.
 */
export const burstMs = 30_000;

/** Half of what a post holds, so that messages can grow when they are edited. */
export const joinedRunes = Math.floor(maxPostRunes / 2);

/** More would be hard to read, and hides how much was written. */
export const mostParts = 10;

/** Header and link to the rest of a message, of which nothing else has room. */
const leastRunes = 400;

/** A message that may join others. */
export interface Joining {
  readonly chatId: string;
  readonly sentAtMs: number;
  /** It comes with what was held like it, whenever each was sent. */
  readonly wasHeld?: boolean;
  readonly post: Pick<NewBotPost, "priority" | "rootId">;
}

/**
 * Whether a message may stand below the messages of the newest unseen post: same chat, same thread, within seconds. A
 * message with a priority stands alone, above others and below them, so that the priority is seen to be its own.
 */
export function mayJoin(
  newest: Pick<StandingPost, "createdAtMs" | "rootId">,
  shown: readonly PostPart[],
  { chatId, sentAtMs, wasHeld, post }: Joining,
  nowMs: number,
): boolean {
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined || shown.length >= mostParts) return false;
  return (
    post.priority === undefined &&
    !last.standsAlone &&
    post.rootId === newest.rootId &&
    isOfChat(last, chatId) &&
    isWithin(sentAtMs - last.sentAtMs, wasHeld === true ? Number.POSITIVE_INFINITY : pauseMs) &&
    isWithin(sentAtMs - first.sentAtMs, wasHeld === true ? Number.POSITIVE_INFINITY : burstMs) &&
    // Long after the sound of its post a message would come unheard. Clocks that differ by more keep messages apart.
    Math.abs(nowMs - newest.createdAtMs) < joinablePostMs
  );
}

/** The room of one message of a post when it changes: all that the others, and their least, do not need. */
export function roomFor(part: PostPart, shown: readonly PostPart[]): number | undefined {
  const others = shown.filter((each) => each !== part);
  if (others.length === 0) return undefined;
  return maxPostRunes - others.reduce((sum, { text }) => sum + runes(text) + leastRunes, 0);
}

function isWithin(ms: number, limitMs: number): boolean {
  // What was sent earlier, and comes later, does not stand below.
  return ms >= 0 && ms <= limitMs;
}

/** Keys are made of chat and message; ids of messages hold no slash. */
function isOfChat({ key }: PostPart, chatId: string): boolean {
  return key.slice(0, key.lastIndexOf("/")) === chatId;
}
