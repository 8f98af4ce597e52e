import type { AppRegistration } from "../tenant/app-registration.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { EntraError } from "./entra-error.ts";

/** What the first path segment of a request names. */
export type Authority =
  | { readonly kind: "tenant"; readonly path: string }
  | { readonly kind: "many"; readonly path: string };

const authoritiesForMany: readonly string[] = ["common", "organizations", "consumers"];

/** Reads the tenant segment: id, domain, or one of the authorities for many tenants. Throws `tenant-unknown`. */
export function readAuthority(segment: string, tenant: Pick<Tenant, "id" | "domain">): Authority {
  const path = segment.toLowerCase();
  if (authoritiesForMany.includes(path)) return { kind: "many", path };
  if (path === tenant.id.toLowerCase() || path === tenant.domain.toLowerCase())
    return { kind: "tenant", path: tenant.id };
  throw new EntraError("tenant-unknown", segment);
}

/** The enabled registration of `clientId`, usable at `authority`. Throws `app-absent`, `app-disabled`, `app-single-tenant`. */
export function readApp(
  clientId: string,
  authority: Authority,
  tenant: Pick<Tenant, "directory">,
): AppRegistration {
  const app = tenant.directory.findApp(clientId);
  if (app === undefined) throw new EntraError("app-absent", clientId);
  if (!app.enabled) throw new EntraError("app-disabled", clientId);
  if (authority.kind === "many" && app.signInAudience !== "AzureADMultipleOrgs") {
    throw new EntraError("app-single-tenant", clientId);
  }
  return app;
}
