import { startPostgres } from "@msteams-notifications/local-postgres";
import { pluginId } from "@msteams-notifications/server/contract";
import { type RunningTenant, startTenant } from "@msteams-notifications/teams-simulator";
import { connectPerson } from "../../packages/sandbox/src/connect-person.ts";
import { installPlugin } from "../../packages/sandbox/src/install-plugin.ts";
import { MattermostRestClient } from "../../packages/sandbox/src/mattermost/rest-client.ts";
import { administrator, password } from "../../packages/sandbox/src/people.ts";
import { ready } from "../../packages/sandbox/src/sandbox.ts";
import { seedTenant } from "../../packages/sandbox/src/seed-tenant.ts";
import type { Ends } from "../observation.ts";
import { startApart } from "./mattermost.ts";
import { cpuMsOf, cpuMsOfFamily, residentBytes } from "./processes.ts";
import { countingSettings, type Statement, StatementCounter } from "./statements.ts";

/** What was used since the start; differences of two are what a load cost. */
export interface Spent {
  readonly pluginMs: number;
  readonly postgresMs: number;
  readonly mattermostMs: number;
  /** Of this process: the tenant, and what sends and counts. */
  readonly tenantMs: number;
  readonly statements: number;
  readonly apiCalls: number;
}

/** One plugin with everything it needs: its own tenant, PostgreSQL and Mattermost, each in a process of its own. */
export interface Side extends AsyncDisposable {
  readonly ends: Ends;
  readonly tenant: RunningTenant["tenant"];
  readonly tenantId: string;
  /** Ids in Teams of the people who are connected; all are Away. */
  readonly connected: readonly string[];
  /** The database of Mattermost and the plugin. */
  readonly dataSource: string;
  /** Adds somebody to Mattermost; resolves to their id. */
  addPerson(username: string): Promise<string>;
  /** Has everybody's last day read at Microsoft, as an administrator does. */
  catchUp(): Promise<void>;
  /** Saves a setting that means nothing here, so that the plugin reads everything anew. */
  restart(): Promise<void>;
  spent(): Promise<Spent>;
  statements(): Promise<readonly Statement[]>;
  residentBytes(): Promise<number>;
  /** A value of the plugin's metrics, the sum over all labels that begin as told; 0 for one that was never counted. */
  metric(name: string, labels?: string): Promise<number>;
}

export interface SideOptions {
  readonly bundle: string;
  readonly people: number;
  readonly scope: "users" | "tenant";
  /** Whether Graph refuses what its table does not allow; not unless asked for. */
  readonly throttling?: boolean;
}

const database = "mattermost";

function addressOf(username: string): string {
  return `${username}@contoso.example`;
}

/**
 * Graph sends many notifications at the same time, and most in a request of their own: so many lanes keep the tenant from being
 * what is measured.
 */
const deliveryLanes = 16;

/** As long as any client of Entra keeps a token, roughly; a token for each POST would make signing them the tenant's main work. */
const validationTokenLastsMs = 10 * 60_000;

/** Commits wait for the disk, as a real server's do: what is saved there is part of the comparison. */
export async function openSide({ bundle, people, scope, throttling = false }: SideOptions): Promise<Side> {
  await using opened = new AsyncDisposableStack();
  const postgres = opened.use(await startPostgres({ durable: true, settings: countingSettings }));
  const running = opened.use(
    await startTenant({ throttling, delivery: { lanes: deliveryLanes, validationTokenLastsMs } }),
  );
  const counter = opened.use(await StatementCounter.open(postgres.url, database));
  const dataSource = await postgres.createDatabase(database);
  const mattermost = opened.use(await startApart(dataSource, administrator));
  const admin = await MattermostRestClient.signIn(mattermost.url, administrator.username, password);
  const settings = { subscriptionscope: scope, copyattachments: false };
  await installPlugin(admin, running, seedTenant(running, [], mattermost.url), settings, bundle);
  await ready(admin);

  const { tenant, tenantId } = running;
  const addPerson = (username: string): Promise<string> =>
    mattermost.addPerson({ username, email: addressOf(username), displayName: username, password });
  const connected: string[] = [];
  for (let number = 1; number <= people; number += 1) {
    const username = `reader${number}`;
    const email = addressOf(username);
    const user = tenant.directory.addUser({
      displayName: `Reader ${number}`,
      userPrincipalName: email,
      mail: email,
    });
    tenant.presences.set(user.id, { availability: "Away" });
    await addPerson(username);
    await connectPerson(await MattermostRestClient.signIn(mattermost.url, username, password), email);
    connected.push(user.id);
  }

  const pluginProcess = async (): Promise<number> => {
    const id = (await mattermost.look()).pluginProcess;
    if (id === undefined) throw new Error("The plugin does not run any more.");
    return id;
  };
  let restarts = 0;
  const kept = opened.move();
  return {
    ends: { conversations: tenant.conversations, deliveries: tenant.deliveries, posts: mattermost.posts },
    tenant,
    tenantId,
    connected,
    dataSource,
    addPerson,
    async catchUp() {
      const { id: adminId } = await admin.me();
      const { id: channelId } = await admin.directChannel(adminId, adminId);
      await admin.execute(channelId, "/msteams admin catch-up");
    },
    restart() {
      restarts += 1;
      return admin.configurePlugin(pluginId, { largestcopymegabytes: 20 + restarts });
    },
    async spent() {
      const { user, system } = process.cpuUsage();
      const { calls } = await mattermost.look();
      return {
        pluginMs: cpuMsOf(await pluginProcess()),
        postgresMs: cpuMsOfFamily(counter.serverProcess),
        mattermostMs: cpuMsOf(mattermost.processId),
        tenantMs: (user + system) / 1_000,
        statements: await counter.calls(),
        apiCalls: calls,
      };
    },
    statements: () => counter.statements(),
    residentBytes: async () => residentBytes(await pluginProcess()),
    async metric(name, labels = "") {
      const answer = await fetch(`${mattermost.metricsUrl}/plugins/${pluginId}/metrics`);
      const lines = (await answer.text()).split("\n");
      const wanted = `msteams_notifications_${name}`;
      return lines
        .filter((line) => line.startsWith(`${wanted} `) || line.startsWith(`${wanted}{${labels}`))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
