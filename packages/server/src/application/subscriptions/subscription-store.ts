import type { GraphErrorCode } from "../graph/graph-error.ts";

export interface StoredSubscription {
  readonly id: string;
  /** The connected person it is for; absent for a tenant-wide one. */
  readonly userId: string | undefined;
  readonly resource: string;
  readonly clientStateHash: string;
  readonly certificateId: string;
  readonly expiresAtMs: number;
}

export interface SubscriptionStore {
  byId(id: string): Promise<StoredSubscription | undefined>;
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, StoredSubscription>>;
  /** Those of one person and the one for the whole tenant, the longest lasting first. */
  concerning(userId: string): Promise<readonly StoredSubscription[]>;
  countActive(nowMs: number): Promise<number>;
  list(): Promise<readonly StoredSubscription[]>;
  save(subscription: StoredSubscription): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Why a wanted subscription does not exist or could not be renewed; `owner` is a person's id or `tenant`. */
export interface SubscriptionProblem {
  readonly owner: string;
  readonly code: GraphErrorCode | "internal";
  readonly sinceMs: number;
}

export interface SubscriptionProblems {
  /** A problem keeps the time it was first seen until it is cleared or another takes its place. */
  record(owner: string, code: SubscriptionProblem["code"], nowMs: number): Promise<void>;
  clear(owner: string): Promise<void>;
  list(): Promise<readonly SubscriptionProblem[]>;
}
