import type { User } from "../tenant/user.ts";
import { Browser, chooseAccount } from "./browser.ts";
import type { Contoso } from "./contoso.ts";

const redirectUri = "https://app.example/complete";

/** An access token of a person who signs in to the app, with the code flow as a browser walks it. */
export async function tokenOf(tenant: Contoso, person: User, scopes: readonly string[]): Promise<string> {
  const app = tenant.tenant.directory.app(tenant.clientId);
  app.redirectUris = [redirectUri];
  app.grantedDelegatedScopes = [...scopes];
  const scope = scopes.map((name) => `${tenant.graphUrl}/${name}`).join(" ");
  const authorize = new URL(`${tenant.loginUrl}/${tenant.tenantId}/oauth2/v2.0/authorize`);
  const client = { client_id: tenant.clientId, redirect_uri: redirectUri, scope };
  authorize.search = new URLSearchParams({ ...client, response_type: "code" }).toString();
  const back = await chooseAccount(new Browser((request) => fetch(request)), authorize, person.displayName);
  const answer = await fetch(`${tenant.loginUrl}/${tenant.tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      ...client,
      grant_type: "authorization_code",
      client_secret: "contoso-secret",
      code: back.searchParams.get("code") ?? "",
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}
