import type { Connection } from "../../domain/connection.ts";
import { type ConnectionSubscriptions, SubscriptionRefused } from "../connections/connection-ports.ts";
import { GraphError } from "../graph/graph-error.ts";
import { tenantOwner } from "./client-state.ts";
import { explainRefusal } from "./refusal-text.ts";
import { type PlannedChange, planSubscriptions } from "./subscription-plan.ts";
import { notificationUrl, type SubscriptionPorts } from "./subscription-ports.ts";
import { createSubscription, removeSubscription, renewSubscription } from "./subscription-steps.ts";
import type { StoredSubscription, SubscriptionProblem } from "./subscription-store.ts";
import {
  isSameResource,
  type WantedSubscription,
  wantedFor,
  wantedSubscriptions,
} from "./wanted-subscriptions.ts";

export interface SubscriptionStatus {
  readonly wanted: number;
  readonly active: number;
  readonly problems: readonly SubscriptionProblem[];
}

/** Keeps exactly the subscriptions that the connected people need. */
export class Subscriptions implements ConnectionSubscriptions {
  readonly #ports: SubscriptionPorts;

  constructor(ports: SubscriptionPorts) {
    this.#ports = ports;
  }

  async ensureFor(connection: Connection): Promise<void> {
    const { settings, store } = this.#ports;
    const [wanted] = wantedSubscriptions(settings, [connection]);
    if (wanted === undefined) return;
    const stored = await store.list();
    const nowMs = this.#ports.clock.now();
    const isThere = stored.some(
      (each) =>
        each.userId === wanted.userId &&
        isSameResource(each.resource, wanted.resource) &&
        each.expiresAtMs > nowMs,
    );
    if (isThere) return;
    try {
      await this.#attempt("create", wanted.owner, () => createSubscription(this.#ports, wanted));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      // Nothing is left behind of a person who could not be connected.
      if (wanted.userId !== undefined) await this.#ports.problems.clear(wanted.owner);
      throw new SubscriptionRefused(explainRefusal(error.code), { cause: error });
    }
  }

  async removeFor(userId: string): Promise<void> {
    const { store, connections } = this.#ports;
    const isLast = (await connections.list()).every((connection) => connection.userId === userId);
    // One for the whole tenant goes with the last person: nobody's chats are to come while nobody is connected.
    const isNeededNoMore = (owner: string | undefined) => owner === userId || (owner === undefined && isLast);
    for (const { id } of (await store.list()).filter((each) => isNeededNoMore(each.userId)))
      await this.#attempt("remove", userId, () => removeSubscription(this.#ports, id));
    await this.#ports.problems.clear(userId);
  }

