import type { Connection } from "../../../domain/connection.ts";
import { GraphError } from "../../graph/graph-error.ts";
import type {
  GraphSubscription,
  GraphSubscriptions,
  NewGraphSubscription,
} from "../../graph/graph-subscriptions.ts";
import { noMetrics } from "../../metrics.ts";
import { MemoryConnections } from "../../testing/memory-connections.ts";
import { MemoryProblems, MemoryResync, MemorySubscriptions } from "../../testing/memory-subscriptions.ts";
import { RecordedLog } from "../../testing/observed.ts";
import { CountingRandomness } from "../../testing/randomness.ts";
import { FixedClock } from "../../testing/time.ts";
import type { SubscriptionPorts, SubscriptionSettings } from "../subscription-ports.ts";
import { Subscriptions } from "../subscriptions.ts";

/** Graph's subscriptions as its documentation describes them: one per resource, 409 for a second, 404 for one that is gone. */
export class MemoryGraph implements GraphSubscriptions {
  readonly all = new Map<string, GraphSubscription & { readonly request?: NewGraphSubscription }>();
  readonly calls: string[] = [];
  /** Thrown by the next call of that name, once. */
  readonly failNext = new Map<"create" | "renew" | "remove" | "list", GraphError>();
  #count = 0;

  async create(request: NewGraphSubscription): Promise<GraphSubscription> {
    this.#enter("create");
    for (const { resource } of this.all.values()) {
      if (resource === request.resource) throw new GraphError("conflict", "exists");
    }
    this.#count += 1;
    const { resource, changeType, expiresAtMs } = request;
    const made = { id: `s${this.#count}`, resource, changeType, expiresAtMs };
    this.all.set(made.id, { ...made, notificationUrl: request.notificationUrl, request });
    return made;
  }

  async renew(id: string, expiresAtMs: number): Promise<GraphSubscription> {
    this.#enter("renew");
    const known = this.all.get(id);
    if (known === undefined) throw new GraphError("not-found", "gone");
    const renewed = { ...known, expiresAtMs };
    this.all.set(id, renewed);
    return renewed;
  }

  async remove(id: string): Promise<void> {
    this.#enter("remove");
    this.all.delete(id);
  }

  async list(): Promise<readonly GraphSubscription[]> {
    this.#enter("list");
    return [...this.all.values()];
  }

  #enter(call: "create" | "renew" | "remove" | "list"): void {
    this.calls.push(call);
    const failure = this.failNext.get(call);
    this.failNext.delete(call);
    if (failure !== undefined) throw failure;
  }
}

export const ann: Connection = {
  userId: "ann".padEnd(26, "0"),
  tenantId: "tenant-id",
  teamsUserId: "teams-ann",
  teamsAccount: "ann@example.com",
  connectedAtMs: 1,
};
export const ben: Connection = { ...ann, userId: "ben".padEnd(26, "0"), teamsUserId: "teams-ben" };

/** Nothing stops. */
export const never = new AbortController().signal;

export const settings: SubscriptionSettings = {
  scope: "users",
  syncNotifications: true,
  webhookSecret: "webhook secret of the settings",
  pluginUrl: "https://chat.example.com/plugins/msteams-notifications",
};

/** The use cases on memory; the same parts can be given to a second one with other settings. */
export function subscriptionsOf(...connections: readonly Connection[]) {
  const parts = {
    clock: new FixedClock(),
    randomness: new CountingRandomness(),
    log: new RecordedLog(),
    metrics: noMetrics,
    graph: new MemoryGraph(),
    store: new MemorySubscriptions(),
    problems: new MemoryProblems(),
    resync: new MemoryResync(),
    connections: new MemoryConnections(...connections),
    certificates: { current: async () => ({ id: "certificate-1", certificate: "Y2VydA==" }) },
    settings,
  } satisfies SubscriptionPorts;
  return { ...parts, subscriptions: new Subscriptions(parts), parts };
}
