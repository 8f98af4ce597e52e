/** Lanes for which something came. */
export interface Arrivals {
  readonly lanes: readonly string[];
  /** It is in no hurry. */
  readonly isLate: boolean;
}

/** Told which lanes this node is to work on. */
export interface ShareFollower {
  /** From now on this node works on the lanes of these shares, and nobody else. */
  gained(shares: readonly number[]): void;
  /**
   * Another node is to take these over, or may have done so already. Nothing of theirs is begun any more; resolves when
   * nothing of theirs is in hand.
   */
  lost(shares: readonly number[]): Promise<void>;
  /** Something came for lanes that others stored or put back. */
  arrived(arrivals: Arrivals): void;
}

/** How the nodes of a cluster share out the lanes, see `shareOf`. */
export interface LaneShares {
  /** Whether this node works on the lanes of that share. */
  holds(share: number): boolean;
  /** Whether no other node is known: then whatever this node stored is all there is. */
  readonly isAlone: boolean;
  /** Begins to take part. The follower hears of everything from now on. */
  follow(follower: ShareFollower): Promise<void>;
}