  /**
   * Compares what is wanted, recorded and at Graph, and makes them agree. Run at start, on changed settings and by the
   * clock, on one node at a time. One failure never keeps the others from being put right. Resolves to the number of
   * changes and of failures among them.
   */
  async reconcile(): Promise<{ readonly changes: number; readonly failures: number }> {
    const { settings, connections, store, graph, certificates, clock } = this.#ports;
    const wanted = wantedSubscriptions(settings, await connections.list());
    const stored = await store.list();
    if (wanted.length === 0 && stored.length === 0) return { changes: 0, failures: 0 };
    const [atGraph, { id: certificateId }] = await Promise.all([graph.list(), certificates.current()]);
    const changes = planSubscriptions(
      { wanted, stored, atGraph },
      {
        nowMs: clock.now(),
        certificateId,
        notificationUrl: notificationUrl(settings),
        webhookSecret: settings.webhookSecret,
      },
    );
    const removals = changes.filter(({ kind }) => kind === "remove" || kind === "remove-orphan");
    const others = changes.filter((change) => !removals.includes(change));
    // Graph allows one subscription per resource, so what goes makes room for what comes.
    const failures = (await this.#applyAll(removals, wanted)) + (await this.#applyAll(others, wanted));
    return { changes: changes.length, failures };
  }

  /** Resolves to the number of failures. */
  async #applyAll(changes: readonly PlannedChange[], wanted: readonly WantedSubscription[]): Promise<number> {
    const queue = changes.values();
    let failures = 0;
    const work = async () => {
      for (const change of queue) {
        await this.#apply(change, wanted).catch(() => {
          failures += 1;
        });
      }
    };
    await Promise.all(Array.from({ length: changesAtOnce }, work));
    return failures;
  }

  /** Graph asks for it shortly before a subscription or its authorisation ends. */
  async renew(stored: StoredSubscription): Promise<void> {
    const wanted = await this.#wantedOf(stored);
    if (wanted === undefined) await removeSubscription(this.#ports, stored.id);
    else await this.#apply({ kind: "renew", stored }, [wanted]);
  }

  /** Graph says that a subscription is gone: another takes its place, and what came in between is read again. */
  async replaceLost(stored: StoredSubscription): Promise<void> {
    const wanted = await this.#wantedOf(stored);
    if (wanted === undefined) await this.#ports.store.remove(stored.id);
    else await this.#apply({ kind: "recreate", stored, wanted, lost: true }, [wanted]);
  }

  async status(): Promise<SubscriptionStatus> {
    const { settings, connections, store, problems, clock } = this.#ports;
    const wanted = wantedSubscriptions(settings, await connections.list());
    const nowMs = clock.now();
    const active = (await store.list()).filter(({ expiresAtMs }) => expiresAtMs > nowMs);
    return { wanted: wanted.length, active: active.length, problems: await problems.list() };
  }

  async #wantedOf(stored: StoredSubscription): Promise<WantedSubscription | undefined> {
    const { settings, connections } = this.#ports;
    if (stored.userId === undefined) return wantedSubscriptions(settings, await connections.list())[0];
    const connection = await connections.byMattermostUser(stored.userId);
    if (connection === undefined || wantedSubscriptions(settings, [connection]).length === 0)
      return undefined;
    return settings.scope === "users" ? wantedFor(connection) : undefined;
  }

  async #apply(change: PlannedChange, wanted: readonly WantedSubscription[]): Promise<void> {
    const ports = this.#ports;
    switch (change.kind) {
      case "create":
        await this.#attempt(change.kind, change.wanted.owner, () => createSubscription(ports, change.wanted));
        await this.#noteGap(change.wanted.owner, 0);
        return;
      case "renew": {
        const owner = ownerOf(change.stored);
        const result = await this.#attempt(change.kind, owner, () => renewSubscription(ports, change.stored));
        const again = wanted.find((each) => each.owner === owner);
        if (result === "gone" && again !== undefined) {
          await this.#apply({ kind: "recreate", stored: change.stored, wanted: again, lost: true }, wanted);
        }
        return;
      }
      case "recreate":
        // Noted first: if the next steps fail, the gap is longer and still begins here.
        await this.#noteGap(change.wanted.owner, change.lost ? lostUnnoticedMs : 0);
        await this.#attempt(change.kind, change.wanted.owner, async () => {
          await removeSubscription(ports, change.stored.id);
          await createSubscription(ports, change.wanted);
        });
        // Noted again: the first reading may have ended before the new subscription began.
        await this.#noteGap(change.wanted.owner, 0);
        return;
      case "remove":
        await this.#attempt(change.kind, ownerOf(change.stored), () =>
          removeSubscription(ports, change.stored.id),
        );
        return;
      case "remove-orphan":
        await this.#attempt(change.kind, tenantOwner, () => ports.graph.remove(change.id));
        return;
    }
  }

  /** What was sent since, and since the last reading, is read: nobody was told of it. */
  async #noteGap(owner: string, agoMs: number): Promise<void> {
    const { resync, clock } = this.#ports;
    await resync.note(owner, clock.now() - agoMs);
  }

  async #attempt<T>(change: PlannedChange["kind"], owner: string, step: () => Promise<T>): Promise<T> {
    const { log, metrics, problems, clock } = this.#ports;
    try {
      const result = await step();
      await problems.clear(owner);
      metrics.count("subscription_changes", { change, result: "ok" });
      return result;
    } catch (error) {
      const code = error instanceof GraphError ? error.code : "internal";
      const requestId = error instanceof GraphError ? (error.requestId ?? "") : "";
      log.warn("A subscription could not be changed", { change, owner, code, requestId });
      metrics.count("subscription_changes", { change, result: "failed" });
      await problems.record(owner, code, clock.now());
      throw error;
    }
  }
}

/** Graph takes 500 writes in 20 s for an app in a tenant (facts, section 7); at its usual 200 ms this stays far below. */
const changesAtOnce = 8;

/** Reconciling runs every quarter of an hour, so a loss is at most this old when it is noticed. */
const lostUnnoticedMs = 20 * 60_000;

function ownerOf(stored: StoredSubscription): string {
  return stored.userId ?? tenantOwner;
}
