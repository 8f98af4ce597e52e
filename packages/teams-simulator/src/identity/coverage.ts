/** One route of the login host and how much of the real one it does. */
export interface CoveredRoute {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly does: string;
  readonly leavesOut?: string;
}

/** Every route of the simulated login host; anything else is answered 501 with its name. */
export const identityCoverage: readonly CoveredRoute[] = [
  {
    method: "GET",
    path: "/common/discovery/instance",
    does: "instance discovery for MSAL: this host as its cloud's only alias, invalid_instance for others",
    leavesOut: "other hosts of the same cloud",
  },
  {
    method: "GET",
    path: "/:tenant/v2.0/.well-known/openid-configuration",
    does: "OpenID discovery by tenant id, domain, common, organizations and consumers",
    leavesOut: "version 1 metadata; device code, mTLS and Kerberos endpoints",
  },
  {
    method: "GET",
    path: "/:tenant/discovery/v2.0/keys",
    does: "signing keys, rotated on request",
    leavesOut: "x5c certificates",
  },
  {
    method: "GET",
    path: "/:tenant/discovery/keys",
    does: "the same keys under their version 1 address",
    leavesOut: "x5c certificates",
  },
  {
    method: "GET",
    path: "/:tenant/oauth2/v2.0/authorize",
    does: "code flow: exact redirect URI, response modes, scopes, state, nonce, PKCE, prompt, login_hint, single sign-on",
    leavesOut: "implicit and hybrid flow, domain_hint, the claims parameter, multifactor pages",
  },
  { method: "POST", path: "/:tenant/oauth2/v2.0/authorize", does: "the same with the request as a form" },
  {
    method: "POST",
    path: "/:tenant/login",
    does: "forms of the sign-in pages: choose, another account, password, consent, cancel; not a route of Entra",
  },
  {
    method: "POST",
    path: "/:tenant/oauth2/v2.0/token",
    does: "authorization_code, refresh_token, client_credentials; client_secret by form and Basic, certificate assertions",
    leavesOut: "device code, on-behalf-of, resource owner password, federated credentials",
  },
  {
    method: "GET",
    path: "/:tenant/oauth2/v2.0/logout",
    does: "ends the session, post_logout_redirect_uri",
    leavesOut: "front-channel logout of other apps",
  },
  {
    method: "GET",
    path: "/:tenant/v2.0/adminconsent",
    does: "asks for the permissions of the registration or of scope",
    leavesOut: "the administrator's own sign-in: whoever opens the page may agree",
  },
  {
    method: "POST",
    path: "/:tenant/v2.0/adminconsent",
    does: "grants or declines, answers as the real one (admin_consent=True in both cases)",
  },
  {
    method: "GET",
    path: "/:tenant/adminconsent",
    does: "version 1 form, without scope",
    leavesOut: "the administrator's own sign-in",
  },
  { method: "POST", path: "/:tenant/adminconsent", does: "grants or declines" },
  { method: "GET", path: "/error", does: "what an AADSTS number means" },
];
