import { type RunningTenant, startTenant } from "@msteams-notifications/teams-simulator";
import { installPlugin } from "./install-plugin.ts";
import { MattermostRestClient, type RestUser } from "./mattermost/rest-client.ts";
import { type Person, people } from "./people.ts";
import { ready } from "./sandbox.ts";
import { seedTenant } from "./seed-tenant.ts";

export interface RealServer extends AsyncDisposable {
  readonly tenant: RunningTenant;
  readonly admin: MattermostRestClient;
  readonly people: readonly Person[];
}

/** Enough to try the plugin with; the simulated tenant is no copy of the organisation. */
const maxAccounts = 20;

/**
 * The simulated tenant beside a real Mattermost: people who are there get a Teams account with the same address. The server
 * must be able to reach this machine's loopback addresses, so it runs here too. The plugin stays installed.
 */
export async function startBesideRealServer(url: string, token: string): Promise<RealServer> {
  const admin = new MattermostRestClient(url, token);
  const siteUrl = await siteUrlOf(admin);
  const users = await admin.request<readonly RestUser[]>(
    "GET",
    `/api/v4/users?per_page=${maxAccounts}&active=true`,
  );
  const accounts = [...users.filter((user) => user.is_bot !== true).map(accountOf), ...colleagues()];
  await using opened = new AsyncDisposableStack();
  const tenant = opened.use(await startTenant());
  await installPlugin(admin, tenant, seedTenant(tenant, accounts, siteUrl));
  await ready(admin);
  const kept = opened.move();
  return { tenant, admin, people: accounts, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function siteUrlOf(admin: MattermostRestClient): Promise<string> {
  const config = await admin.request<{ ServiceSettings: { SiteURL?: string } }>("GET", "/api/v4/config");
  const siteUrl = config.ServiceSettings.SiteURL ?? "";
  if (siteUrl === "") {
    throw new Error(
      "Mattermost's Site URL is empty. Set it under System Console > Environment > Web Server.",
    );
  }
  return siteUrl.replace(/\/+$/, "");
}

function accountOf(user: RestUser): Person {
  const displayName = `${user.first_name} ${user.last_name}`.trim() || user.username;
  return {
    username: user.username,
    displayName,
    teamsEmail: user.email,
    mattermostEmail: user.email,
    role: "in your Mattermost",
  };
}

function colleagues(): readonly Person[] {
  return people.filter((person) => person.mattermostEmail === undefined);
}
