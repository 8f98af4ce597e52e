import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from "jose";
import type { Clock } from "../../application/clock.ts";
import type { ValidationTokens } from "../../application/notifications/validation-tokens.ts";
import { PermanentFailure, TemporaryFailure } from "../../application/work-failure.ts";
import { type EntraClientSettings, isLoopback } from "./entra-client.ts";

/** Microsoft Graph Change Tracking, the only publisher of notifications in every tenant (change-notifications-with-resource-data). */
const publisherAppId = "0bf30f3b-4a52-48df-9a82-234910c4a086";

/** Where issuers of version 1.0 tokens live: the worldwide and US clouds, and China. */
const v1IssuerHosts: readonly string[] = ["https://sts.windows.net", "https://sts.chinacloudapi.cn"];

/** Microsoft's keys change often and without notice; an unknown key id is looked up anew at most this often. */
const keyLookupPauseMs = 30_000;

/**
 * Graph repeats a request for four hours (facts, section 3), and the token in it may have ended meanwhile; besides, two
 * clocks may differ by five minutes, as Microsoft's own libraries allow. A token says who sent the request: what an older
 * one brings was received before, and is known by its key.
 */
export const clockToleranceSeconds = 4 * 3_600 + 300;

/** Some kilobytes each. There is one for each tenant and hour. */
const maxGoodTokens = 100;

/** Why a notification's token is not Microsoft's word for it. The reason of the {@link PermanentFailure}. */
export type ValidationTokenRefusal =
  | "validation-token-missing"
  | "validation-token-malformed"
  | "validation-token-signature"
  | "validation-token-expired"
  | "validation-token-audience"
  | "validation-token-issuer"
  | "validation-token-publisher"
  | "validation-token-tenant";

function refused(reason: ValidationTokenRefusal, what: string, cause?: unknown): PermanentFailure {
  return new PermanentFailure(reason, `A notification was refused: ${what}.`, { cause });
}

const lowerCase = (value: unknown): string => (typeof value === "string" ? value.toLowerCase() : "");

function ofJose(error: unknown): Error {
  if (error instanceof errors.JWTExpired)
    return refused("validation-token-expired", "its token has expired", error);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "tid") return refused("validation-token-tenant", "its token names no tenant", error);
    return error.claim === "aud"
      ? refused("validation-token-audience", "its token is for another application", error)
      : refused(
          "validation-token-expired",
          `its token's claim ${error.claim} is missing or out of time`,
          error,
        );
  }
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return refused("validation-token-signature", "no key of Microsoft's signed its token", error);
  }
  if (
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported
  ) {
    return refused("validation-token-malformed", "its token is not a token of Microsoft's", error);
  }
  return new TemporaryFailure(
    "Microsoft's signing keys could not be read, so notifications cannot be checked now.",
    { cause: error },
  );
}

export interface ValidationTokenOptions {
  readonly clock: Clock;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * Checks the tokens that come with rich notifications, one for each tenant, in version 1.0 (`appid`, issuer sts.windows.net)
 * and 2.0 (`azp`, issuer the login host): signature, times, audience, issuer, tenant and publisher. Refusals are
 * {@link PermanentFailure}s with a {@link ValidationTokenRefusal}; unreachable keys a {@link TemporaryFailure}.
 */
export class GraphValidationTokens implements ValidationTokens {
  readonly #settings: Pick<EntraClientSettings, "loginUrl" | "clientId">;
  readonly #clock: Clock;
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  /** Tenants of tokens that were found good, until each expires: Graph sends the same one with every notification of an hour. */
  readonly #good = new Map<string, { readonly tenant: string; readonly untilMs: number }>();

  constructor(settings: Pick<EntraClientSettings, "loginUrl" | "clientId">, options: ValidationTokenOptions) {
    this.#settings = settings;
    this.#clock = options.clock;
    const keysUrl = new URL(`${settings.loginUrl}/common/discovery/v2.0/keys`);
    if (keysUrl.protocol !== "https:" && !isLoopback(settings.loginUrl)) {
      throw new TypeError(
        "Microsoft's signing keys are read over https only, except from this machine itself.",
      );
    }
    const fetchKeys = options.fetch;
    this.#keys = createRemoteJWKSet(keysUrl, {
      cooldownDuration: keyLookupPauseMs,
      ...(fetchKeys !== undefined && {
        [customFetch]: (url: string, init: RequestInit) => fetchKeys(url, init),
      }),
    });
  }

  async verify(tokens: readonly string[], tenantIds: readonly string[]): Promise<void> {
    if (tokens.length === 0) throw refused("validation-token-missing", "it carries no token");
    const proven = new Set(await Promise.all(tokens.map((token) => this.#tenantOf(token))));
    for (const tenantId of tenantIds) {
      if (!proven.has(tenantId.toLowerCase()))
        throw refused("validation-token-tenant", "its tokens are for another tenant");
    }
  }

  /** The tenant that `token` speaks for. */
  async #tenantOf(token: string): Promise<string> {
    const known = this.#good.get(token);
    if (known !== undefined && this.#clock.now() < known.untilMs) return known.tenant;
    const claims = await this.#claims(token);
    const tenant = lowerCase(claims.tid);
    const issuer = lowerCase(claims.iss);
    const isV1 = v1IssuerHosts.some((host) => issuer === `${host}/${tenant}/`);
    const isV2 = issuer === `${this.#settings.loginUrl.toLowerCase()}/${tenant}/v2.0`;
    if (tenant === "" || (!isV1 && !isV2))
      throw refused("validation-token-issuer", "its token has another issuer");
    // Each version names the publisher in its own claim; the other claim proves nothing there.
    if (lowerCase(isV1 ? claims.appid : claims.azp) !== publisherAppId) {
      throw refused("validation-token-publisher", "its token was given to another publisher");
    }
    this.#remember(token, tenant, claims.exp);
    return tenant;
  }

  #remember(token: string, tenant: string, expiresAt: number | undefined): void {
    if (expiresAt === undefined) return;
    this.#good.set(token, { tenant, untilMs: expiresAt * 1_000 });
    const [oldest] = this.#good.keys();
    if (this.#good.size > maxGoodTokens && oldest !== undefined) this.#good.delete(oldest);
  }

  async #claims(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms: ["RS256"],
        audience: this.#settings.clientId,
        requiredClaims: ["exp", "tid"],
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(this.#clock.now()),
      });
      return payload;
    } catch (error) {
      throw ofJose(error);
    }
  }
}
