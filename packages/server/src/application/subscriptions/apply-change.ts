import { GraphError } from "../graph/graph-error.ts";
import type { RequestTurn } from "../graph/request-turn.ts";
import { tenantOwner } from "./client-state.ts";
import type { PlannedChange } from "./subscription-plan.ts";
import type { SubscriptionPorts } from "./subscription-ports.ts";
import { createSubscription, removeSubscription, renewSubscription } from "./subscription-steps.ts";
import type { StoredSubscription, SubscriptionProblem } from "./subscription-store.ts";
import type { WantedSubscription } from "./wanted-subscriptions.ts";

/** A change that Graph or the database did not allow, as it is logged. */
export interface FailedChange {
  readonly change: PlannedChange["kind"];
  readonly owner: string;
  readonly code: SubscriptionProblem["code"];
  /** Graph's, for Microsoft's support; empty when there is none. */
  readonly requestId: string;
}

export interface ChangeContext {
  readonly turn: RequestTurn;
  /** What the owner wants still, for a subscription that turns out to be gone. */
  readonly wantedOf: (owner: string) => WantedSubscription | undefined;
  readonly report: (failed: FailedChange) => void;
}

/** Reconciling runs every quarter of an hour, so a loss is at most this old when it is noticed. */
const lostUnnoticedMs = 20 * 60_000;

/** Makes one planned change at Graph and in the record, and keeps what stands in the way as the owner's problem. Throws that too. */
export async function applyChange(
  ports: SubscriptionPorts,
  change: PlannedChange,
  context: ChangeContext,
): Promise<void> {
  const { turn } = context;
  const attempt = <T>(owner: string, step: () => Promise<T>) =>
    attemptChange(ports, { change: change.kind, owner, report: context.report }, step);
  switch (change.kind) {
    case "create":
      await attempt(change.wanted.owner, () => createSubscription(ports, change.wanted, turn));
      return noteGap(ports, change.wanted.owner, 0);
    case "renew": {
      const { stored } = change;
      const owner = ownerOf(stored);
      const result = await attempt(owner, () => renewSubscription(ports, stored, turn));
      const wanted = context.wantedOf(owner);
      if (result === "renewed" || wanted === undefined) return;
      return applyChange(ports, { kind: "recreate", stored, wanted, lost: true }, context);
    }
    case "recreate":
      // Noted first: if the next steps fail, the gap is longer and still begins here.
      await noteGap(ports, change.wanted.owner, change.lost ? lostUnnoticedMs : 0);
      await attempt(change.wanted.owner, async () => {
        await removeSubscription(ports, change.stored.id, turn);
        await createSubscription(ports, change.wanted, turn);
      });
      // Noted again: the first reading may have ended before the new subscription began.
      return noteGap(ports, change.wanted.owner, 0);
    case "remove":
      return attempt(ownerOf(change.stored), () => removeSubscription(ports, change.stored.id, turn));
    case "remove-orphan":
      return attempt(tenantOwner, () => ports.graph.remove(change.id, turn));
  }
}

/** Takes a step and keeps how it ended: as the owner's problem, or the end of one, and in the metrics. */
export async function attemptChange<T>(
  { metrics, problems, clock }: SubscriptionPorts,
  { change, owner, report }: Pick<FailedChange, "change" | "owner"> & Pick<ChangeContext, "report">,
  step: () => Promise<T>,
): Promise<T> {
  try {
    const result = await step();
    await problems.clear(owner);
    metrics.count("subscription_changes", { change, result: "ok" });
    return result;
  } catch (error) {
    const code = error instanceof GraphError ? error.code : "internal";
    const requestId = error instanceof GraphError ? (error.requestId ?? "") : "";
    report({ change, owner, code, requestId });
    metrics.count("subscription_changes", { change, result: "failed" });
    await problems.record(owner, code, clock.now());
    throw error;
  }
}

/** What was sent since, and since the last reading, is read: nobody was told of it. */
async function noteGap({ resync, clock }: SubscriptionPorts, owner: string, agoMs: number): Promise<void> {
  await resync.note(owner, clock.now() - agoMs);
}

function ownerOf(stored: StoredSubscription): string {
  return stored.userId ?? tenantOwner;
}
