import { ClientError, ResponseBodyError } from "openid-client";
import { type SignInErrorCode, signInErrorCodeOf } from "../../application/connections/sign-in-port.ts";
import { NoAnswer } from "./entra-client.ts";

/** Why Entra gave no token; the same kinds for a person's sign-in and for the application's own. */
export type EntraFailureCode = SignInErrorCode;

export interface EntraFailure {
  readonly code: EntraFailureCode;
  /** Entra's numbers (`AADSTS…`), which Microsoft's support and its documentation are searched by. */
  readonly numbers: readonly number[];
}

/**
 * OAuth's `invalid_grant` covers everything from an old code to a blocked account, so Entra's number decides where it is
 * known (reference-error-codes) and `error` where it is not. Description texts are never read.
 */
const codeByNumber: Readonly<Record<number, EntraFailureCode>> = {
  65004: "declined",
  65001: "consent-missing",
  90094: "consent-missing",
  90095: "consent-missing",
  7000215: "misconfigured-client",
  7000222: "misconfigured-client",
  7000218: "misconfigured-client",
  7000112: "misconfigured-client",
  700016: "misconfigured-client",
  700027: "misconfigured-client",
  50011: "misconfigured-client",
  50194: "misconfigured-client",
  90002: "misconfigured-client",
  90038: "misconfigured-client",
  9001023: "misconfigured-client",
  54005: "expired-code",
  70008: "expired-code",
  501481: "expired-code",
  50020: "blocked-by-policy",
  50034: "blocked-by-policy",
  50053: "blocked-by-policy",
  50057: "blocked-by-policy",
  50074: "blocked-by-policy",
  50076: "blocked-by-policy",
  50079: "blocked-by-policy",
  50105: "blocked-by-policy",
  50158: "blocked-by-policy",
  53000: "blocked-by-policy",
  53001: "blocked-by-policy",
  53003: "blocked-by-policy",
  530032: "blocked-by-policy",
  50033: "unreachable",
  50196: "unreachable",
  90033: "unreachable",
};

const tooManyRequests = 429;
const isOutage = (status: number): boolean => status >= 500 || status === tooManyRequests;

function numbersIn(body: Readonly<Record<string, unknown>>): readonly number[] {
  const numbers = body.error_codes;
  return Array.isArray(numbers) ? numbers.filter((entry): entry is number => typeof entry === "number") : [];
}

function refusal(error: ResponseBodyError): EntraFailure {
  const numbers = numbersIn(error.cause);
  const known = numbers.map((number) => codeByNumber[number]).find((code) => code !== undefined);
  if (known !== undefined) return { code: known, numbers };
  if (isOutage(error.status)) return { code: "unreachable", numbers };
  return { code: error.error === "invalid_grant" ? "expired-code" : signInErrorCodeOf(error.error), numbers };
}

/** What stands behind anything that a token request threw. */
export function entraFailure(error: unknown): EntraFailure {
  if (error instanceof ResponseBodyError) return refusal(error);
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NoAnswer) return { code: "unreachable", numbers: [] };
    if (cause instanceof ClientError && cause.code === "OAUTH_HTTP_REQUEST_FORBIDDEN") {
      return { code: "misconfigured-client", numbers: [] };
    }
    if (cause.cause instanceof Response && isOutage(cause.cause.status))
      return { code: "unreachable", numbers: [] };
    if (cause.name === "TimeoutError" || cause.name === "AbortError")
      return { code: "unreachable", numbers: [] };
  }
  return { code: "unexpected", numbers: [] };
}

/** `text`, with Entra's numbers behind it when it gave any. */
export function withNumbers(text: string, numbers: readonly number[]): string {
  return numbers.length === 0 ? text : `${text} (${numbers.map((number) => `AADSTS${number}`).join(", ")})`;
}
