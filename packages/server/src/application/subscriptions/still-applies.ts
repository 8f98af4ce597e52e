import type { PlannedChange } from "./subscription-plan.ts";

/** What is known now of the people and subscriptions that changes were planned for. */
export interface Meanwhile {
  /** Ids of subscriptions that are on record. */
  readonly recorded: ReadonlySet<string>;
  /** Of the people, those who are connected. */
  readonly connected: ReadonlySet<string>;
  /** Everybody who was when the changes were planned. */
  readonly connectedThen: ReadonlySet<string>;
}

/**
 * Whether a planned change is still right when its turn comes, minutes after the plan: people connect, disconnect and have their
 * subscription replaced by other nodes meanwhile. Pure.
 */
export function stillApplies(
  change: PlannedChange,
  { recorded, connected, connectedThen }: Meanwhile,
): boolean {
  const isThere = (userId: string | undefined) => userId === undefined || connected.has(userId);
  switch (change.kind) {
    case "create":
      return isThere(change.wanted.userId);
    case "recreate":
      return isThere(change.wanted.userId) && recorded.has(change.stored.id);
    case "renew":
      return recorded.has(change.stored.id);
    case "remove": {
      const { id, userId } = change.stored;
      // Whoever connected since was given the subscription that was left over.
      const isBack = userId !== undefined && connected.has(userId) && !connectedThen.has(userId);
      return recorded.has(id) && !isBack;
    }
    case "remove-orphan":
      // Made by a node that had not recorded it yet.
      return !recorded.has(change.id);
  }
}
