import { Hono } from "hono";
import type { AccessToken, AccessTokenRefusal, Identity, IdentityOptions } from "../tenant/tokens.ts";
import { AccessTokens } from "./access-tokens.ts";
import { addAdminConsentRoutes } from "./admin-consent-routes.ts";
import { AuthorizationCodes } from "./authorization-codes.ts";
import { addAuthorizeRoutes } from "./authorize-route.ts";
import { addDiscoveryRoutes } from "./discovery-routes.ts";
import { Endpoints } from "./endpoints.ts";
import { addErrorNumberRoute } from "./error-number-route.ts";
import { IdentityFaults } from "./faults.ts";
import { addLogoutRoute } from "./logout-route.ts";
import type { Realm, UserConsent } from "./realm.ts";
import { RefreshTokens } from "./refresh-tokens.ts";
import { Revocations } from "./revocations.ts";
import { SignInSessions } from "./sign-in-sessions.ts";
import { SigningKeys } from "./signing-keys.ts";
import { addTokenRoute } from "./token-route.ts";
import { validationTokenClaims } from "./validation-token.ts";

export interface EntraIdentityOptions extends IdentityOptions {
  /** Where version 1.0 issuers live, without trailing slash; `https://sts.windows.net` unless given. */
  readonly v1IssuerUrl?: string;
}

/**
 * A tenant's Entra ID: the login host's routes, and the authority on access and validation tokens. Everything it refuses
 * carries the numbers of `entra-cases.ts`; `faults` makes it refuse on purpose. It holds no timers and no sockets.
 */
export class EntraIdentity implements Identity {
  readonly #realm: Realm;
  readonly #app = new Hono();
  readonly #changeTrackingPrincipalId: string;

  constructor(options: EntraIdentityOptions) {
    const { tenant } = options;
    const endpoints = new Endpoints(options.loginUrl, options.graphUrl, options.v1IssuerUrl);
    const revocations = new Revocations();
    this.#realm = {
      tenant,
      endpoints,
      revocations,
      keys: new SigningKeys(tenant.randomness, endpoints.v2Issuer("{tenantid}")),
      codes: new AuthorizationCodes(tenant),
      refreshTokens: new RefreshTokens(tenant, revocations),
      accessTokens: new AccessTokens(tenant, endpoints, revocations),
      sessions: new SignInSessions(tenant),
      faults: new IdentityFaults(),
      userConsent: "allowed",
    };
    this.#changeTrackingPrincipalId = tenant.randomness.guid();
    addDiscoveryRoutes(this.#app, this.#realm);
    addTokenRoute(this.#app, this.#realm);
    addAuthorizeRoutes(this.#app, this.#realm);
    addLogoutRoute(this.#app, this.#realm);
    addAdminConsentRoutes(this.#app, this.#realm);
    addErrorNumberRoute(this.#app);
    this.#app.notFound((context) =>
      context.json({ error: "not_simulated", route: `${context.req.method} ${context.req.path}` }, 501),
    );
  }

  /** The routes registered, for comparison with the coverage table. */
  get routes(): readonly { readonly method: string; readonly path: string }[] {
    return this.#app.routes.map(({ method, path }) => ({ method, path }));
  }

  get faults(): IdentityFaults {
    return this.#realm.faults;
  }

  get keys(): SigningKeys {
    return this.#realm.keys;
  }

  set userConsent(consent: UserConsent) {
    this.#realm.userConsent = consent;
  }

  /** Voids every refresh and access token of that person (object id) or app (client id) given out so far. */
  revokeTokens(subjectId: string): void {
    this.#realm.revocations.revoke(subjectId);
  }

  fetch(request: Request): Response | Promise<Response> {
    return this.#app.fetch(request);
  }

  verifyAccessToken(token: string): AccessToken | AccessTokenRefusal {
    return this.#realm.accessTokens.verifyAccessToken(token);
  }

  issueValidationToken(claims: {
    readonly audience: string;
    readonly version: "1.0" | "2.0";
  }): Promise<string> {
    const { tenant, endpoints, keys } = this.#realm;
    return keys.sign(validationTokenClaims(claims, this.#changeTrackingPrincipalId, tenant, endpoints));
  }
}

/** Makes the identity part of a tenant. */
export function createIdentity(options: EntraIdentityOptions): EntraIdentity {
  return new EntraIdentity(options);
}
