import type { Tenant } from "../tenant/tenant.ts";
import { EntraError } from "./entra-error.ts";
import type { CodeChallenge } from "./pkce.ts";
import type { RequestedScopes } from "./scopes.ts";

/** What a person agreed to at the authorize endpoint. */
export interface Authorization {
  readonly clientId: string;
  readonly userId: string;
  readonly redirectUri: string;
  readonly scopes: RequestedScopes;
  readonly nonce: string | undefined;
  readonly challenge: CodeChallenge | undefined;
  readonly sessionId: string;
}

interface StoredCode {
  readonly authorization: Authorization;
  readonly expiresAt: number;
  redeemed: boolean;
}

// "About 10 minutes" (v2-oauth2-auth-code-flow).
const codeLifeMs = 10 * 60_000;

/** Authorization codes: single use, ten minutes. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, StoredCode>();
  readonly #tenant: Pick<Tenant, "clock" | "randomness">;

  constructor(tenant: Pick<Tenant, "clock" | "randomness">) {
    this.#tenant = tenant;
  }

  issue(authorization: Authorization): string {
    const now = this.#tenant.clock.now();
    for (const [code, stored] of this.#codes) {
      // One more life after its end, so that a late code is refused as expired and not as unknown.
      if (stored.expiresAt + codeLifeMs <= now) this.#codes.delete(code);
    }
    const code = `1.${Buffer.from(this.#tenant.randomness.bytes(48)).toString("base64url")}`;
    this.#codes.set(code, { authorization, expiresAt: now + codeLifeMs, redeemed: false });
    return code;
  }

  /** The authorization behind `code`, which is used up by `redeem`. Throws `grant-malformed`, `grant-expired`, `code-replayed`. */
  find(code: string): { readonly authorization: Authorization; redeem(): void } {
    const stored = this.#codes.get(code);
    if (stored === undefined) throw new EntraError("grant-malformed");
    if (stored.redeemed) throw new EntraError("code-replayed");
    if (stored.expiresAt <= this.#tenant.clock.now()) throw new EntraError("grant-expired");
    return {
      authorization: stored.authorization,
      redeem: () => {
        stored.redeemed = true;
      },
    };
  }
}
