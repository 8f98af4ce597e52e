import type { Administrators, Setup } from "../../application/integration.ts";
import type { Log } from "../../application/log.ts";

export interface HttpParts {
  readonly setup: () => Setup;
  readonly administrators: Administrators;
  readonly log: Log;
}

/** Set by Mattermost alone, for a valid session whose request carries no sign of forgery (facts, section 2). */
export function sessionUserId(request: Request): string | undefined {
  return request.headers.get("mattermost-user-id") || undefined;
}
