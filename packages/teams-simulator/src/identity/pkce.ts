import { createHash, timingSafeEqual } from "node:crypto";
import { EntraError } from "./entra-error.ts";

/** A code challenge (RFC 7636, section 4.3); without a method it is `plain`. */
export interface CodeChallenge {
  readonly method: "S256" | "plain";
  readonly value: string;
}

// RFC 7636, section 4.2: 43 to 128 unreserved characters, for the challenge as for the verifier.
const challengeShape = /^[A-Za-z0-9\-._~]{43,128}$/;

/** Reads the two parameters of the authorize request. Throws `challenge-method-unknown` or `challenge-malformed`. */
export function readCodeChallenge(
  value: string | undefined,
  method: string | undefined,
): CodeChallenge | undefined {
  if (method !== undefined && method !== "S256" && method !== "plain") {
    throw new EntraError("challenge-method-unknown", method);
  }
  if (value === undefined) {
    if (method !== undefined) throw new EntraError("challenge-malformed");
    return undefined;
  }
  if (!challengeShape.test(value)) throw new EntraError("challenge-malformed");
  return { method: method ?? "plain", value };
}

/** Throws `verifier-mismatch` unless `verifier` is the one behind `challenge`, `verifier-unexpected` where none was announced. */
export function checkCodeVerifier(challenge: CodeChallenge | undefined, verifier: string | undefined): void {
  if (challenge === undefined) {
    if (verifier !== undefined) throw new EntraError("verifier-unexpected");
    return;
  }
  if (verifier === undefined) throw new EntraError("verifier-mismatch");
  const expected = Buffer.from(challenge.value);
  const actual = Buffer.from(
    challenge.method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url"),
  );
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual))
    throw new EntraError("verifier-mismatch");
}
