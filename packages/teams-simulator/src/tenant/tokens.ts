import type { Tenant } from "./tenant.ts";

/** What a valid access token for Graph says; `expiresAt` in epoch milliseconds. */
export type AccessToken =
  | {
      readonly kind: "app";
      readonly clientId: string;
      readonly tenantId: string;
      readonly roles: readonly string[];
      readonly expiresAt: number;
    }
  | {
      readonly kind: "user";
      readonly clientId: string;
      readonly tenantId: string;
      readonly oid: string;
      readonly scopes: readonly string[];
      readonly expiresAt: number;
    };

/** Why a token is refused; Graph answers 401 `InvalidAuthenticationToken` for each. */
export type AccessTokenRefusal = {
  readonly kind: "refused";
  readonly reason: "malformed" | "signature" | "expired" | "revoked" | "audience";
};

/** Reads an access token that the tenant's identity part issued. */
export interface AccessTokenVerifier {
  verifyAccessToken(
    token: string,
  ): AccessToken | AccessTokenRefusal | Promise<AccessToken | AccessTokenRefusal>;
}

/** Issues the JWT that rich notifications carry; `audience` is the subscriber's client id, its key is in the login host's JWKS. */
export interface ValidationTokenIssuer {
  issueValidationToken(claims: {
    readonly audience: string;
    readonly version: "1.0" | "2.0";
  }): string | Promise<string>;
}

/** The login listener's part: answers its requests and is the authority on tokens. */
export interface Identity extends AccessTokenVerifier, ValidationTokenIssuer, Partial<Disposable> {
  fetch(request: Request): Response | Promise<Response>;
}

/** What the identity part is given; the listener is already bound, so `loginUrl` is final (no trailing slash). */
export interface IdentityOptions {
  readonly tenant: Tenant;
  readonly loginUrl: string;
  readonly graphUrl: string;
}
