import type { AccountRefusal } from "../../domain/account-check.ts";
import type { SignInErrorCode } from "./sign-in-port.ts";

/** Every way a sign-in ends without a connection. Each has a page; none leaves anything behind. */
export type Refusal =
  | AccountRefusal
  /** Not an address this plugin handed out: a parameter is missing. */
  | { readonly reason: "malformed-link" }
  /** Expired, used before, or never made. */
  | { readonly reason: "link-gone" }
  | { readonly reason: "not-signed-in" }
  | { readonly reason: "other-person" }
  /** The person's Mattermost account was deactivated since they asked. */
  | { readonly reason: "deactivated" }
  | { readonly reason: "other-browser" }
  | { readonly reason: "not-set-up" }
  | { readonly reason: "sign-in-failed"; readonly code: SignInErrorCode }
  | { readonly reason: "subscription-failed"; readonly explanation: string }
  | { readonly reason: "storage-unavailable" };

export interface Refused {
  readonly kind: "refused";
  readonly refusal: Refusal;
}

export function refused(refusal: Refusal): Refused {
  return { kind: "refused", refusal };
}
