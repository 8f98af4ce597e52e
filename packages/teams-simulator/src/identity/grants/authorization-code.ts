import type { AppRegistration } from "../../tenant/app-registration.ts";
import { activeUser } from "../account-state.ts";
import { EntraError } from "../entra-error.ts";
import { checkCodeVerifier } from "../pkce.ts";
import type { Realm } from "../realm.ts";
import { requiredParameter } from "../request-form.ts";
import { readScopes } from "../scopes.ts";
import { type TokenAnswer, tokensForUser } from "./token-answer.ts";

/** `grant_type=authorization_code` (v2-oauth2-auth-code-flow). A failed attempt does not use the code up. */
export async function redeemAuthorizationCode(
  form: URLSearchParams,
  app: AppRegistration,
  realm: Realm,
): Promise<TokenAnswer> {
  const { authorization, redeem } = realm.codes.find(requiredParameter(form, "code"));
  if (authorization.clientId !== app.clientId) throw new EntraError("grant-foreign", app.clientId);
  const redirectUri = requiredParameter(form, "redirect_uri");
  if (redirectUri !== authorization.redirectUri) throw new EntraError("reply-address-differs", redirectUri);
  checkCodeVerifier(authorization.challenge, form.get("code_verifier") ?? undefined);
  realm.faults.strike("token", {
    clientId: app.clientId,
    userId: authorization.userId,
    grantType: "authorization_code",
  });
  const user = activeUser(authorization.userId, realm);
  const asked = form.get("scope");
  const answer = await tokensForUser(
    {
      app,
      user,
      // The openid scopes are those that the person saw; the token request narrows the permissions only.
      scopes:
        asked === null || asked === ""
          ? authorization.scopes
          : narrowed(authorization.scopes, readScopes(asked, realm.endpoints.graphUrl)),
      nonce: authorization.nonce,
      sessionId: authorization.sessionId,
      wantsClientInfo: form.get("client_info") === "1",
    },
    realm,
  );
  redeem();
  return answer;
}

function narrowed(
  agreed: ReturnType<typeof readScopes>,
  asked: ReturnType<typeof readScopes>,
): ReturnType<typeof readScopes> {
  return {
    all: [...agreed.all.filter((scope) => agreed.openid.includes(scope.toLowerCase())), ...asked.permissions],
    openid: agreed.openid,
    permissions: asked.permissions.length > 0 ? asked.permissions : agreed.permissions,
  };
}
