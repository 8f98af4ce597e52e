/** Who signed in at Microsoft, read from a verified id token (microsoft-graph facts, section 1). */
export interface SignInAccount {
  readonly tenantId: string;
  /** The user's object id in that tenant; equals Graph's user id. */
  readonly objectId: string;
  readonly email: string | undefined;
  readonly emailVerified: "verified" | "unverified" | "unknown";
  /** What the person types to sign in; often, not always, their address. */
  readonly preferredUsername: string | undefined;
  readonly name: string | undefined;
  readonly isGuest: boolean;
}

/** What a sign-in ended with. */
export interface SignedIn extends SignInAccount {
  /** Present when more than identity was asked for, and agreed to. */
  readonly refreshToken?: string | undefined;
}

export interface AuthorizationRequest {
  readonly state: string;
  readonly nonce: string;
  /** The PKCE verifier itself; only its S256 challenge leaves the plugin. */
  readonly codeVerifier: string;
  readonly redirectUri: string;
  /** Preselects an account on Microsoft's page; the person may choose another. */
  readonly loginHint?: string | undefined;
}

export interface CodeRedemption {
  readonly code: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Exactly the address of the authorization request. */
  readonly redirectUri: string;
}

/** Microsoft's sign-in: authorization code with PKCE S256 and nonce. Both throw {@link SignInError}. */
export interface SignIn {
  /** The address at Microsoft that the browser is sent to. */
  authorizationUrl(request: AuthorizationRequest): Promise<string>;
  /** Exchanges the code and verifies the id token (issuer, tenant, audience, nonce, expiry). The other tokens are dropped. */
  redeem(redemption: CodeRedemption): Promise<SignedIn>;
}

export type SignInErrorCode =
  | "declined"
  | "expired-code"
  | "misconfigured-client"
  | "unreachable"
  | "consent-missing"
  | "blocked-by-policy"
  | "unexpected";

/** The sign-in at Microsoft did not end with a verified account. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  readonly code: SignInErrorCode;
  constructor(code: SignInErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * What the `error` parameter on the redirect address means (RFC 6749, section 4.1.2.1; Entra adds the last three). The
 * description beside it is for logs of Microsoft's support and is never matched.
 */
const codeByRedirectError: Readonly<Record<string, SignInErrorCode>> = {
  access_denied: "declined",
  temporarily_unavailable: "unreachable",
  server_error: "unreachable",
  unauthorized_client: "misconfigured-client",
  invalid_client: "misconfigured-client",
  consent_required: "consent-missing",
  interaction_required: "blocked-by-policy",
  login_required: "declined",
};

export function signInErrorCodeOf(redirectError: string): SignInErrorCode {
  return Object.hasOwn(codeByRedirectError, redirectError)
    ? (codeByRedirectError[redirectError] ?? "unexpected")
    : "unexpected";
}
