import { createControl } from "./control/control.ts";
import type { CoveredRoute } from "./coverage.ts";
import { Faults } from "./faults/faults.ts";
import { createGraph } from "./graph/graph.ts";
import { RequestLog } from "./graph/request-log.ts";
import { allMessagesRoute } from "./graph/routes/all-messages.ts";
import { chatRoutes } from "./graph/routes/chats.ts";
import { messageRoutes } from "./graph/routes/messages.ts";
import { presenceRoutes, type StrangersPresence } from "./graph/routes/presence.ts";
import { shareRoutes } from "./graph/routes/shares.ts";
import { subscriptionRoutes } from "./graph/routes/subscriptions.ts";
import { userRoutes } from "./graph/routes/users.ts";
import type { CertificateUpdate } from "./graph/subscription-renewal.ts";
import { documentedSubscriptionLimits, type SubscriptionLimits } from "./graph/subscription-rules.ts";
import { createIdentity } from "./identity/identity.ts";
import type { ListenerTls } from "./listening/listener.ts";
import { openListener } from "./listening/open-listener.ts";
import { Deliveries } from "./notifications/delivery-event.ts";
import { Lifecycle } from "./notifications/lifecycle.ts";
import { defaultOutboxSettings, Outbox, type OutboxSettings } from "./notifications/outbox.ts";
import { Publisher } from "./notifications/publisher.ts";
import { Subscriptions } from "./notifications/subscriptions.ts";
import { Workload } from "./notifications/workload.ts";
import { createTeamsWeb } from "./teams-web/teams-web.ts";
import { TenantClock } from "./tenant/clock.ts";
import { seededRandomness, systemRandomness } from "./tenant/randomness.ts";
import { Tenant } from "./tenant/tenant.ts";
import type { TenantControl } from "./tenant-control.ts";

const defaultSubscriptionsPerPage = 100;

export interface StartTenantOptions {
  readonly tenantId?: string;
  /** Domain of user principal names that are not given. */
  readonly domain?: string;
  /**
   * A stopped clock moves by `tenant.clock.advance` alone; `startAt` in epoch milliseconds. `patienceMs` is how long it
   * waits, in real time, for answers under way before it moves; two seconds unless given.
   */
  readonly clock?: { readonly startAt?: number; readonly running?: boolean; readonly patienceMs?: number };
  /** Makes ids, keys and faults repeatable. */
  readonly seed?: number;
  /** Ports on 127.0.0.1; each is chosen by the operating system unless given. */
  readonly ports?: {
    readonly login?: number;
    readonly graph?: number;
    readonly teams?: number;
    readonly control?: number;
  };
  /** Makes all four listeners speak https. */
  readonly tls?: ListenerTls;
  /** Whether Graph's documented throttling limits are in force; off unless asked for. */
  readonly throttling?: boolean;
  readonly subscriptionLimits?: Partial<SubscriptionLimits>;
  /** How many subscriptions one answer lists; 100 unless given, as of users. */
  readonly subscriptionsPerPage?: number;
  readonly certificateUpdate?: CertificateUpdate;
  /** Whether getAllMessages answers deleted messages too; the real service has done both. */
  readonly includeDeletedMessages?: boolean;
  /** What Graph says of the presence of people it does not know; `left-out` unless given, nobody documents which. */
  readonly strangersPresence?: StrangersPresence;
  /** Text of validation tokens in the subscription handshake. */
  readonly handshakeTokenText?: (requestId: string) => string;
  readonly delivery?: Partial<OutboxSettings>;
  /** Origins of pages that may use the control API from a browser. */
  readonly controlOrigins?: readonly string[];
}

/** A tenant whose listeners are open; the URLs have no trailing slash. `stop` and disposing do the same, once. */
export interface RunningTenant extends AsyncDisposable {
  readonly tenantId: string;
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly teamsUrl: string;
  readonly controlUrl: string;
  readonly tenant: TenantControl;
  /** The routes registered, for comparison with the coverage table. */
  readonly routes: readonly Pick<CoveredRoute, "surface" | "method" | "path">[];
  stop(): Promise<void>;
}

