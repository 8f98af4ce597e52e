import { runes } from "../../domain/rendering/fit-length.ts";
import type { Clock } from "../clock.ts";
import type { BotPosts, StandingPost } from "../mattermost/bot-posts.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { type Joining, joinedRunes, mayJoin } from "./join-decision.ts";
import { type PostPart, readParts, writeParts } from "./post-parts.ts";

export interface JoinParts {
  readonly posts: BotPosts;
  readonly clock: Clock;
}

/**
 * Puts a message below the others of its burst in the post that is given, unseen by its reader; resolves to their post, or to undefined when there is none that it may
 * join. `part` is asked for the message as it stands below others. Nobody else writes into posts of one chat and
 * person at the same time: their work is done one after the other.
 */
export async function joinBurst(
  { posts, clock }: JoinParts,
  newest: StandingPost | undefined,
  joining: Joining,
  part: () => PostPart,
): Promise<string | undefined> {
  const shown = newest && readParts(newest);
  if (newest === undefined || shown === undefined || !mayJoin(newest, shown, joining, clock.now()))
    return undefined;
  const written = writeParts([...shown, part()]);
  if (runes(written.message) > joinedRunes) return undefined;
  const result = await posts.rewrite(newest.postId, written).catch((error: unknown) => {
    // Nothing was written, and a post of its own may well be accepted.
    if (error instanceof MattermostError && error.code === "rejected") return "refused";
    throw error;
  });
  return result === "rewritten" ? newest.postId : undefined;
}
