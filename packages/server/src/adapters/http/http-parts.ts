import type { Administrators, Setup } from "../../application/integration.ts";
import type { Log } from "../../application/log.ts";
import type { EphemeralPosts } from "../../application/mattermost/ephemeral-posts.ts";

export interface HttpParts {
  readonly setup: () => Setup;
  readonly administrators: Administrators;
  /** Undefined until the bot exists. */
  readonly ephemeral: () => EphemeralPosts | undefined;
  /** An id as Mattermost has them. */
  readonly newId: () => string;
  readonly log: Log;
}

/** Set by Mattermost alone, for a valid session whose request carries no sign of forgery (facts, section 2). */
export function sessionUserId(request: Request): string | undefined {
  return request.headers.get("mattermost-user-id") || undefined;
}
