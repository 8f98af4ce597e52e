import type { Tenant } from "../tenant/tenant.ts";
import { type EntraCase, entraCase } from "./entra-cases.ts";

/** A refusal by Entra: `code` names the case of the table, `detail` the value that caused it. */
export class EntraError extends Error {
  override readonly name = "EntraError";
  readonly code: EntraCase;

  constructor(code: EntraCase, detail?: string, options?: ErrorOptions) {
    const { number, text } = entraCase(code);
    super(`AADSTS${number}: ${text}${detail === undefined ? "" : `: '${detail}'`}.`, options);
    this.code = code;
  }
}

/** JSON body of an answer with an error, as the token endpoint gives it. */
export interface EntraErrorBody {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  /** `YYYY-MM-DD HH:MM:SSZ`. */
  readonly timestamp: string;
  readonly trace_id: string;
  readonly correlation_id: string;
  readonly error_uri: string;
  readonly suberror?: string;
  /** Claims challenge to repeat at the authorize endpoint; conditional access only. */
  readonly claims?: string;
}

const policySuberrors: readonly string[] = ["basic_action", "additional_action", "message_only"];

/** The body for `error`; `correlationId` is the client's own `client-request-id` when it sent one. */
export function entraErrorBody(
  error: EntraError,
  tenant: Pick<Tenant, "clock" | "randomness">,
  loginUrl: string,
  correlationId?: string,
): EntraErrorBody {
  const row = entraCase(error.code);
  const timestamp = `${new Date(tenant.clock.now()).toISOString().slice(0, 19).replace("T", " ")}Z`;
  const traceId = tenant.randomness.guid();
  const correlation = correlationId ?? tenant.randomness.guid();
  const challenged = row.suberror !== undefined && policySuberrors.includes(row.suberror);
  return {
    error: row.error,
    error_description: `${error.message}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`,
    error_codes: [row.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlation,
    error_uri: `${loginUrl}/error?code=${row.number}`,
    ...(row.suberror === undefined ? {} : { suberror: row.suberror }),
    ...(challenged
      ? {
          claims: JSON.stringify({
            access_token: { capolids: { essential: true, values: [tenant.randomness.guid()] } },
          }),
        }
      : {}),
  };
}
