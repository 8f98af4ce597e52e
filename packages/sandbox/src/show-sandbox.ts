import type { Listening } from "./listen.ts";
import { startPageServer } from "./page-server.ts";
import { inMattermost, people } from "./people.ts";
import type { Sandbox } from "./sandbox.ts";

/** Serves the sandbox's page, which is also where links to Mattermost's web app lead. `port` 0 lets the system choose. */
export async function showSandbox({ tenant, mattermost, admin }: Sandbox, port: number): Promise<Listening> {
  const mattermostMembers = new Set(inMattermost());
  const page = await startPageServer({
    port,
    controlUrl: tenant.controlUrl,
    mattermostUrl: mattermost.url,
    admin,
    showsMattermost: true,
    people: people.map((person) => ({ ...person, inMattermost: mattermostMembers.has(person) })),
  });
  mattermost.system.webApp.url = page.url;
  return page;
}
