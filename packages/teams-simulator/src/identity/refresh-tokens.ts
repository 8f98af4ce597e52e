import type { Tenant } from "../tenant/tenant.ts";
import { EntraError } from "./entra-error.ts";
import type { Revocations } from "./revocations.ts";
import type { RequestedScopes } from "./scopes.ts";

/** What a refresh token renews: bound to person and client, not to a resource. */
export interface RefreshGrant {
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: RequestedScopes;
  readonly sessionId: string;
}

interface StoredGrant extends RefreshGrant {
  readonly issuedAt: number;
  readonly generation: number;
}

// refresh-tokens: 90 days of inactivity, no maximum age. Each token given out starts its own 90 days.
const refreshTokenLifeMs = 90 * 24 * 60 * 60_000;

/** Refresh tokens. Using one gives a new one and leaves the old one alive, as Entra does. */
export class RefreshTokens {
  readonly #grants = new Map<string, StoredGrant>();
  readonly #tenant: Pick<Tenant, "clock" | "randomness">;
  readonly #revocations: Revocations;

  constructor(tenant: Pick<Tenant, "clock" | "randomness">, revocations: Revocations) {
    this.#tenant = tenant;
    this.#revocations = revocations;
  }

  issue(grant: RefreshGrant): string {
    const token = `1.${Buffer.from(this.#tenant.randomness.bytes(96)).toString("base64url")}`;
    const generation = this.#revocations.generation(grant.userId);
    this.#grants.set(token, { ...grant, issuedAt: this.#tenant.clock.now(), generation });
    return token;
  }

  /** Throws `grant-malformed`, `grant-foreign` (another client's), `grant-revoked`, `refresh-token-idle`. */
  redeem(token: string, clientId: string): RefreshGrant {
    const grant = this.#grants.get(token);
    if (grant === undefined) throw new EntraError("grant-malformed");
    if (grant.clientId !== clientId) throw new EntraError("grant-foreign");
    if (grant.generation !== this.#revocations.generation(grant.userId))
      throw new EntraError("grant-revoked");
    if (grant.issuedAt + refreshTokenLifeMs <= this.#tenant.clock.now())
      throw new EntraError("refresh-token-idle");
    return grant;
  }
}
