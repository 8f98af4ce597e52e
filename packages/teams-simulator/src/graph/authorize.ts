import type { AccessToken, AccessTokenVerifier } from "../tenant/tokens.ts";
import { GraphError } from "./graph-error.ts";
import type { Permissions } from "./route.ts";

const refusalTexts = {
  malformed: "IDX14100: JWT is not well formed.",
  signature: "Access token validation failure. Invalid signature.",
  expired: "Lifetime validation failed, the token is expired.",
  revoked: "Continuous access evaluation resulted in challenge: the token was revoked.",
  audience: "Access token validation failure. Invalid audience.",
} as const;

export function unauthorized(reason: keyof typeof refusalTexts): GraphError {
  const challenge =
    reason === "revoked"
      ? 'Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="'
      : 'Bearer realm="", error="invalid_token"';
  return new GraphError(401, "InvalidAuthenticationToken", refusalTexts[reason], {
    headers: { "WWW-Authenticate": challenge },
  });
}

/** The token of an `Authorization: Bearer` header, verified; throws Graph's 401 otherwise. */
export async function authenticate(
  header: string | undefined,
  verifier: AccessTokenVerifier,
): Promise<AccessToken> {
  const bearer = /^Bearer (.+)$/i.exec(header ?? "")?.[1];
  if (bearer === undefined) {
    throw new GraphError(401, "InvalidAuthenticationToken", "Access token is empty.", {
      headers: { "WWW-Authenticate": 'Bearer realm=""' },
    });
  }
  const token = await verifier.verifyAccessToken(bearer);
  if (token.kind === "refused") throw unauthorized(token.reason);
  return token;
}

/** Throws Graph's 403 unless the token holds one of the route's permissions. */
export function authorize(token: AccessToken, permissions: Permissions): void {
  const [wanted, held, kind] =
    token.kind === "app"
      ? [permissions.application, token.roles, "role"]
      : [permissions.delegated, token.scopes, "scope"];
  if (wanted.some((name) => held.includes(name))) return;
  throw missingPermissions(wanted, held, kind);
}

export function missingPermissions(
  wanted: readonly string[],
  held: readonly string[],
  kind: string,
): GraphError {
  const required =
    wanted.length === 0 ? "not available with this kind of token" : `one of '${wanted.join(", ")}'`;
  return new GraphError(
    403,
    "Forbidden",
    `Missing ${kind} permissions on the request. API requires ${required}. Permissions on the request: '${held.join(", ")}'.`,
  );
}
