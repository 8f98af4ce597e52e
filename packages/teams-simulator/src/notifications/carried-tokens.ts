import type { Clock } from "../tenant/clock.ts";
import type { ValidationTokenIssuer } from "../tenant/tokens.ts";

interface Carried {
  readonly token: string | Promise<string>;
  readonly untilMs: number;
}

/**
 * A validation token lives for an hour or more, so the publisher may put the same into many POSTs, as any client of Entra
 * keeps its tokens. Nobody documents whether it does: with `lastsMs` 0 each POST has a token of its own.
 */
export class CarriedTokens implements ValidationTokenIssuer {
  readonly #issuer: ValidationTokenIssuer;
  readonly #clock: Clock;
  readonly #lastsMs: () => number;
  readonly #carried = new Map<string, Carried>();

  /** `lastsMs` by the tenant's clock. */
  constructor(issuer: ValidationTokenIssuer, clock: Clock, lastsMs: () => number) {
    this.#issuer = issuer;
    this.#clock = clock;
    this.#lastsMs = lastsMs;
  }

  issueValidationToken(
    claims: Parameters<ValidationTokenIssuer["issueValidationToken"]>[0],
  ): string | Promise<string> {
    const key = `${claims.version} ${claims.audience}`;
    const now = this.#clock.now();
    const known = this.#carried.get(key);
    if (known !== undefined && now < known.untilMs) return known.token;
    const token = this.#issuer.issueValidationToken(claims);
    this.#carried.set(key, { token, untilMs: now + this.#lastsMs() });
    return token;
  }
}
