import { startTenant } from "@msteams-notifications/teams-simulator";
import { GraphClient } from "../adapters/graph/client.ts";
import { RequestTurns } from "../adapters/graph/request-turns.ts";
import { GraphSubscriptionRoutes } from "../adapters/graph/subscriptions.ts";
import { ApplicationTokens } from "../adapters/graph/tokens.ts";
import { PostgresConnections } from "../adapters/postgres/connection-store.ts";
import { schema } from "../adapters/postgres/database.ts";
import { StoredEncryptionCertificates } from "../adapters/postgres/encryption-certificates.ts";
import { PostgresReadingProgress } from "../adapters/postgres/reading-progress.ts";
import { SecretBox } from "../adapters/postgres/secret-box.ts";
import { PostgresSubscriptionProblems } from "../adapters/postgres/subscription-problems.ts";
import { PostgresSubscriptions } from "../adapters/postgres/subscription-store.ts";
import { migratedDatabase, silentLog } from "../adapters/postgres/testing/database.ts";
import { noMetrics } from "../application/metrics.ts";
import { Subscriptions } from "../application/subscriptions/subscriptions.ts";
import { CountingRandomness } from "../application/testing/randomness.ts";
import type { Connection } from "../domain/connection.ts";

/**
 * A tenant that throttles as Graph does, and so many people who are connected and have no subscription yet, on a real
 * database. Time is moved by {@link whileTimePasses} alone; what was asked of Graph and of the database is kept.
 */
export async function crowd(count: number) {
  await using opened = new AsyncDisposableStack();
  const fresh = opened.use(await migratedDatabase());
  const running = opened.use(await startTenant({ throttling: true, clock: { running: false } }));
  const { tenant, tenantId, loginUrl, graphUrl } = running;
  const { clock, directory } = tenant;
  const webhook = opened.use(Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answerHandshake }));
  const underWay = new UnderWay();
  const statements: string[] = [];
  const { database } = fresh;
  const query = database.query.bind(database);
  database.query = (sql, values) => {
    statements.push(sql.trim().replace(/\s+/g, " "));
    return underWay.count(query(sql, values));
  };
  const app = directory.addApp({
    secrets: [{ value: "secret", expiresAt: clock.now() + 86_400_000 }],
    grantedApplicationRoles: ["Chat.Read.All"],
  });
  const settings = { loginUrl, graphUrl, tenantId, clientId: app.clientId, clientSecret: "secret" };
  const client = new GraphClient({
    graphUrl,
    tokens: new ApplicationTokens(settings, clock),
    clock,
    log: silentLog,
    turns: new RequestTurns({ clock, timers: clock, elapsedMs: () => clock.now() }),
    fetch: ((url: string, init: RequestInit) => underWay.count(fetch(url, init))) as typeof fetch,
  });
  const randomness = new CountingRandomness();
  const connections = new PostgresConnections(database);
  const store = new PostgresSubscriptions(database);
  const certificates = new StoredEncryptionCertificates(
    database,
    new SecretBox("k".repeat(32)),
    clock,
    randomness,
  );
  await certificates.current();
  const subscriptions = new Subscriptions({
    clock,
    randomness,
    log: silentLog,
    metrics: noMetrics,
    graph: new GraphSubscriptionRoutes(client),
    store,
    problems: new PostgresSubscriptionProblems(database),
    resync: new PostgresReadingProgress(database),
    connections,
    certificates,
    settings: {
      scope: "users",
      syncNotifications: true,
      webhookSecret: "the webhook secret",
      pluginUrl: `http://127.0.0.1:${webhook.port}`,
    },
  });
  const somebody = (number: number): Connection => {
    const { id } = directory.addUser({ displayName: `Person ${number}` });
    const userId = `person${number}x`.padEnd(26, "0");
    return { userId, tenantId, teamsUserId: id, teamsAccount: id, connectedAtMs: 1 };
  };
  const people = Array.from({ length: count }, (_, number) => somebody(number));
  await query(
    `INSERT INTO ${schema}.connections SELECT user_id, $3, teams_user_id, teams_user_id, 1
     FROM unnest($1::text[], $2::text[]) AS people (user_id, teams_user_id)`,
    [people.map(({ userId }) => userId), people.map(({ teamsUserId }) => teamsUserId), tenantId],
  );
  const stack = opened.move();
  return {
    tenant,
    clock,
    people,
    somebody,
    subscriptions,
    connections,
    store,
    /** What `work` asks for while it is done, each by its kind, and how long it takes by the tenant's clock. */
    async costOf(work: () => Promise<unknown>): Promise<Cost> {
      statements.length = 0;
      tenant.requests.clear();
      const beganAtMs = clock.now();
      await underWay.whileTimePasses(clock, work());
      const requests = tenant.requests.all;
      return {
        statements: [...statements],
        requests: countEach(requests.map(({ route }) => (route ?? "").replace("/v1.0", ""))),
        refused: requests.filter(({ status }) => status === 429).length,
        tookMs: clock.now() - beganAtMs,
      };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export type Crowd = Awaited<ReturnType<typeof crowd>>;

export interface Cost {
  readonly statements: readonly string[];
  /** How often each of Graph's routes was called. */
  readonly requests: Readonly<Record<string, number>>;
  /** Answered 429. */
  readonly refused: number;
  readonly tookMs: number;
}

function countEach(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function answerHandshake(request: Request): Response {
  const token = new URL(request.url).searchParams.get("validationToken");
  return new Response(token, { headers: { "content-type": "text/plain" } });
}

/** Shorter than the pace of any kind of request. */
const stepMs = 5;

/** What Graph and the database are answering; meanwhile time stands still. */
class UnderWay {
  #count = 0;
  #none = Promise.withResolvers<void>();

  async count<T>(work: Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work;
    } finally {
      this.#count -= 1;
      if (this.#count === 0) this.#none.resolve();
    }
  }

  async whileTimePasses(
    clock: { advance(ms: number): Promise<void> },
    work: Promise<unknown>,
  ): Promise<void> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      if (this.#count > 0) {
        this.#none = Promise.withResolvers();
        await this.#none.promise;
      }
      // The one who was answered goes on first.
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.#count === 0 && !isDone) await clock.advance(stepMs);
    }
    await done;
  }
}
