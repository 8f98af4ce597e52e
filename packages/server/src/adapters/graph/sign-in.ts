import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  type IDToken,
} from "openid-client";
import {
  type AuthorizationRequest,
  type CodeRedemption,
  type SignedIn,
  type SignIn,
  type SignInAccount,
  SignInError,
  type SignInErrorCode,
} from "../../application/connections/sign-in-port.ts";
import { type EntraClientSettings, entraClient, type Fetch } from "./entra-client.ts";
import { entraFailure, withNumbers } from "./entra-failure.ts";

/** `profile` brings the object id; `email` the address where the tenant knows one. */
const identityScopes = ["openid", "profile", "email"] as const;

const sentences: Readonly<Record<SignInErrorCode, string>> = {
  declined: "The sign-in at Microsoft was cancelled.",
  "expired-code": "The sign-in took too long or was already used. Start again with a new link.",
  "misconfigured-client":
    "Microsoft refused the plugin's application. An administrator has to check tenant ID, client ID, client secret and redirect address.",
  unreachable: "Microsoft's sign-in could not be reached. Try again in a few minutes.",
  "consent-missing": "An administrator has to consent to the application in Microsoft Entra first.",
  "blocked-by-policy": "A rule of your Microsoft organisation does not let this account sign in here.",
  unexpected: "Microsoft's sign-in gave an answer that is not understood.",
};

/** Any failure of the exchange as the port's error. */
function signInError(error: unknown): SignInError {
  if (error instanceof SignInError) return error;
  const { code, numbers } = entraFailure(error);
  return new SignInError(code, withNumbers(sentences[code], numbers), { cause: error });
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** `xms_edov` is a boolean in the reference; tenants are seen to send it as a number or text too. */
function emailVerified(claim: unknown): SignInAccount["emailVerified"] {
  if (claim === undefined || claim === null) return "unknown";
  return [true, 1, "1", "true"].includes(claim as string | number | boolean) ? "verified" : "unverified";
}

/** A guest's home is another identity provider than the tenant; `acct` 1 says the same where the tenant adds it. */
function isGuest(claims: IDToken, tenantId: string): boolean {
  const provider = text(claims.idp);
  return claims.acct === 1 || (provider !== undefined && !isTenant(provider, tenantId));
}

/**
 * Entra has two addresses for one tenant and mixes them: the issuer of a version 2 token is `<login>/<tenant>/v2.0`, and
 * its `idp` may be the version 1 issuer `https://sts.windows.net/<tenant>/` even of a member. Both name the tenant first.
 */
function isTenant(provider: string, tenantId: string): boolean {
  const [, first] = URL.parse(provider)?.pathname.split("/") ?? [];
  return first?.toLowerCase() === tenantId.toLowerCase();
}

function accountOf(claims: IDToken, tenantId: string): SignInAccount {
  const objectId = text(claims.oid);
  if (objectId === undefined || text(claims.tid)?.toLowerCase() !== tenantId.toLowerCase()) {
    throw new SignInError("unexpected", "Microsoft's sign-in named no account of the configured tenant.");
  }
  return {
    tenantId: tenantId.toLowerCase(),
    objectId: objectId.toLowerCase(),
    email: text(claims.email),
    emailVerified: emailVerified(claims.xms_edov),
    preferredUsername: text(claims.preferred_username),
    name: text(claims.name),
    isGuest: isGuest(claims, tenantId),
  };
}

export interface SignInSettings extends EntraClientSettings {
  /** What to ask a person for besides their identity. */
  readonly furtherScopes?: readonly string[];
}

/**
 * Sign-in at one tenant's Entra ID by OpenID Connect: code flow, PKCE S256, nonce (v2-protocols-oidc). No token outlives
 * it, unless further scopes ask for one that does.
 */
export class EntraSignIn implements SignIn {
  readonly #client: Configuration;
  readonly #tenantId: string;
  readonly #scope: string;

  constructor(settings: SignInSettings, fetchAnswer?: Fetch) {
    this.#client = entraClient(settings, fetchAnswer);
    this.#tenantId = settings.tenantId;
    this.#scope = [...identityScopes, ...(settings.furtherScopes ?? [])].join(" ");
  }

  async authorizationUrl(request: AuthorizationRequest): Promise<string> {
    const url = buildAuthorizationUrl(this.#client, {
      response_type: "code",
      response_mode: "query",
      redirect_uri: request.redirectUri,
      scope: this.#scope,
      state: request.state,
      nonce: request.nonce,
      code_challenge: await calculatePKCECodeChallenge(request.codeVerifier),
      code_challenge_method: "S256",
      // People often have several accounts; the wrong one would be taken silently.
      prompt: "select_account",
      ...(request.loginHint !== undefined && { login_hint: request.loginHint }),
    });
    return url.href;
  }

  async redeem(redemption: CodeRedemption): Promise<SignedIn> {
    const answer = new URL(redemption.redirectUri);
    answer.searchParams.set("code", redemption.code);
    try {
      const tokens = await authorizationCodeGrant(this.#client, answer, {
        pkceCodeVerifier: redemption.codeVerifier,
        expectedNonce: redemption.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new SignInError("unexpected", sentences.unexpected);
      return { ...accountOf(claims, this.#tenantId), refreshToken: tokens.refresh_token };
    } catch (error) {
      throw signInError(error);
    }
  }
}