/** Starts a tenant on 127.0.0.1: the login host, Graph, Teams on the web and the control API, each on its own port. */
export async function startTenant(options: StartTenantOptions = {}): Promise<RunningTenant> {
  await using opened = new AsyncDisposableStack();
  const clock = opened.use(new TenantClock(options.clock));
  const randomness = options.seed === undefined ? systemRandomness : seededRandomness(options.seed);
  const { tenantId, domain, ports = {}, tls } = options;
  const tenant = new Tenant({
    clock,
    randomness,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(domain === undefined ? {} : { domain }),
  });
  const login = opened.use(await openListener({ port: ports.login, tls }));
  const graph = opened.use(await openListener({ port: ports.graph, tls }));
  const teams = opened.use(await openListener({ port: ports.teams, tls }));
  const control = opened.use(await openListener({ port: ports.control, tls }));
  const [loginUrl, graphUrl, teamsUrl] = [login.url, graph.url, teams.url];

  const identity = createIdentity({ tenant, loginUrl, graphUrl });
  const faults = new Faults(randomness);
  const requests = new RequestLog();
  const deliveries = new Deliveries();
  const workload = new Workload(options.clock?.patienceMs);
  clock.quietWhen(() => workload.quiet());
  const deliverySettings = { ...defaultOutboxSettings, ...options.delivery };
  const subscriptions = opened.use(new Subscriptions(clock));
  const outbox = opened.use(
    new Outbox({ tenant, issuer: identity, deliveries, workload, settings: deliverySettings }),
  );
  const lifecycle = opened.use(new Lifecycle(tenant, subscriptions, outbox));
  opened.use(new Publisher({ tenant, subscriptions, outbox, deliveries, faults }));

  const controlled: TenantControl = {
    id: tenant.id,
    clock,
    directory: tenant.directory,
    drive: tenant.drive,
    conversations: tenant.conversations,
    presences: tenant.presences,
    events: tenant.events,
    identity,
    faults,
    requests,
    subscriptions,
    lifecycle,
    deliveries,
    deliverySettings,
    settled: () => workload.settled(),
    drained: () => workload.drained(),
  };
  login.answerWith((request) => identity.fetch(request));
  const graphApi = createGraph({
    tenant,
    verifier: identity,
    faults,
    requests,
    throttling: options.throttling ?? false,
    routes: [
      ...userRoutes(tenant, graphUrl),
      ...chatRoutes(tenant, { graphUrl, teamsUrl }),
      ...messageRoutes(tenant, graphUrl),
      ...shareRoutes(tenant.drive, graphUrl),
      allMessagesRoute(tenant, { graphUrl, includeDeleted: options.includeDeletedMessages ?? true }),
      ...presenceRoutes(tenant, { graphUrl, strangers: options.strangersPresence ?? "left-out" }),
      ...subscriptionRoutes({
        tenant,
        subscriptions,
        graphUrl,
        limits: { ...documentedSubscriptionLimits, ...options.subscriptionLimits },
        subscriptionsPerPage: options.subscriptionsPerPage ?? defaultSubscriptionsPerPage,
        certificateUpdate: options.certificateUpdate ?? "allowed",
        handshake: { clock, randomness, stop: outbox.stopping, tokenText: options.handshakeTokenText },
      }),
    ],
  });
  graph.answerWith(graphApi.respond);
  const teamsWeb = createTeamsWeb(tenant);
  teams.answerWith((request) => teamsWeb.fetch(request));
  const controlApi = createControl({
    tenant: controlled,
    addresses: { loginUrl, graphUrl, teamsUrl },
    origins: options.controlOrigins ?? [],
  });
  control.answerWith((request) => controlApi.fetch(request));

  const routes = [
    ...registeredRoutes("graph", graphApi.app.routes),
    ...registeredRoutes("teams", teamsWeb.routes),
    ...registeredRoutes("control", controlApi.routes),
  ];
  const running = opened.move();
  const stop = (): Promise<void> => running.disposeAsync();
  return {
    tenantId: tenant.id,
    loginUrl,
    graphUrl,
    teamsUrl,
    controlUrl: control.url,
    tenant: controlled,
    routes,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function registeredRoutes(
  surface: CoveredRoute["surface"],
  routes: readonly { readonly method: string; readonly path: string }[],
): RunningTenant["routes"] {
  // Hono lists what runs for every request under the method ALL.
  return routes.flatMap(({ method, path }) => (isCovered(method) ? [{ surface, method, path }] : []));
}

function isCovered(method: string): method is CoveredRoute["method"] {
  return ["GET", "POST", "PUT", "PATCH", "DELETE"].includes(method);
}
