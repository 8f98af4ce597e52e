import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pluginId } from "@msteams-notifications/server/contract";
import type { RunningTenant } from "@msteams-notifications/teams-simulator";
import type { MattermostRestClient } from "./mattermost/rest-client.ts";
import type { AppCredentials } from "./seed-tenant.ts";

const builtFolder = fileURLToPath(new URL("../../../dist/local", import.meta.url));

/** The bundle that `bun scripts/bundle.ts --local` built. */
export function localBundle(): string {
  const name = existsSync(builtFolder)
    ? readdirSync(builtFolder).find((each) => each.endsWith(".tar.gz"))
    : undefined;
  if (name === undefined)
    throw new Error("The plugin is not built. Run: npm start (or bun scripts/bundle.ts --local)");
  return join(builtFolder, name);
}

/** Uploads, enables and configures the plugin, as an administrator does in the System Console; the local build unless given. */
export async function installPlugin(
  admin: MattermostRestClient,
  tenant: RunningTenant,
  app: AppCredentials,
  settings: Readonly<Record<string, unknown>> = {},
  bundle = localBundle(),
): Promise<void> {
  await admin.uploadPlugin(bundle);
  await admin.enablePlugin(pluginId);
  await admin.configurePlugin(pluginId, {
    cloud: "custom",
    loginurl: tenant.loginUrl,
    graphurl: tenant.graphUrl,
    teamsurl: tenant.teamsUrl,
    tenantid: app.tenantId,
    clientid: app.clientId,
    clientsecret: app.clientSecret,
    // Off by default elsewhere; here it is to be seen.
    copyattachments: true,
    ...settings,
  });
}
