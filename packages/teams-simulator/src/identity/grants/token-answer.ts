import type { AppRegistration } from "../../tenant/app-registration.ts";
import type { User } from "../../tenant/user.ts";
import { EntraError } from "../entra-error.ts";
import { idTokenClaims } from "../id-token.ts";
import type { Realm } from "../realm.ts";
import { effectivePermissions, missingPermissions, type RequestedScopes } from "../scopes.ts";

/** A successful answer of the token endpoint. */
export interface TokenAnswer {
  readonly token_type: "Bearer";
  readonly scope?: string;
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  /** base64url JSON `{uid, utid}`; only for clients that ask with `client_info=1`, as MSAL does. */
  readonly client_info?: string;
}

export interface TokenSubject {
  readonly app: AppRegistration;
  readonly user: User;
  readonly scopes: RequestedScopes;
  readonly nonce: string | undefined;
  readonly sessionId: string;
  readonly wantsClientInfo: boolean;
}

/** Tokens for a person. Throws `consent-missing` when a permission is not granted (any more). */
export async function tokensForUser(subject: TokenSubject, realm: Realm): Promise<TokenAnswer> {
  const { app, user, scopes, sessionId } = subject;
  const [missing] = missingPermissions(scopes, app.grantedDelegatedScopes);
  if (missing !== undefined) throw new EntraError("consent-missing", missing);
  const permissions = effectivePermissions(scopes, app.grantedDelegatedScopes);
  const { token, expiresInSeconds } = realm.accessTokens.issue({
    kind: "user",
    clientId: app.clientId,
    oid: user.id,
    scopes: [...scopes.openid.filter((scope) => scope !== "offline_access"), ...permissions],
  });
  const named = scopes.all.filter((scope) => scope !== "offline_access");
  const clientInfo = { uid: user.id, utid: realm.tenant.id };
  return {
    token_type: "Bearer",
    scope: [...new Set([...named, ...permissions])].join(" "),
    expires_in: expiresInSeconds,
    ext_expires_in: expiresInSeconds,
    access_token: token,
    ...(scopes.openid.includes("offline_access") && {
      refresh_token: realm.refreshTokens.issue({
        clientId: app.clientId,
        userId: user.id,
        scopes,
        sessionId,
      }),
    }),
    ...(scopes.openid.includes("openid") && {
      id_token: await realm.keys.sign(
        idTokenClaims({ ...subject, clientId: app.clientId }, realm.tenant, realm.endpoints),
      ),
    }),
    ...(subject.wantsClientInfo && {
      client_info: Buffer.from(JSON.stringify(clientInfo)).toString("base64url"),
    }),
  };
}
