import type { AppRegistration } from "../../tenant/app-registration.ts";
import type { Authority } from "../authority.ts";
import { EntraError } from "../entra-error.ts";
import type { Realm } from "../realm.ts";
import { requiredParameter } from "../request-form.ts";
import { checkApplicationScope } from "../scopes.ts";
import type { TokenAnswer } from "./token-answer.ts";

/** `grant_type=client_credentials`: a token even without any granted role; no refresh token (v2-oauth2-client-creds-grant-flow). */
export function grantClientCredentials(
  form: URLSearchParams,
  app: AppRegistration,
  authority: Authority,
  realm: Realm,
): TokenAnswer {
  if (authority.kind === "many") throw new EntraError("app-token-on-common");
  checkApplicationScope(requiredParameter(form, "scope"), realm.endpoints.graphUrl);
  realm.faults.strike("token", { clientId: app.clientId, grantType: "client_credentials" });
  const { token, expiresInSeconds } = realm.accessTokens.issue({
    kind: "app",
    clientId: app.clientId,
    roles: app.grantedApplicationRoles,
  });
  return {
    token_type: "Bearer",
    expires_in: expiresInSeconds,
    ext_expires_in: expiresInSeconds,
    access_token: token,
  };
}
