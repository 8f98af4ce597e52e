import { type Configuration, clientCredentialsGrant } from "openid-client";
import type { Clock } from "../../application/clock.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { type EntraClientSettings, entraClient, type Fetch } from "./entra-client.ts";
import { type EntraFailureCode, entraFailure, withNumbers } from "./entra-failure.ts";

export type TokenErrorCode = EntraFailureCode;

const sentences: Readonly<Record<TokenErrorCode, string>> = {
  "misconfigured-client":
    "Microsoft refused the application's credentials. Check tenant ID, client ID and client secret in the plugin's settings, and whether the secret has expired.",
  unreachable: "Microsoft's sign-in could not be reached. It is tried again.",
  "consent-missing":
    "An administrator has not consented to the application's permissions in Microsoft Entra.",
  "blocked-by-policy": "A Conditional Access policy of the tenant blocks the application.",
  declined: "Microsoft declined to give the application a token.",
  "expired-code": "Microsoft refused the request for an application token.",
  unexpected: "Microsoft's sign-in gave an answer that is not understood.",
};

const isRetryable: Readonly<Record<TokenErrorCode, boolean>> = {
  unreachable: true,
  unexpected: true,
  "misconfigured-client": false,
  "consent-missing": false,
  "blocked-by-policy": false,
  declined: false,
  "expired-code": false,
};

/** No application token. `retryable` is false when only an administrator can change that. */
export class TokenError extends Error {
  override readonly name = "TokenError";
  readonly code: TokenErrorCode;
  /** Entra's AADSTS numbers. */
  readonly numbers: readonly number[];

  constructor(code: TokenErrorCode, numbers: readonly number[] = [], options?: ErrorOptions) {
    super(withNumbers(sentences[code], numbers), options);
    this.code = code;
    this.numbers = numbers;
  }

  get retryable(): boolean {
    return isRetryable[this.code];
  }

  static from(error: unknown): TokenError {
    if (error instanceof TokenError) return error;
    const { code, numbers } = entraFailure(error);
    return new TokenError(code, numbers, { cause: error });
  }
}

/** A token given to a request must outlive that request and its retries. */
const renewBeforeExpiryMs = 5 * 60_000;

/** A policy of the tenant may make tokens shorter than somebody wants them: asking for each request would not make them longer. */
const askAgainAfterMs = 5 * 60_000;

/** After a refusal every waiting message would ask again at once, and Entra answers a loop of requests with a block (AADSTS50196). */
const pauseAfterFailureMs = 2_000;

/** Entra always says; a token without a life is used for the shortest that it gives (configurable-token-lifetimes). */
const assumedLifeSeconds = 60 * 60;

interface HeldToken {
  readonly value: string;
  readonly givenAtMs: number;
  readonly expiresAtMs: number;
}

/**
 * The application's own token for Graph, by client credentials (v2-oauth2-client-creds-grant-flow). Held until five minutes
 * before it expires; however many ask, one request is under way. Both methods throw {@link TokenError}.
 */
export class ApplicationTokens implements AccessTokens {
  readonly #client: Configuration;
  readonly #scope: string;
  readonly #clock: Clock;
  #held: HeldToken | undefined;
  #pending: Promise<string> | undefined;
  #failure: { readonly error: TokenError; readonly untilMs: number } | undefined;

  constructor(settings: EntraClientSettings, clock: Clock, fetchAnswer?: Fetch) {
    this.#client = entraClient(settings, fetchAnswer);
    this.#scope = `${settings.graphUrl}/.default`;
    this.#clock = clock;
  }

  async current(lifeMs = renewBeforeExpiryMs): Promise<string> {
    const held = this.#held;
    const nowMs = this.#clock.now();
    if (held === undefined || held.expiresAtMs - renewBeforeExpiryMs <= nowMs) return this.#ask();
    const isEnough = held.expiresAtMs - lifeMs > nowMs || nowMs - held.givenAtMs < askAgainAfterMs;
    return isEnough ? held.value : this.#ask();
  }

  /** A new token after Graph answered 401 to `refused`; when somebody else renewed it meanwhile, theirs. */
  async renew(refused: string): Promise<string> {
    if (this.#held?.value === refused) this.#held = undefined;
    return this.current();
  }

  #ask(): Promise<string> {
    const failure = this.#failure;
    if (failure !== undefined && failure.untilMs > this.#clock.now()) return Promise.reject(failure.error);
    this.#pending ??= this.#request().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #request(): Promise<string> {
    try {
      const answer = await clientCredentialsGrant(this.#client, { scope: this.#scope });
      const lifeMs = (answer.expires_in ?? assumedLifeSeconds) * 1000;
      const givenAtMs = this.#clock.now();
      this.#held = { value: answer.access_token, givenAtMs, expiresAtMs: givenAtMs + lifeMs };
      this.#failure = undefined;
      return answer.access_token;
    } catch (cause) {
      const error = TokenError.from(cause);
      this.#failure = { error, untilMs: this.#clock.now() + pauseAfterFailureMs };
      throw error;
    }
  }
}
