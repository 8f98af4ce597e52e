import type { GraphFaultEffect } from "../faults/fault.ts";
import type { Clock } from "../tenant/clock.ts";
import { unauthorized } from "./authorize.ts";
import { GraphError } from "./graph-error.ts";
import { tooManyRequests } from "./throttle.ts";

/** Thrown to the listener: the connection ends without an answer. */
export class ConnectionDropped extends Error {
  override readonly name = "ConnectionDropped";
}

const failures = {
  500: ["InternalServerError", "An internal server error occurred."],
  502: ["UnknownError", "Bad gateway."],
  503: ["ServiceUnavailable", "The service is temporarily unavailable."],
  504: ["GatewayTimeout", "The request timed out."],
} as const;

const forbidden = {
  consentLost: "Insufficient privileges to complete the operation.",
  protectedApi:
    "Invoked API requires Protected API access in application-only context when not using Resource Specific Consent.",
} as const;

/** Lets a request meet its faults in their order: waits, throws Graph's error, or drops the connection. */
export async function meetFaults(effects: readonly GraphFaultEffect[], clock: Clock): Promise<void> {
  for (const effect of effects) {
    switch (effect.kind) {
      case "latency":
        await new Promise<void>((resolve) => clock.after(effect.ms, resolve));
        break;
      case "throttled":
        throw tooManyRequests(effect.retryAfterSeconds);
      case "status": {
        const [code, text] = failures[effect.status];
        throw new GraphError(effect.status, code, text);
      }
      case "reset":
        throw new ConnectionDropped("The connection is dropped on purpose.");
      case "unauthorized":
        throw unauthorized(effect.reason);
      case "forbidden":
        throw new GraphError(403, "Forbidden", forbidden[effect.reason]);
    }
  }
}
