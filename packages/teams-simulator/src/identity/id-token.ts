import { createHash } from "node:crypto";
import type { JWTPayload } from "jose";
import type { Tenant } from "../tenant/tenant.ts";
import type { User } from "../tenant/user.ts";
import type { Endpoints } from "./endpoints.ts";
import type { RequestedScopes } from "./scopes.ts";

// configurable-token-lifetimes: an id token lives for one hour.
const idTokenLifeSeconds = 60 * 60;

export interface IdTokenSubject {
  readonly user: User;
  readonly clientId: string;
  readonly scopes: RequestedScopes;
  readonly nonce: string | undefined;
  readonly sessionId: string;
}

/** The same person has another `sub` in each app, so that apps cannot compare notes. */
function pairwiseSubject(userId: string, clientId: string): string {
  return createHash("sha256").update(`${clientId}\n${userId}`).digest("base64url");
}

/** Claims of a version 2.0 id token (id-token-claims-reference): `oid` and names need `profile`; guests carry their address unasked. */
export function idTokenClaims(
  subject: IdTokenSubject,
  tenant: Pick<Tenant, "id" | "clock" | "randomness">,
  endpoints: Endpoints,
): JWTPayload {
  const { user, clientId, scopes } = subject;
  const issuedAt = Math.floor(tenant.clock.now() / 1000);
  const asked = (scope: string): boolean => scopes.openid.includes(scope);
  const guest = user.userType === "Guest";
  const withEmail = user.mail !== null && (guest || asked("email"));
  return {
    ver: "2.0",
    iss: endpoints.v2Issuer(tenant.id),
    sub: pairwiseSubject(user.id, clientId),
    aud: clientId,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + idTokenLifeSeconds,
    tid: tenant.id,
    sid: subject.sessionId,
    uti: Buffer.from(tenant.randomness.bytes(16)).toString("base64url"),
    ...(asked("profile") && {
      oid: user.id,
      name: user.displayName,
      preferred_username: user.userPrincipalName,
    }),
    ...(withEmail && { email: user.mail }),
    ...(withEmail && user.mailDomainVerified !== undefined && { xms_edov: user.mailDomainVerified }),
    ...(guest && { idp: user.homeIdentityProvider ?? "live.com" }),
    ...(subject.nonce !== undefined && { nonce: subject.nonce }),
  };
}
