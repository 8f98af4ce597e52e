interface EntraCaseRow {
  /** The number after `AADSTS`. */
  readonly number: number;
  /** OAuth `error` of the token endpoint. */
  readonly error: string;
  /** OAuth `error` on a redirect where it differs from {@link error}. */
  readonly redirectError?: string;
  readonly suberror?: string;
  /** HTTP status at the token endpoint; 400 unless said. */
  readonly status?: 400 | 401 | 503;
  /** True where Entra shows its own page at sign-in instead of going back to the app. */
  readonly page?: true;
  readonly text: string;
}

/** Every refusal that this identity knows, by Entra's number (reference-error-codes; the token endpoint's error body). */
export const entraCases = {
  "parameter-missing": {
    number: 900144,
    error: "invalid_request",
    text: "The request must contain the parameter",
  },
  "request-malformed": {
    number: 9002313,
    error: "invalid_request",
    text: "The request is malformed or invalid",
  },
  "grant-malformed": {
    number: 9002313,
    error: "invalid_grant",
    text: "The code or token is malformed or invalid",
  },
  "grant-foreign": {
    number: 70000,
    error: "invalid_grant",
    text: "The code or token was not issued to this client",
  },
  "grant-type-unsupported": {
    number: 70003,
    error: "unsupported_grant_type",
    text: "The grant type is not supported",
  },
  "response-type-unsupported": {
    number: 70005,
    error: "unsupported_response_type",
    text: "The response type is not supported",
  },
  "response-type-disabled": {
    number: 700054,
    error: "unsupported_response_type",
    text: "The response type is not enabled for the application",
  },
  "prompt-unknown": { number: 90023, error: "invalid_request", text: "The value of prompt is not valid" },
  "response-mode-unknown": {
    number: 90023,
    error: "invalid_request",
    text: "The value of response_mode is not valid",
  },
  "challenge-method-unknown": {
    number: 501491,
    error: "invalid_request",
    text: "The value of code_challenge_method is not valid",
  },
  "challenge-malformed": {
    number: 501491,
    error: "invalid_request",
    text: "The value of code_challenge is not valid",
  },
  "nonce-missing": { number: 90014, error: "invalid_request", text: "The required field nonce is missing" },
  "scope-invalid": { number: 70011, error: "invalid_scope", text: "The scope is not valid" },
  "scope-not-default": {
    number: 1002012,
    error: "invalid_scope",
    text: "An application token needs one scope that ends in /.default",
  },
  "scope-several-resources": {
    number: 28000,
    error: "invalid_scope",
    text: "The scope names more than one resource",
  },
  "resource-unknown": {
    number: 500011,
    error: "invalid_resource",
    text: "The resource was not found in the tenant",
  },
  "consent-missing": {
    number: 65001,
    error: "invalid_grant",
    redirectError: "consent_required",
    suberror: "consent_required",
    text: "The user or administrator has not consented to use the application",
  },
  "consent-declined": {
    number: 65004,
    error: "invalid_grant",
    redirectError: "access_denied",
    text: "The user declined to consent to access the application",
  },
  "admin-consent-needed": {
    number: 90094,
    error: "consent_required",
    text: "The grant requires an administrator's permission",
  },
  "admin-consent-requestable": {
    number: 90095,
    error: "consent_required",
    text: "An administrator's consent can be requested",
  },
  "refresh-token-idle": {
    number: 700082,
    error: "invalid_grant",
    text: "The refresh token has expired due to inactivity",
  },
  "grant-expired": { number: 70008, error: "invalid_grant", text: "The code or refresh token has expired" },
  "sign-in-frequency": {
    number: 70043,
    error: "invalid_grant",
    suberror: "bad_token",
    text: "The refresh token has expired due to the sign-in frequency policy",
  },
  "grant-revoked": {
    number: 50173,
    error: "invalid_grant",
    suberror: "bad_token",
    text: "The grant was revoked; a fresh sign-in is needed",
  },
  "session-void": {
    number: 50132,
    error: "invalid_grant",
    text: "The session is not valid because the password changed or expired",
  },
  "session-expired": {
    number: 50133,
    error: "invalid_grant",
    text: "The session is not valid because the password expired or changed recently",
  },
  "code-replayed": {
    number: 54005,
    error: "invalid_grant",
    text: "The authorization code was already redeemed",
  },
  "verifier-mismatch": {
    number: 501481,
    error: "invalid_grant",
    text: "The code_verifier does not match the code_challenge of the authorization request",
  },
  "verifier-unexpected": {
    number: 50148,
    error: "invalid_grant",
    text: "A code_verifier was sent but the authorization request had no code_challenge",
  },
  "tenant-of-grant": {
    number: 700005,
    error: "invalid_grant",
    text: "The authorization code is for another tenant",
  },
  "redirect-mismatch": {
    number: 50011,
    error: "invalid_request",
    page: true,
    text: "The redirect URI is not one of those registered for the application",
  },
  "reply-address-differs": {
    number: 500112,
    error: "invalid_client",
    status: 401,
    text: "The redirect URI is not the one of the authorization request",
  },
  "secret-wrong": {
    number: 7000215,
    error: "invalid_client",
    status: 401,
    text: "Invalid client secret provided",
  },
  "secret-expired": {
    number: 7000222,
    error: "invalid_client",
    status: 401,
    text: "The client secret has expired",
  },
  "secret-absent": {
    number: 7000218,
    error: "invalid_client",
    status: 401,
    text: "The request must contain client_assertion or client_secret",
  },
  "assertion-invalid": {
    number: 700027,
    error: "invalid_client",
    status: 401,
    text: "The client assertion failed validation",
  },
  "app-absent": {
    number: 700016,
    error: "unauthorized_client",
    page: true,
    text: "The application was not found in the directory",
  },
  "app-disabled": {
    number: 7000112,
    error: "unauthorized_client",
    page: true,
    text: "The application is disabled",
  },
  "user-disabled": {
    number: 50057,
    error: "invalid_grant",
    page: true,
    text: "The user account is disabled",
  },
  "user-locked": { number: 50053, error: "invalid_grant", page: true, text: "The account is locked" },
  "user-unassigned": {
    number: 50105,
    error: "invalid_grant",
    redirectError: "access_denied",
    page: true,
    text: "The signed in user is not assigned to a role for the application",
  },
  "user-foreign": {
    number: 50020,
    error: "invalid_grant",
    page: true,
    text: "The user account from another identity provider does not exist in the tenant",
  },
  "user-unknown": {
    number: 50034,
    error: "invalid_grant",
    page: true,
    text: "The user account does not exist in the directory",
  },
  "password-wrong": {
    number: 50126,
    error: "invalid_grant",
    page: true,
    text: "The account name or password is not right",
  },
  "mfa-required": {
    number: 50076,
    error: "interaction_required",
    suberror: "basic_action",
    text: "Multifactor authentication is needed to access the resource",
  },
  "mfa-enrolment-required": {
    number: 50079,
    error: "interaction_required",
    suberror: "basic_action",
    text: "The user must enrol in multifactor authentication",
  },
  "strong-authentication-required": {
    number: 50074,
    error: "interaction_required",
    suberror: "basic_action",
    text: "Strong authentication is required",
  },
  "external-challenge-required": {
    number: 50158,
    error: "interaction_required",
    suberror: "basic_action",
    text: "An external security challenge was not satisfied",
  },
  "blocked-by-policy": {
    number: 53003,
    error: "invalid_grant",
    redirectError: "access_denied",
    suberror: "message_only",
    text: "Access has been blocked by conditional access policies",
  },
  "blocked-by-security-policy": {
    number: 530032,
    error: "invalid_grant",
    redirectError: "access_denied",
    suberror: "message_only",
    text: "Blocked by a security policy of the tenant",
  },
  "device-not-compliant": {
    number: 53000,
    error: "interaction_required",
    suberror: "additional_action",
    text: "The device is not in the required state",
  },
  "device-not-joined": {
    number: 53001,
    error: "interaction_required",
    suberror: "additional_action",
    text: "The device is not domain joined",
  },
  "sign-in-required": {
    number: 50058,
    error: "login_required",
    text: "A silent sign-in was asked for but no user is signed in",
  },
  "account-selection-required": {
    number: 16000,
    error: "interaction_required",
    text: "Several accounts are signed in; one must be chosen",
  },
  "tenant-unknown": { number: 90002, error: "invalid_request", page: true, text: "The tenant was not found" },
  "cloud-wrong": {
    number: 90038,
    error: "invalid_request",
    page: true,
    text: "The tenant belongs to another cloud",
  },
  "app-single-tenant": {
    number: 50194,
    error: "invalid_request",
    page: true,
    text: "The application is not configured as a multi-tenant application; use a tenant-specific endpoint",
  },
  "app-token-on-common": {
    number: 9001023,
    error: "invalid_request",
    text: "The grant type is not supported over the /common or /consumers endpoints; use a tenant-specific endpoint",
  },
  "instance-unknown": {
    number: 50049,
    error: "invalid_instance",
    text: "The instance is unknown or invalid",
  },
  "request-loop": {
    number: 50196,
    error: "temporarily_unavailable",
    text: "The client sends the same request in a loop",
  },
  unavailable: {
    number: 90033,
    error: "temporarily_unavailable",
    status: 503,
    text: "A transient error has occurred; try again",
  },
  "unavailable-cloud": {
    number: 50033,
    error: "temporarily_unavailable",
    status: 503,
    text: "A retryable error has occurred; try again",
  },
} as const satisfies Record<string, EntraCaseRow>;

export type EntraCase = keyof typeof entraCases;

/** The row of one case, with its optional columns. */
export function entraCase(name: EntraCase): EntraCaseRow {
  return entraCases[name];
}
