import { createHmac, timingSafeEqual } from "node:crypto";
import type { Tenant } from "../tenant/tenant.ts";
import type { AccessToken, AccessTokenRefusal, AccessTokenVerifier } from "../tenant/tokens.ts";
import type { Endpoints } from "./endpoints.ts";
import type { Revocations } from "./revocations.ts";

/** Whom an access token is for. */
export type AccessTokenSubject =
  | { readonly kind: "app"; readonly clientId: string; readonly roles: readonly string[] }
  | {
      readonly kind: "user";
      readonly clientId: string;
      readonly oid: string;
      readonly scopes: readonly string[];
    };

// configurable-token-lifetimes: a random life of 60 to 90 minutes.
const shortestLifeSeconds = 60 * 60;
const lifeSpreadSeconds = 30 * 60;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];

/**
 * Access tokens for Graph. They look like Entra's (three parts), but are signed with a key that nobody else has: a client
 * that tries to verify what it must treat as opaque fails here as it does with the real ones.
 */
export class AccessTokens implements AccessTokenVerifier {
  readonly #tenant: Pick<Tenant, "id" | "clock" | "randomness">;
  readonly #endpoints: Endpoints;
  readonly #revocations: Revocations;
  readonly #key: Uint8Array;

  constructor(
    tenant: Pick<Tenant, "id" | "clock" | "randomness">,
    endpoints: Endpoints,
    revocations: Revocations,
  ) {
    this.#tenant = tenant;
    this.#endpoints = endpoints;
    this.#revocations = revocations;
    this.#key = tenant.randomness.bytes(32);
  }

  issue(subject: AccessTokenSubject): { readonly token: string; readonly expiresInSeconds: number } {
    const { id, clock, randomness } = this.#tenant;
    const issuedAt = Math.floor(clock.now() / 1000);
    const expiresInSeconds =
      shortestLifeSeconds + Math.floor(randomness.fraction() * (lifeSpreadSeconds + 1));
    const claims = {
      aud: this.#endpoints.graphUrl,
      iss: this.#endpoints.v1Issuer(id),
      iat: issuedAt,
      nbf: issuedAt,
      exp: issuedAt + expiresInSeconds,
      appid: subject.clientId,
      tid: id,
      idtyp: subject.kind,
      uti: Buffer.from(randomness.bytes(16)).toString("base64url"),
      ver: "1.0",
      generation: this.#revocations.generation(subject.kind === "app" ? subject.clientId : subject.oid),
      ...(subject.kind === "app"
        ? subject.roles.length > 0 && { roles: subject.roles }
        : { oid: subject.oid, scp: subject.scopes.join(" ") }),
    };
    const signed = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(claims)}`;
    return { token: `${signed}.${this.#signature(signed).toString("base64url")}`, expiresInSeconds };
  }

  verifyAccessToken(token: string): AccessToken | AccessTokenRefusal {
    const [header, payload, signature, ...rest] = token.split(".");
    if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
      return { kind: "refused", reason: "malformed" };
    }
    const expected = this.#signature(`${header}.${payload}`);
    const actual = Buffer.from(signature, "base64url");
    if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
      return { kind: "refused", reason: "signature" };
    }
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown>;
    if (claims.aud !== this.#endpoints.graphUrl) return { kind: "refused", reason: "audience" };
    const expiresAt = Number(claims.exp) * 1000;
    if (expiresAt <= this.#tenant.clock.now()) return { kind: "refused", reason: "expired" };
    const clientId = String(claims.appid);
    const tenantId = String(claims.tid);
    const oid = claims.idtyp === "user" ? String(claims.oid) : undefined;
    if (claims.generation !== this.#revocations.generation(oid ?? clientId))
      return { kind: "refused", reason: "revoked" };
    return oid === undefined
      ? { kind: "app", clientId, tenantId, roles: strings(claims.roles), expiresAt }
      : { kind: "user", clientId, tenantId, oid, scopes: String(claims.scp).split(" "), expiresAt };
  }

  #signature(signed: string): Buffer {
    return createHmac("sha256", this.#key).update(signed).digest();
  }
}
