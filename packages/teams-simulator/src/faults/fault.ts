/** What a matching Graph request meets instead of, or before, its answer. */
export type GraphFaultEffect =
  | { readonly kind: "latency"; readonly ms: number }
  | { readonly kind: "throttled"; readonly retryAfterSeconds?: number }
  | { readonly kind: "status"; readonly status: 500 | 502 | 503 | 504 }
  | { readonly kind: "reset" }
  | { readonly kind: "unauthorized"; readonly reason: "expired" | "revoked" }
  | { readonly kind: "forbidden"; readonly reason: "consentLost" | "protectedApi" };

/**
 * One fault of the Graph API. `route` is a method and path as in the coverage table (`GET /v1.0/users/:id`), a
 * pattern with `*`, or absent for every route; `share` of the matching requests meet it, at most `times` of them.
 */
export type GraphFault = GraphFaultEffect & {
  readonly route?: string;
  readonly share?: number;
  readonly times?: number;
};

/** Shares, each in [0, 1], of change notifications that go wrong on their way. */
export interface NotificationFaults {
  readonly lostShare: number;
  readonly duplicatedShare: number;
  /** A duplicated notification is sent up to this many times in all. */
  readonly copiesMax: number;
  readonly reorderedShare: number;
  readonly delayedShare: number;
  readonly delayMs: number;
}

/** Notifications as they should be. */
export const noNotificationFaults: NotificationFaults = {
  lostShare: 0,
  duplicatedShare: 0,
  copiesMax: 2,
  reorderedShare: 0,
  delayedShare: 0,
  delayMs: 0,
};
