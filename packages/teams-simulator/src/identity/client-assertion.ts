import { createHash, X509Certificate } from "node:crypto";
import { decodeProtectedHeader, importX509, jwtVerify } from "jose";
import type { AppRegistration } from "../tenant/app-registration.ts";
import { EntraError } from "./entra-error.ts";

/** The only value of `client_assertion_type` (RFC 7523, section 2.2). */
export const jwtBearerAssertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

// Entra allows for clocks that differ by up to five minutes.
const toleratedSkewSeconds = 300;

/** How an assertion names its certificate: RS256 by SHA-1 (`x5t`), PS256 by SHA-256 (`x5t#S256`). */
function certificateNamed(
  assertion: string,
  app: AppRegistration,
): { readonly pem: string; readonly alg: string } {
  const header = decodeProtectedHeader(assertion);
  const byHash = header["x5t#S256"] ?? header.x5t;
  const hash = header["x5t#S256"] === undefined ? "sha1" : "sha256";
  if (typeof byHash !== "string" || (header.alg !== "PS256" && header.alg !== "RS256")) {
    throw new EntraError(
      "assertion-invalid",
      "The header names no certificate or another algorithm than PS256 and RS256",
    );
  }
  const named = app.certificates.find(({ pem }) => {
    const thumbprint = createHash(hash).update(new X509Certificate(pem).raw).digest("base64url");
    return thumbprint === byHash;
  });
  if (named === undefined)
    throw new EntraError("assertion-invalid", "The certificate is not registered for the application");
  return { pem: named.pem, alg: header.alg };
}

/**
 * Verifies a certificate's assertion (certificate-credentials): signature, `aud` one of the token endpoint's addresses,
 * `iss` = `sub` = client id, `jti` and `exp` present, times by `nowMs`. Throws `assertion-invalid`.
 */
export async function checkClientAssertion(
  assertion: string,
  app: AppRegistration,
  audiences: readonly string[],
  nowMs: number,
): Promise<void> {
  try {
    const { pem, alg } = certificateNamed(assertion, app);
    await jwtVerify(assertion, await importX509(pem, alg), {
      algorithms: [alg],
      audience: [...audiences],
      issuer: app.clientId,
      subject: app.clientId,
      requiredClaims: ["jti", "exp"],
      currentDate: new Date(nowMs),
      clockTolerance: toleratedSkewSeconds,
    });
  } catch (error) {
    if (error instanceof EntraError) throw error;
    throw new EntraError("assertion-invalid", error instanceof Error ? error.message : undefined, {
      cause: error,
    });
  }
}
