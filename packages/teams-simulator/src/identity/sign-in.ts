import type { Context } from "hono";
import type { User } from "../tenant/user.ts";
import { activeUser } from "./account-state.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";
import { reply } from "./authorize-response.ts";
import { EntraError } from "./entra-error.ts";
import { accountPickerPage } from "./pages/account-picker.ts";
import { adminApprovalPage, consentPage } from "./pages/consent.ts";
import type { Realm } from "./realm.ts";
import { missingPermissions } from "./scopes.ts";
import type { SignInSession } from "./sign-in-sessions.ts";

/** An authorize request on its way, in one browser. */
export interface SignIn {
  readonly context: Context;
  readonly request: AuthorizeRequest;
  /** Where the next page's forms go. */
  readonly action: string;
  readonly cookie: string | undefined;
}

// A picker is for a person to read; a directory of thousands is reached by "Use another account".
const maxAccountsShown = 25;

const isHinted = (user: User, hint: string): boolean =>
  [user.userPrincipalName, user.mail, user.id].some((name) => name?.toLowerCase() === hint.toLowerCase());

function sessionUsers(session: SignInSession | undefined, realm: Realm): readonly User[] {
  return (session?.userIds ?? []).flatMap((id) => realm.tenant.directory.findUser(id) ?? []);
}

/** Shows the accounts: the hinted one first, then those signed in, then the rest of the directory. */
export function showAccountPicker(signIn: SignIn, realm: Realm): Response | Promise<Response> {
  const signedIn = sessionUsers(realm.sessions.find(signIn.cookie), realm);
  const hint = signIn.request.loginHint;
  const hinted =
    hint === undefined ? [] : realm.tenant.directory.users.filter((user) => isHinted(user, hint));
  const accounts = [...new Set([...hinted, ...signedIn, ...realm.tenant.directory.users])].slice(
    0,
    maxAccountsShown,
  );
  return signIn.context.html(
    accountPickerPage({
      appName: signIn.request.app.displayName,
      action: signIn.action,
      accounts,
      signedInIds: signedIn.map((user) => user.id),
    }),
  );
}

/** The way on from the authorize endpoint: silently with the one account that fits, else by the picker. */
export function continueSignIn(signIn: SignIn, realm: Realm): Response | Promise<Response> {
  const { prompt, loginHint } = signIn.request;
  const session = realm.sessions.find(signIn.cookie);
  const fitting = sessionUsers(session, realm).filter(
    (user) => loginHint === undefined || isHinted(user, loginHint),
  );
  const [only, another] = fitting;
  if (prompt === "none") {
    if (session === undefined || only === undefined) throw new EntraError("sign-in-required");
    if (another !== undefined) throw new EntraError("account-selection-required");
    return grantTo(signIn, only, session, realm, { agreed: false });
  }
  if (prompt === undefined && session !== undefined && only !== undefined && another === undefined) {
    return grantTo(signIn, only, session, realm, { agreed: false });
  }
  return showAccountPicker(signIn, realm);
}

/** Ends the sign-in of `user`: consent where it is missing, then the code. */
export function grantTo(
  signIn: SignIn,
  user: User,
  session: SignInSession,
  realm: Realm,
  consent: { readonly agreed: boolean },
): Response | Promise<Response> {
  const { request, context, action } = signIn;
  const { app, scopes, prompt } = request;
  activeUser(user.id, realm);
  realm.faults.strike("sign-in", { clientId: app.clientId, userId: user.id });
  const missing = missingPermissions(scopes, app.grantedDelegatedScopes);
  const appName = app.displayName;
  if (missing.length > 0 && prompt === "none") throw new EntraError("consent-missing", missing[0]);
  if (missing.length > 0 && realm.userConsent === "administrators-only") {
    return context.html(adminApprovalPage({ appName, action, permissions: missing }));
  }
  if (!consent.agreed && (missing.length > 0 || prompt === "consent")) {
    return context.html(
      consentPage({ appName, action, username: user.userPrincipalName, permissions: scopes.all }),
    );
  }
  app.grantedDelegatedScopes.push(...missing);
  const code = realm.codes.issue({
    clientId: app.clientId,
    userId: user.id,
    redirectUri: request.redirectUri,
    scopes,
    nonce: request.nonce,
    challenge: request.challenge,
    sessionId: session.id,
  });
  return reply(context, request, { code, session_state: session.id });
}
