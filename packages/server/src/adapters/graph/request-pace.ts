import type { Allowance } from "./request-quota.ts";

/** What is known of the requests of one kind. Times are milliseconds of a clock that is never set. */
export interface Usage {
  /** Sent, and not answered yet. */
  readonly underWay: number;
  /** When the last ones were answered, oldest first; older than the window or not. */
  readonly answeredAtMs: readonly number[];
  /** When the background had its last turn. */
  readonly backgroundAtMs: number | undefined;
}

/** The background leaves a tenth to people who wait, on this node and on others. */
const backgroundShare = 0.9;

/**
 * In how many milliseconds a request may be sent: 0 for now, `undefined` as long as only an answer can make room.
 *
 * A request counts from its sending until a window after its answer, because Graph counted it at some moment between the two.
 * So no window of Graph's can ever hold more than it allows, however long requests are on their way. The background is spread
 * evenly as well: Graph, and the webhook that it calls for each new subscription, see a steady trickle instead of bursts.
 */
export function waitMs(
  usage: Usage,
  { requests, windowMs }: Allowance,
  kind: "person" | "background",
  nowMs: number,
): number | undefined {
  const limit = kind === "person" ? requests : Math.floor(requests * backgroundShare);
  const counting = usage.answeredAtMs.filter((answeredAtMs) => answeredAtMs + windowMs > nowMs);
  const tooMany = counting.length + usage.underWay - limit;
  const making = tooMany < 0 ? nowMs : endOf(counting[tooMany], windowMs);
  if (making === undefined) return undefined;
  const spread =
    kind === "person" || usage.backgroundAtMs === undefined ? nowMs : usage.backgroundAtMs + windowMs / limit;
  return Math.max(0, making - nowMs, spread - nowMs);
}

function endOf(answeredAtMs: number | undefined, windowMs: number): number | undefined {
  return answeredAtMs === undefined ? undefined : answeredAtMs + windowMs;
}
