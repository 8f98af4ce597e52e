import type { Tenant } from "../tenant/tenant.ts";
import type { AccessTokens } from "./access-tokens.ts";
import type { AuthorizationCodes } from "./authorization-codes.ts";
import type { Endpoints } from "./endpoints.ts";
import type { IdentityFaults } from "./faults.ts";
import type { RefreshTokens } from "./refresh-tokens.ts";
import type { Revocations } from "./revocations.ts";
import type { SignInSessions } from "./sign-in-sessions.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** Who may agree to delegated permissions that nobody agreed to yet. */
export type UserConsent = "allowed" | "administrators-only";

/** What every route of the login host works on. */
export interface Realm {
  readonly tenant: Tenant;
  readonly endpoints: Endpoints;
  readonly keys: SigningKeys;
  readonly codes: AuthorizationCodes;
  readonly refreshTokens: RefreshTokens;
  readonly accessTokens: AccessTokens;
  readonly sessions: SignInSessions;
  readonly revocations: Revocations;
  readonly faults: IdentityFaults;
  userConsent: UserConsent;
}
