import type { Connection } from "../../domain/connection.ts";
import { type ConnectionSubscriptions, SubscriptionRefused } from "../connections/connection-ports.ts";
import { GraphError } from "../graph/graph-error.ts";
import type { RequestTurn } from "../graph/request-turn.ts";
import { applyChange, attemptChange, type FailedChange } from "./apply-change.ts";
import { AtOnce } from "./at-once.ts";
import { changesAtOnce, type Reconciled, reconcile } from "./reconcile.ts";
import { explainRefusal } from "./refusal-text.ts";
import { RememberedProblems } from "./remembered-problems.ts";
import type { PlannedChange } from "./subscription-plan.ts";
import type { SubscriptionPorts } from "./subscription-ports.ts";
import { createSubscription, removeSubscription } from "./subscription-steps.ts";
import type { StoredSubscription, SubscriptionProblem } from "./subscription-store.ts";
import {
  countWanted,
  isSameResource,
  type WantedSubscription,
  wantedFor,
  wantedForTenant,
  wantedSubscriptions,
} from "./wanted-subscriptions.ts";

export interface SubscriptionStatus {
  readonly wanted: number;
  readonly active: number;
  readonly problems: readonly SubscriptionProblem[];
}

const person: RequestTurn = { kind: "person" };
const background: RequestTurn = { kind: "background" };

/** Keeps exactly the subscriptions that the connected people need. */
export class Subscriptions implements ConnectionSubscriptions {
  readonly #ports: SubscriptionPorts;
  readonly #problems: SubscriptionPorts["problems"];
  readonly #renewing = new Map<string, Promise<void>>();
  readonly #renewals = new AtOnce(changesAtOnce);

  constructor(ports: SubscriptionPorts) {
    this.#problems = ports.problems;
    this.#ports = { ...ports, problems: new RememberedProblems(ports.problems, ports.clock) };
  }

  async ensureFor(connection: Connection): Promise<void> {
    const { settings, store, clock } = this.#ports;
    const [wanted] = wantedSubscriptions(settings, [connection]);
    if (wanted === undefined) return;
    const nowMs = clock.now();
    const isThere = (await store.concerning(connection.userId)).some(
      (each) =>
        each.userId === wanted.userId &&
        isSameResource(each.resource, wanted.resource) &&
        each.expiresAtMs > nowMs,
    );
    if (isThere) return;
    try {
      await this.#attempt("create", wanted.owner, () => createSubscription(this.#ports, wanted, person));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      // Nothing is left behind of a person who could not be connected.
      if (wanted.userId !== undefined) await this.#problems.clear(wanted.owner);
      throw new SubscriptionRefused(explainRefusal(error.code), { cause: error });
    }
  }

  async removeFor(userId: string): Promise<void> {
    const { store, connections } = this.#ports;
    const stored = await store.concerning(userId);
    // One for the whole tenant goes with the last person: nobody's chats are to come while nobody is connected.
    const isForAll = (each: StoredSubscription) => each.userId === undefined;
    const othersNeed = stored.some(isForAll) && (await connections.hasOthers(userId));
    for (const each of stored) {
      if (isForAll(each) && othersNeed) continue;
      await this.#attempt("remove", userId, () => removeSubscription(this.#ports, each.id, person));
    }
    await this.#problems.clear(userId);
  }

  /**
   * Makes what is wanted, recorded and at Graph agree. Run at start, on changed settings and by the clock, on one node at a
   * time.
   */
  reconcile(stopping: AbortSignal): Promise<Reconciled> {
    return reconcile(this.#ports, stopping);
  }

  /** Graph asks for it shortly before a subscription or its authorisation ends, and again while it waits. */
  renew(stored: StoredSubscription): Promise<void> {
    const { id } = stored;
    const renewing =
      this.#renewing.get(id) ??
      this.#renewals.run(() => this.#renew(stored)).finally(() => this.#renewing.delete(id));
    this.#renewing.set(id, renewing);
    return renewing;
  }

  async #renew(stored: StoredSubscription): Promise<void> {
    const wanted = await this.#wantedOf(stored);
    if (wanted === undefined) await removeSubscription(this.#ports, stored.id, background);
    else await this.#apply({ kind: "renew", stored }, wanted);
  }

  /** Graph says that a subscription is gone: another takes its place, and what came in between is read again. */
  async replaceLost(stored: StoredSubscription): Promise<void> {
    const wanted = await this.#wantedOf(stored);
    if (wanted === undefined) await this.#ports.store.remove(stored.id);
    else await this.#apply({ kind: "recreate", stored, wanted, lost: true }, wanted);
  }

  async status(): Promise<SubscriptionStatus> {
    const { settings, connections, store, problems, clock } = this.#ports;
    const [people, active, known] = await Promise.all([
      connections.count(),
      store.countActive(clock.now()),
      problems.list(),
    ]);
    return { wanted: countWanted(settings, people), active, problems: known };
  }

  async #wantedOf(stored: StoredSubscription): Promise<WantedSubscription | undefined> {
    const { settings, connections } = this.#ports;
    if (stored.userId === undefined) return wantedForTenant(settings, await connections.count());
    if (!settings.syncNotifications || settings.scope === "tenant") return undefined;
    const connection = await connections.byMattermostUser(stored.userId);
    return connection === undefined ? undefined : wantedFor(connection);
  }

  #apply(change: PlannedChange, wanted: WantedSubscription): Promise<void> {
    return applyChange(this.#ports, change, {
      turn: background,
      wantedOf: () => wanted,
      report: this.#report,
    });
  }

  #attempt<T>(change: PlannedChange["kind"], owner: string, step: () => Promise<T>): Promise<T> {
    return attemptChange(this.#ports, { change, owner, report: this.#report }, step);
  }

  readonly #report = (failed: FailedChange): void => {
    this.#ports.log.warn("A subscription could not be changed", { ...failed });
  };
}
