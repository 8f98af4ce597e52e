import { type LocalPostgres, startPostgres } from "@msteams-notifications/local-postgres";
import { type RunningMattermost, startMattermost } from "@msteams-notifications/mattermost-host";
import { pluginId } from "@msteams-notifications/server/contract";
import { type RunningTenant, startTenant } from "@msteams-notifications/teams-simulator";
import { connectPerson } from "../src/connect-person.ts";
import { installPlugin } from "../src/install-plugin.ts";
import { MattermostRestClient } from "../src/mattermost/rest-client.ts";
import { administrator, password } from "../src/people.ts";
import { ready } from "../src/sandbox.ts";
import { seedTenant } from "../src/seed-tenant.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { ShiftingClock } from "./shifting-clock.ts";

/** One person whose messages are counted. */
export interface Reader {
  readonly username: string;
  readonly mattermostId: string;
  readonly teamsId: string;
  /** The bot's direct channel. */
  readonly channelId: string;
}

export interface Chat {
  readonly id: string;
  readonly writerId: string;
  readonly readers: readonly Reader[];
}

type MattermostNode = RunningMattermost["nodes"][number];

/** A cluster with the plugin on every node, a tenant, and readers who are away in Teams. */
export interface Installation extends AsyncDisposable {
  readonly postgres: LocalPostgres;
  readonly dataSource: string;
  readonly mattermost: RunningMattermost;
  readonly tenant: RunningTenant;
  readonly balancer: Balancer;
  /** Mattermost's. */
  readonly clock: ShiftingClock;
  readonly admin: MattermostRestClient;
  readonly readers: readonly Reader[];
  readonly chats: readonly Chat[];
}

export interface InstallationOptions {
  readonly nodes: number;
  readonly readers: number;
  readonly seed: number;
}

/** Everybody has a chat with the writer, and every four share a group. */
const groupSize = 4;

export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  await using opened = new AsyncDisposableStack();
  const postgres = opened.use(await startPostgres());
  const tenant = opened.use(await startTenant({ seed: options.seed }));
  const balancer = opened.use(await startBalancer());
  const clock = new ShiftingClock();
  const dataSource = await postgres.createDatabase("mattermost");
  const { nodes } = options;
  const mattermost = opened.use(
    await startMattermost({ dataSource, administrator, nodes, siteUrl: balancer.url, clock }),
  );
  balancer.targets = mattermost.nodes.map(({ url }) => url);
  const admin = await MattermostRestClient.signIn(balancer.url, administrator.username, password);
  await installPlugin(admin, tenant, seedTenant(tenant, [], balancer.url));
  for (const { url } of mattermost.nodes) await ready(new MattermostRestClient(url, admin.token));

  const bot = await admin.request<{ id: string }>("GET", "/api/v4/users/username/msteams");
  const readers: Reader[] = [];
  for (let number = 1; number <= options.readers; number += 1) {
    readers.push(await addReader(mattermost, tenant, balancer.url, bot.id, `reader-${number}`));
  }
  const chats = chatsOf(tenant, readers);
  const kept = opened.move();
  return {
    postgres,
    dataSource,
    mattermost,
    tenant,
    balancer,
    clock,
    admin,
    readers,
    chats,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function addReader(
  mattermost: RunningMattermost,
  tenant: RunningTenant,
  url: string,
  botId: string,
  username: string,
): Promise<Reader> {
  const email = `${username}@contoso.example`;
  const { directory, presences } = tenant.tenant;
  const teamsId = directory.addUser({ displayName: username, userPrincipalName: email, mail: email }).id;
  presences.set(teamsId, { availability: "Away" });
  const { id: mattermostId } = mattermost.addPerson({ username, email, password });
  const client = await MattermostRestClient.signIn(url, username, password);
  await connectPerson(client, email);
  const { id: channelId } = await client.directChannel(mattermostId, botId);
  return { username, mattermostId, teamsId, channelId };
}

function chatsOf({ tenant }: RunningTenant, readers: readonly Reader[]): Chat[] {
  const writerId = tenant.directory.addUser({ displayName: "Writer" }).id;
  const direct = readers.map((reader) => ({
    id: tenant.conversations.create({ chatType: "oneOnOne", memberIds: [writerId, reader.teamsId] }).id,
    writerId,
    readers: [reader],
  }));
  const groups: Chat[] = [];
  for (let first = 0; first + groupSize <= readers.length; first += groupSize) {
    const members = readers.slice(first, first + groupSize);
    const memberIds = [writerId, ...members.map(({ teamsId }) => teamsId)];
    const { id } = tenant.conversations.create({ chatType: "group", memberIds, topic: `Group ${first}` });
    groups.push({ id, writerId, readers: members });
  }
  return [...direct, ...groups];
}

/** The plugin's process on a node, `undefined` while it does not run there. */
export function pluginProcess(node: MattermostNode): number | undefined {
  return node.plugins.processOf(pluginId);
}

/**
 * Mattermost looks whether the plugin lives, and starts it again if not. The third failure within an hour stops it for
 * good; then an administrator saves any setting, which starts what is enabled and does not run.
 */
export async function startAgain({ mattermost }: Installation, node: MattermostNode): Promise<void> {
  await node.checkHealth();
  if (node.plugins.isRunning(pluginId)) return;
  const { configuration } = mattermost.system;
  const { SiteName: name } = configuration.current.TeamSettings;
  await configuration.patch({ TeamSettings: { SiteName: `${name}.` } });
}
