import type { RunningTenant } from "@msteams-notifications/teams-simulator";
import { Browser, chooseAccount } from "@msteams-notifications/teams-simulator/testing";
import { fileScopes } from "../adapters/graph/reader-tokens.ts";
import { EntraSignIn } from "../adapters/graph/sign-in.ts";
import type { Database } from "../adapters/postgres/database.ts";
import { PostgresFileGrants } from "../adapters/postgres/file-grants.ts";
import { SecretBox } from "../adapters/postgres/secret-box.ts";
import type { Config } from "../config.ts";
import type { Connection } from "../domain/connection.ts";

const redirectUri = "https://chat.example.com/finish";

/** A person agrees at Microsoft that their files are read as them, and what they agreed to is stored. */
export async function agreeToFiles(
  { config, database }: { readonly config: Config; readonly database: Database },
  tenant: RunningTenant,
  { userId, teamsUserId, connectedAtMs }: Connection,
): Promise<void> {
  const app = tenant.tenant.directory.app(config.clientId);
  app.redirectUris = [redirectUri];
  app.grantedDelegatedScopes = ["openid", "profile", "email", "Files.Read.All"];
  const { loginUrl, graphUrl } = tenant;
  const { tenantId, clientId, clientSecret } = config;
  const entra = { loginUrl, graphUrl, tenantId, clientId, clientSecret };
  const signIn = new EntraSignIn({ ...entra, furtherScopes: fileScopes(entra) });
  const secrets = { nonce: "nonce", codeVerifier: "v".repeat(43), redirectUri };
  const url = await signIn.authorizationUrl({ ...secrets, state: "state" });
  const browser = new Browser((request) => fetch(request));
  const back = await chooseAccount(browser, url, tenant.tenant.directory.user(teamsUserId).displayName);
  const code = back.searchParams.get("code") ?? "";
  const { refreshToken } = await signIn.redeem({ ...secrets, code });
  if (refreshToken === undefined) throw new Error("Microsoft gave no refresh token.");
  const grants = new PostgresFileGrants(database, new SecretBox(config.encryptionKey));
  await grants.put(userId, { refreshToken, grantedAtMs: connectedAtMs });
}
