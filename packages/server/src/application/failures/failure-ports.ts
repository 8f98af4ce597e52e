/** A notification that was given up. Never its content. */
export interface FailedEntry {
  readonly id: number;
  readonly reason: string;
  readonly failedAtMs: number;
}

export interface Failures {
  readonly total: number;
  /** Newest first. */
  readonly newest: readonly FailedEntry[];
}

/** What was given up and is kept for two weeks, so that it can be put back once the cause is gone. */
export interface FailedEntries {
  failures(limit: number): Promise<Failures>;
  /** Puts one or all back into the inbox; resolves to their number. */
  replay(which: number | "all"): Promise<number>;
}
