import type { Context, Hono } from "hono";
import type { AppRegistration } from "../tenant/app-registration.ts";
import { readAuthority } from "./authority.ts";
import { showError } from "./authorize-route.ts";
import { entraCase } from "./entra-cases.ts";
import { EntraError, entraErrorBody } from "./entra-error.ts";
import { adminConsentPage } from "./pages/consent.ts";
import type { Realm } from "./realm.ts";
import { readForm, requiredParameter } from "./request-form.ts";
import { missingPermissions, readScopes } from "./scopes.ts";

interface AdminConsentRequest {
  readonly app: AppRegistration;
  readonly redirectUri: string;
  /** Absent on the version 1 endpoint, which grants everything that the registration asks for. */
  readonly scope: string | undefined;
  readonly roles: readonly string[];
  readonly delegated: readonly string[];
}

/** Any app may ask here, by tenant or `organizations`; `.default` is what application permissions need (v2-admin-consent). */
function readRequest(context: Context, version: 1 | 2, realm: Realm): AdminConsentRequest {
  const parameters = new URL(context.req.url).searchParams;
  readAuthority(context.req.param("tenant") ?? "", realm.tenant);
  const clientId = requiredParameter(parameters, "client_id");
  const app = realm.tenant.directory.findApp(clientId);
  if (app === undefined) throw new EntraError("app-absent", clientId);
  const redirectUri = requiredParameter(parameters, "redirect_uri");
  if (!app.redirectUris.includes(redirectUri)) throw new EntraError("redirect-mismatch", redirectUri);
  const scope = version === 2 ? requiredParameter(parameters, "scope") : undefined;
  const scopes = scope === undefined ? undefined : readScopes(scope, realm.endpoints.graphUrl);
  const everything = scopes === undefined || scopes.permissions.includes(".default");
  const asked = app.requestedApplicationRoles ?? [];
  return {
    app,
    redirectUri,
    scope,
    roles: everything ? asked.filter((role) => !app.grantedApplicationRoles.includes(role)) : [],
    delegated: scopes === undefined ? [] : missingPermissions(scopes, app.grantedDelegatedScopes),
  };
}

function goBack(context: Context, request: AdminConsentRequest, realm: Realm, error?: EntraError): Response {
  const back = new URL(request.redirectUri);
  // The real endpoint says admin_consent=True on failure too; only `error` tells them apart.
  back.searchParams.set("admin_consent", "True");
  back.searchParams.set("tenant", realm.tenant.id);
  if (request.scope !== undefined) back.searchParams.set("scope", request.scope);
  const state = context.req.query("state");
  if (state !== undefined) back.searchParams.set("state", state);
  if (error !== undefined) {
    const body = entraErrorBody(error, realm.tenant, realm.endpoints.loginUrl);
    back.searchParams.set("error", entraCase(error.code).redirectError ?? body.error);
    back.searchParams.set("error_description", body.error_description);
  }
  return context.redirect(back.href, 302);
}

/** `/{tenant}/v2.0/adminconsent` and the version 1 form `/{tenant}/adminconsent`. */
export function addAdminConsentRoutes(app: Hono, realm: Realm): void {
  const show = (version: 1 | 2) => (context: Context) => {
    try {
      const request = readRequest(context, version, realm);
      const { pathname, search } = new URL(context.req.url);
      const permissions = [...request.roles, ...request.delegated];
      const appName = request.app.displayName;
      return context.html(
        adminConsentPage({
          appName,
          action: `${pathname}${search}`,
          organisation: realm.tenant.domain,
          permissions,
        }),
      );
    } catch (error) {
      return showError(context, error, realm);
    }
  };
  const decide = (version: 1 | 2) => async (context: Context) => {
    try {
      const request = readRequest(context, version, realm);
      const form = await readForm(context.req.raw);
      if (form.get("step") !== "accept")
        return goBack(context, request, realm, new EntraError("consent-declined"));
      request.app.grantedApplicationRoles.push(...request.roles);
      request.app.grantedDelegatedScopes.push(...request.delegated);
      return goBack(context, request, realm);
    } catch (error) {
      return showError(context, error, realm);
    }
  };
  app.get("/:tenant/v2.0/adminconsent", show(2));
  app.post("/:tenant/v2.0/adminconsent", decide(2));
  app.get("/:tenant/adminconsent", show(1));
  app.post("/:tenant/adminconsent", decide(1));
}
