import type { Clock } from "../clock.ts";
import { GraphError, type GraphErrorCode } from "../graph/graph-error.ts";
import type { InboxWork, RetryDecision } from "../inbox/inbox.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { PermanentFailure, TemporaryFailure } from "../work-failure.ts";

/** First pause; doubled with each failure. */
const firstPauseMs = 1_000;
/** Long enough to spare an ailing service, short enough that an outage of hours ends within minutes of its end. */
const maxPauseMs = 10 * 60_000;
/** About four hours in all, as long as Graph itself would have kept trying (facts, section 3). */
export const maxAttempts = 32;

export interface RetryParts {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** What becomes of an entry whose work failed: the one table of all kinds of failure. */
export function decideRetry(
  error: unknown,
  work: Pick<InboxWork, "attempts">,
  parts: RetryParts,
): RetryDecision {
  if (error instanceof PermanentFailure) return { kind: "dead", reason: error.reason };
  const code = codeOf(error);
  const fate = fates[code];
  if (fate !== "again") return { kind: "dead", reason: fate };
  if (work.attempts + 1 >= maxAttempts) return { kind: "dead", reason: `gave-up-${code}` };
  return {
    kind: "retry",
    atMs: wishOf(error, parts.clock) ?? parts.clock.now() + backoffMs(work.attempts, parts.random),
    code,
  };
}

type FailureCode =
  | `graph-${GraphErrorCode}`
  | `mattermost-${MattermostError["code"]}`
  | "temporary"
  | "internal";

/** `again` until the attempts are used up; anything else is the reason for giving up at once. */
type Fate = "again" | (string & {});

/**
 * What becomes of each kind of failure. Refusals (401, 403) are tried again too, because an administrator can end them
 * within the four hours; by the time one arrives here the access token was renewed once.
 */
const fates: { readonly [Code in FailureCode]: Fate } = {
  "graph-throttled": "again",
  "graph-unavailable": "again",
  "graph-unreachable": "again",
  "graph-unauthorized": "again",
  "graph-forbidden": "again",
  "graph-conflict": "again",
  "graph-limit-reached": "again",
  "graph-unexpected": "again",
  "graph-not-found": "gone-in-teams",
  "graph-invalid-request": "refused-by-graph",
  "mattermost-unavailable": "again",
  "mattermost-not-found": "person-gone",
  "mattermost-rejected": "refused-by-mattermost",
  "mattermost-unanswered": "again",
  temporary: "again",
  internal: "again",
};

function codeOf(error: unknown): FailureCode {
  if (error instanceof GraphError) return `graph-${error.code}`;
  if (error instanceof MattermostError) return `mattermost-${error.code}`;
  return error instanceof TemporaryFailure ? "temporary" : "internal";
}

/** When the other side named a time itself, earlier attempts only make it later. */
function wishOf(error: unknown, clock: Clock): number | undefined {
  if (error instanceof TemporaryFailure) return error.retryAtMs;
  if (error instanceof GraphError && error.retryAfterMs !== undefined)
    return clock.now() + error.retryAfterMs;
  return undefined;
}

/** Between half and all of the doubled pause, so that what failed together does not return together. */
function backoffMs(attempts: number, random: () => number): number {
  const fullMs = Math.min(maxPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20));
  return Math.round(fullMs * (0.5 + random() / 2));
}
