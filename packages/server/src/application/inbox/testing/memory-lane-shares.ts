import { laneShares } from "../lane-share.ts";
import type { Arrivals, LaneShares, ShareFollower } from "../lane-shares.ts";

export const allShares: readonly number[] = Array.from({ length: laneShares }, (_, share) => share);

/** One node's part of the lanes, as a test hands it out. */
export class MemoryLaneShares implements LaneShares {
  isAlone = true;
  readonly #held: Set<number>;
  #follower: ShareFollower | undefined;

  constructor(held: readonly number[] = allShares) {
    this.#held = new Set(held);
  }

  holds(share: number): boolean {
    return this.#held.has(share);
  }

  async follow(follower: ShareFollower): Promise<void> {
    this.#follower = follower;
    if (this.#held.size > 0) follower.gained([...this.#held]);
  }

  gain(...shares: readonly number[]): void {
    for (const share of shares) this.#held.add(share);
    this.#follower?.gained(shares);
  }

  /** Resolves when nothing of theirs is in hand, and they may be had by another node. */
  async lose(...shares: readonly number[]): Promise<void> {
    for (const share of shares) this.#held.delete(share);
    await this.#follower?.lost(shares);
  }

  tell(arrivals: Arrivals): void {
    this.#follower?.arrived(arrivals);
  }
}
