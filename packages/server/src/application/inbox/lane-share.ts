import { createHash } from "node:crypto";

/**
 * Lanes are shared out among the nodes of a cluster in this many parts, each worked on by one node at a time. Enough for
 * every node of the largest clusters to have several, few enough for a lock each.
 */
export const laneShares = 64;

/** The part that a lane belongs to, the same on every node and for ever. */
export function shareOf(lane: string): number {
  return (createHash("sha256").update(lane).digest()[0] ?? 0) % laneShares;
}
