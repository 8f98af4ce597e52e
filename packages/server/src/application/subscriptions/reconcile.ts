import { GraphError, type GraphErrorCode } from "../graph/graph-error.ts";
import type { RequestTurn } from "../graph/request-turn.ts";
import { applyChange, type ChangeContext, type FailedChange } from "./apply-change.ts";
import { type Meanwhile, stillApplies } from "./still-applies.ts";
import { type PlannedChange, planSubscriptions } from "./subscription-plan.ts";
import { notificationUrl, type SubscriptionPorts } from "./subscription-ports.ts";
import { wantedSubscriptions } from "./wanted-subscriptions.ts";

export interface Reconciled {
  readonly changes: number;
  /** Of the changes, those that failed or were not tried, because what stood in the way of one stood in the way of all. */
  readonly failures: number;
}

/**
 * Compares what is wanted, recorded and at Graph, and makes them agree. What stands in the way of one person keeps no other
 * from being put right. With thousands of changes it takes minutes, at the pace that Graph allows; `stopping` ends it between
 * two of them.
 */
export async function reconcile(ports: SubscriptionPorts, stopping: AbortSignal): Promise<Reconciled> {
  const { settings, connections, store, graph, certificates, clock } = ports;
  const turn: RequestTurn = { kind: "background", stopping };
  // The record before the people, and Graph last: who connects meanwhile is planned for anew, and nobody's is taken away.
  const stored = await store.list();
  const people = await connections.list();
  const wanted = wantedSubscriptions(settings, people);
  if (wanted.length === 0 && stored.length === 0) return { changes: 0, failures: 0 };
  const [atGraph, { id: certificateId }] = await Promise.all([graph.list(turn), certificates.current()]);
  const changes = planSubscriptions(
    { wanted, stored, atGraph },
    {
      nowMs: clock.now(),
      certificateId,
      notificationUrl: notificationUrl(settings),
      webhookSecret: settings.webhookSecret,
    },
  );
  const byOwner = new Map(wanted.map((each) => [each.owner, each]));
  const failed = new FailedChanges();
  const wantedOf = (owner: string) => byOwner.get(owner);
  const connectedThen = new Set(people.map(({ userId }) => userId));
  const report = (each: FailedChange) => failed.add(each);
  const context: RoundContext = { turn, stopping, wantedOf, report, connectedThen };
  // Graph allows one subscription per resource, so what goes makes room for what comes.
  const removals = changes.filter(isRemoval);
  const others = changes.filter((change) => !isRemoval(change));
  try {
    const left = (await applyAll(ports, removals, context)) + (await applyAll(ports, others, context));
    return { changes: changes.length, failures: left };
  } finally {
    failed.log(ports);
  }
}

function isRemoval({ kind }: PlannedChange): boolean {
  return kind === "remove" || kind === "remove-orphan";
}

/** So many wait for Graph together. The pace holds them back; it must not be their number that does, should Graph take a second. */
export const changesAtOnce = 64;
/** Some seconds' worth at Graph's pace, so that what is looked at is not older. */
const changesPerLook = 100;

interface RoundContext extends ChangeContext {
  readonly stopping: AbortSignal;
  readonly connectedThen: Meanwhile["connectedThen"];
}

/** Resolves to how many are left to do. */
async function applyAll(
  ports: SubscriptionPorts,
  changes: readonly PlannedChange[],
  context: RoundContext,
): Promise<number> {
  const queue = inBlocks(ports, changes, context);
  let settled = 0;
  let isOver = false;
  const work = async () => {
    for await (const change of queue) {
      if (isOver || context.stopping.aborted) return;
      try {
        if (change !== undefined) await applyChange(ports, change, context);
        settled += 1;
      } catch (error) {
        isOver ||= error instanceof GraphError && concernsAll.has(error.code);
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: changesAtOnce }, work));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  return changes.length - settled;
}

/** What stands in the way of everybody's change: thousands more attempts would tell nothing new. */
const concernsAll: ReadonlySet<GraphErrorCode> = new Set(["throttled", "unreachable", "unauthorized"]);

/** The changes, `undefined` for each that became pointless while others had their turn. */
async function* inBlocks(
  ports: SubscriptionPorts,
  changes: readonly PlannedChange[],
  { connectedThen }: RoundContext,
): AsyncGenerator<PlannedChange | undefined> {
  for (let start = 0; start < changes.length; start += changesPerLook) {
    const block = changes.slice(start, start + changesPerLook);
    const meanwhile = { ...(await lookAgain(ports, block)), connectedThen };
    for (const change of block) yield stillApplies(change, meanwhile) ? change : undefined;
  }
}

/** Two statements for a hundred changes. */
async function lookAgain(
  { store, connections }: SubscriptionPorts,
  changes: readonly PlannedChange[],
): Promise<Pick<Meanwhile, "recorded" | "connected">> {
  const subjects = changes.map(subjectOf);
  const [recorded, connected] = await Promise.all([
    store.byIds(subjects.flatMap(({ id }) => id ?? [])),
    connections.connectedAmong(subjects.flatMap(({ userId }) => userId ?? [])),
  ]);
  return { recorded: new Set(recorded.keys()), connected };
}

function subjectOf(change: PlannedChange): { readonly id?: string; readonly userId?: string | undefined } {
  switch (change.kind) {
    case "create":
      return { userId: change.wanted.userId };
    case "remove-orphan":
      return { id: change.id };
    default:
      return { id: change.stored.id, userId: change.stored.userId };
  }
}

/** What failed for the same reason is one line, however many people it concerns; each is a problem on record. */
class FailedChanges {
  readonly #groups = new Map<string, { readonly first: FailedChange; count: number }>();

  add(failed: FailedChange): void {
    const key = `${failed.change} ${failed.code}`;
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { first: failed, count: 1 });
    else group.count += 1;
  }

  log({ log }: Pick<SubscriptionPorts, "log">): void {
    for (const { first, count } of this.#groups.values())
      log.warn("Subscriptions could not be changed", { ...first, count });
  }
}
