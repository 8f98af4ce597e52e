/** What Graph counts apart (facts, section 7): too much of one kind does not close the others. */
export type GraphQuota =
  | "presence"
  | "history"
  | "chats"
  | "subscription-writes"
  | "subscription-reads"
  | "subscription-lists"
  | "files"
  | "other";

/**
 * Until when Graph wants no more requests of a kind. Shared by all nodes, because Graph counts an application's requests
 * together, and early ones count against it as well.
 */
export interface GraphPauses {
  /** Milliseconds since 1970 UTC; in the past, or 0, when requests are welcome. Never rejects. */
  until(quota: GraphQuota): Promise<number>;
  /** A pause only ever gets longer. Never rejects. */
  pause(quota: GraphQuota, untilMs: number): Promise<void>;
}

/** Pauses of this process alone. */
export class LocalPauses implements GraphPauses {
  readonly #until = new Map<GraphQuota, number>();

  async until(quota: GraphQuota): Promise<number> {
    return this.#until.get(quota) ?? 0;
  }

  async pause(quota: GraphQuota, untilMs: number): Promise<void> {
    this.#until.set(quota, Math.max(untilMs, this.#until.get(quota) ?? 0));
  }

  /** Whoever knows better says until when, also earlier than was known here. */
  correct(quota: GraphQuota, untilMs: number): void {
    this.#until.set(quota, untilMs);
  }
}
