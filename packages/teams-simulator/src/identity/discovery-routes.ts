import type { Context, Hono } from "hono";
import { readAuthority } from "./authority.ts";
import { EntraError } from "./entra-error.ts";
import type { Realm } from "./realm.ts";
import { answerEntraError } from "./token-route.ts";

// Metadata for many tenants carries this placeholder where a tenant's own carries its id.
const tenantPlaceholder = "{tenantid}";

function openidConfiguration(context: Context, realm: Realm) {
  realm.faults.strike("discovery");
  const authority = readAuthority(context.req.param("tenant") ?? "", realm.tenant);
  const issuerTenant = authority.kind === "tenant" ? realm.tenant.id : tenantPlaceholder;
  return realm.endpoints.openidConfiguration(authority.path, issuerTenant);
}

function instance(context: Context, realm: Realm) {
  realm.faults.strike("discovery");
  const asked = context.req.query("authorization_endpoint") ?? "";
  const endpoint = URL.parse(asked);
  if (endpoint?.origin !== new URL(realm.endpoints.loginUrl).origin)
    throw new EntraError("instance-unknown", asked);
  return realm.endpoints.instance(endpoint.pathname.split("/")[1] ?? "common");
}

/** OpenID discovery, MSAL's instance discovery, and the signing keys under their version 1 and version 2 addresses. */
export function addDiscoveryRoutes(app: Hono, realm: Realm): void {
  const json = (find: (context: Context) => unknown) => async (context: Context) => {
    try {
      context.header("access-control-allow-origin", "*");
      return context.json((await find(context)) as Record<string, unknown>);
    } catch (error) {
      return answerEntraError(context, error, realm);
    }
  };
  const keys = json((context) => {
    realm.faults.strike("keys");
    readAuthority(context.req.param("tenant") ?? "", realm.tenant);
    return realm.keys.jwks();
  });
  app.get(
    "/common/discovery/instance",
    json((context) => instance(context, realm)),
  );
  app.get(
    "/:tenant/v2.0/.well-known/openid-configuration",
    json((context) => openidConfiguration(context, realm)),
  );
  app.get("/:tenant/discovery/v2.0/keys", keys);
  app.get("/:tenant/discovery/keys", keys);
}
