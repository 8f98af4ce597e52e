import type { RunningTenant } from "@msteams-notifications/teams-simulator";
import { httpApp } from "../adapters/http/http-app.ts";
import { PostgresConnections } from "../adapters/postgres/connection-store.ts";
import type { Database } from "../adapters/postgres/database.ts";
import { MemoryUploads } from "../application/copying/testing/memory-uploads.ts";
import { noMetrics } from "../application/metrics.ts";
import { MemoryPosts } from "../application/testing/memory-posts.ts";
import { MemoryPreferences } from "../application/testing/memory-preferences.ts";
import { RecordedLog } from "../application/testing/observed.ts";
import { CountingRandomness } from "../application/testing/randomness.ts";
import { systemTimers } from "../application/timers.ts";
import { type Config, parseConfig } from "../config.ts";
import type { Connection } from "../domain/connection.ts";
import { type RunningIntegration, startIntegration } from "../runtime/start-integration.ts";

/** Posts that a test can wait for. */
class AwaitedPosts extends MemoryPosts {
  readonly #attaching = new Set<() => void>();

  override async attach(...given: Parameters<MemoryPosts["attach"]>) {
    const files = await super.attach(...given);
    for (const look of this.#attaching) look();
    return files;
  }

  /** Resolves when what is attached to posts is as wanted. */
  attachedAs(isWanted: () => boolean): Promise<void> {
    if (isWanted()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!isWanted()) return;
        this.#attaching.delete(look);
        resolve();
      };
      this.#attaching.add(look);
    });
  }

  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  override async create(...given: Parameters<MemoryPosts["create"]>) {
    try {
      return await super.create(...given);
    } finally {
      for (const { count, resolve } of this.#waiting) if (count <= this.posts.length) resolve();
    }
  }

  /** Resolves when there are that many. */
  created(count: number): Promise<void> {
    if (this.posts.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }
}

/** A Mattermost cluster in front of one tenant: its web address reaches whichever nodes of the plugin run. */
export class PluginCluster implements AsyncDisposable {
  readonly posts = new AwaitedPosts({ now: () => Date.now() });
  readonly uploads = new MemoryUploads();
  readonly log = new RecordedLog();
  readonly preferences = new MemoryPreferences();
  /** Ids of people whose Mattermost account is deactivated. */
  readonly departed = new Set<string>();
  /** Added to the time of day of every node. */
  aheadMs = 0;
  readonly clock = { now: () => Date.now() + this.aheadMs };
  readonly #tenant: RunningTenant;
  readonly #database: { readonly database: Database; readonly url: string };
  readonly #nodes: ((request: Request) => Promise<Response>)[] = [];
  readonly #server: Bun.Server<undefined>;
  readonly config: Config;
  #requests = 0;

  constructor(
    tenant: RunningTenant,
    database: { readonly database: Database; readonly url: string },
    settings: Readonly<Record<string, string>> = {},
  ) {
    this.#tenant = tenant;
    this.#database = database;
    this.#server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request) => this.#answer(request),
    });
    this.config = this.#configOf(settings);
  }

  connect(name: string, change: Partial<Connection> = {}): Promise<Connection> {
    return connectPerson(this.#database.database, this.#tenant, name, change);
  }

  /** Another node; it is gone when disposed. */
  async start(): Promise<RunningIntegration> {
    const integration = await startIntegration(
      {
        mattermost: {
          posts: this.posts,
          conversation: { pathFor: unknown },
          uploads: this.uploads,
          users: { get: unknown, byUsername: unknown, departed: async () => [...this.departed] },
          names: { namesOf: async (ids) => new Map(ids.map((id) => [id, `${id} of Mattermost`])) },
          ephemeral: { send: async () => undefined, update: async () => undefined },
          preferences: this.preferences,
          events: { connectionChanged: async () => undefined },
        },
        clock: this.clock,
        timers: systemTimers,
        randomness: new CountingRandomness(),
        log: this.log,
        metrics: noMetrics,
        pluginId: "msteams-notifications",
      },
      this.config,
      this.#database.url,
    );
    const app = httpApp({
      setup: () => ({ kind: "ready", integration }),
      administrators: { isAdministrator: async () => false },
      ephemeral: () => undefined,
      newId: () => "n".repeat(26),
      log: this.log,
    });
    this.#nodes.push(app);
    return {
      ...integration,
      [Symbol.asyncDispose]: async () => {
        this.#nodes.splice(this.#nodes.indexOf(app), 1);
        await integration[Symbol.asyncDispose]();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop(true);
  }

  async #answer(request: Request): Promise<Response> {
    this.#requests += 1;
    const node = this.#nodes[this.#requests % Math.max(1, this.#nodes.length)];
    const url = new URL(request.url);
    // As the plugin does before it is set up: a starting node subscribes already.
    const validation = url.searchParams.get("validationToken");
    if (validation !== null) return new Response(validation, { headers: { "content-type": "text/plain" } });
    if (node === undefined) return new Response(null, { status: 503 });
    url.pathname = url.pathname.replace("/plugins/msteams-notifications", "");
    return node(new Request(url, request));
  }

  #configOf(settings: Readonly<Record<string, string>>): Config {
    const { tenant, tenantId, loginUrl, graphUrl, teamsUrl } = this.#tenant;
    const app = tenant.directory.addApp({
      secrets: [{ value: "client secret", expiresAt: Date.now() + 86_400_000 }],
      grantedApplicationRoles: ["Chat.Read.All", "Presence.Read.All"],
    });
    const stored = {
      cloud: "custom",
      loginurl: loginUrl,
      graphurl: graphUrl,
      teamsurl: teamsUrl,
      tenantid: tenantId,
      clientid: app.clientId,
      clientsecret: "client secret",
      webhooksecret: "w".repeat(32),
      encryptionkey: "k".repeat(32),
      ...settings,
    };
    const parsed = parseConfig(stored, `http://127.0.0.1:${this.#server.port}`);
    if (parsed.kind === "incomplete") throw new Error(parsed.problems.map(({ what }) => what).join(" "));
    return parsed.config;
  }
}

const unknown = async () => undefined;

async function connectPerson(
  database: Database,
  tenant: RunningTenant,
  name: string,
  change: Partial<Connection>,
): Promise<Connection> {
  const connection = {
    userId: name.padEnd(26, "0"),
    tenantId: tenant.tenantId,
    teamsUserId: tenant.tenant.directory.addUser({ displayName: name }).id,
    teamsAccount: `${name}@example.com`,
    connectedAtMs: Date.now() - 3_600_000,
    ...change,
  };
  await new PostgresConnections(database).add(connection);
  return connection;
}
