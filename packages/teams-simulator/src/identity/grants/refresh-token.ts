import type { AppRegistration } from "../../tenant/app-registration.ts";
import { activeUser } from "../account-state.ts";
import type { Realm } from "../realm.ts";
import { requiredParameter } from "../request-form.ts";
import { readScopes } from "../scopes.ts";
import { type TokenAnswer, tokensForUser } from "./token-answer.ts";

/** `grant_type=refresh_token`: always answers a new refresh token, whether `offline_access` is repeated or not. */
export async function redeemRefreshToken(
  form: URLSearchParams,
  app: AppRegistration,
  realm: Realm,
): Promise<TokenAnswer> {
  const grant = realm.refreshTokens.redeem(requiredParameter(form, "refresh_token"), app.clientId);
  realm.faults.strike("token", { clientId: app.clientId, userId: grant.userId, grantType: "refresh_token" });
  const user = activeUser(grant.userId, realm);
  const asked = form.get("scope");
  const scopes = asked === null || asked === "" ? grant.scopes : readScopes(asked, realm.endpoints.graphUrl);
  return tokensForUser(
    {
      app,
      user,
      scopes: { ...scopes, openid: [...new Set([...scopes.openid, "offline_access"])] },
      nonce: undefined,
      sessionId: grant.sessionId,
      wantsClientInfo: form.get("client_info") === "1",
    },
    realm,
  );
}
