import type { JWTPayload } from "jose";
import type { Tenant } from "../tenant/tenant.ts";
import type { Endpoints } from "./endpoints.ts";

/** Application id of Microsoft Graph Change Tracking, which publishes notifications in every tenant. */
export const changeTrackingAppId = "0bf30f3b-4a52-48df-9a82-234910c4a086";

// The tokens shown in Microsoft's documentation live for an hour or more; the shortest life is the strictest test.
const validationTokenLifeSeconds = 60 * 60;

/** Claims of the token that rich notifications carry: publisher in `appid` (1.0) or `azp` (2.0), audience = the subscriber's client id. */
export function validationTokenClaims(
  claims: { readonly audience: string; readonly version: "1.0" | "2.0" },
  servicePrincipalId: string,
  tenant: Pick<Tenant, "id" | "clock" | "randomness">,
  endpoints: Endpoints,
): JWTPayload {
  const issuedAt = Math.floor(tenant.clock.now() / 1000);
  const shared = {
    aud: claims.audience,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + validationTokenLifeSeconds,
    oid: servicePrincipalId,
    sub: servicePrincipalId,
    tid: tenant.id,
    uti: Buffer.from(tenant.randomness.bytes(16)).toString("base64url"),
    ver: claims.version,
  };
  if (claims.version === "2.0") {
    return { ...shared, iss: endpoints.v2Issuer(tenant.id), azp: changeTrackingAppId, azpacr: "2" };
  }
  const issuer = endpoints.v1Issuer(tenant.id);
  return { ...shared, iss: issuer, idp: issuer, appid: changeTrackingAppId, appidacr: "2" };
}
