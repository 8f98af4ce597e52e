import { startPostgres } from "@msteams-notifications/local-postgres";
import { type RunningMattermost, startMattermost } from "@msteams-notifications/mattermost-host";
import { paths, pluginId } from "@msteams-notifications/server/contract";
import { type RunningTenant, startTenant } from "@msteams-notifications/teams-simulator";
import { connectPerson } from "./connect-person.ts";
import { eventually } from "./eventually.ts";
import { installPlugin } from "./install-plugin.ts";
import { MattermostRestClient } from "./mattermost/rest-client.ts";
import { ada, administrator, inMattermost, password, people } from "./people.ts";
import { seedTenant } from "./seed-tenant.ts";

export interface SandboxOptions {
  /** Plugin settings besides those that name the tenant. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether Ada is connected at start. */
  readonly connected?: boolean;
}

/** A tenant, a database, a Mattermost with the plugin installed, and the people in both. */
export interface Sandbox extends AsyncDisposable {
  readonly tenant: RunningTenant;
  readonly mattermost: RunningMattermost;
  readonly admin: MattermostRestClient;
  /** Mattermost's database, with which one can do as Mattermost does. */
  readonly dataSource: string;
  signIn(username: string): Promise<MattermostRestClient>;
}

/** Starts everything on loopback addresses; disposing stops it and removes what it wrote. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  await using opened = new AsyncDisposableStack();
  const [postgres, tenant] = await Promise.all([startPostgres(), startTenant()]);
  opened.use(postgres);
  opened.use(tenant);
  const dataSource = await postgres.createDatabase("mattermost");
  const mattermost = opened.use(await startMattermost({ dataSource, administrator }));
  const admin = await MattermostRestClient.signIn(mattermost.url, administrator.username, password);
  for (const person of inMattermost()) {
    mattermost.addPerson({
      username: person.username,
      email: person.mattermostEmail ?? "",
      displayName: person.displayName,
      password,
    });
  }
  await installPlugin(admin, tenant, seedTenant(tenant, people, mattermost.url), options.settings);
  await ready(admin);

  const signIn = (username: string) => MattermostRestClient.signIn(mattermost.url, username, password);
  if (options.connected ?? true) await connectPerson(await signIn(ada.username), ada.teamsEmail);
  const kept = opened.move();
  return { tenant, mattermost, admin, dataSource, signIn, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Resolves when the plugin has read its settings and can connect people. */
export async function ready(client: MattermostRestClient): Promise<void> {
  await eventually("the plugin to be set up", async () => {
    const answer = await client
      .request<{ state: string }>("GET", `/plugins/${pluginId}${paths.connection}`)
      .catch(() => undefined);
    return answer !== undefined && answer.state !== "not-set-up" ? answer : undefined;
  });
}
