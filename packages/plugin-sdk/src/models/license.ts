import { bool, type Infer, int, ptr, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.Customer`. */
export const Customer = struct("Customer", {
  id: string,
  name: string,
  email: string,
  company: string,
});
export interface Customer extends Infer<typeof Customer> {}

/** Mattermost's `model.LicenseLimits`. */
export const LicenseLimits = struct("LicenseLimits", {
  postHistory: int,
  boardCards: int,
  playbookRuns: int,
  callDurationSeconds: int,
  agentsPrompts: int,
  pushNotifications: int,
});
export interface LicenseLimits extends Infer<typeof LicenseLimits> {}

/** Mattermost's `model.License`; times are milliseconds since 1970. Without its `Features`, which no hook or API method here needs. */
export const License = struct("License", {
  id: string,
  issuedAt: int,
  startsAt: int,
  expiresAt: int,
  customer: ptr(Customer),
  skuName: string,
  skuShortName: string,
  isTrial: bool,
  isGovSku: bool,
  isSeatCountEnforced: bool,
  extraUsers: ptr(int),
  signupJWT: ptr(string),
  limits: ptr(LicenseLimits),
});
export interface License extends Infer<typeof License> {}
