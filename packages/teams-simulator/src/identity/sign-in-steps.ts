import { setCookie } from "hono/cookie";
import type { User } from "../tenant/user.ts";
import { activeUser } from "./account-state.ts";
import { EntraError } from "./entra-error.ts";
import { credentialsPage } from "./pages/credentials.ts";
import type { Realm } from "./realm.ts";
import { grantTo, type SignIn, showAccountPicker } from "./sign-in.ts";
import { sessionCookie } from "./sign-in-sessions.ts";

function showCredentials(
  signIn: SignIn,
  username: string,
  asksPassword: boolean,
  problem?: EntraError,
): Response | Promise<Response> {
  const { request, action, context } = signIn;
  const appName = request.app.displayName;
  return context.html(
    credentialsPage({ appName, action, username, asksPassword, problem: problem?.message }),
  );
}

function chosenUser(form: URLSearchParams, realm: Realm): User | undefined {
  return realm.tenant.directory.findUser(form.get("account") ?? form.get("username")?.trim() ?? "");
}

function choose(signIn: SignIn, form: URLSearchParams, realm: Realm): Response | Promise<Response> {
  const user = chosenUser(form, realm);
  if (user === undefined) {
    const username = form.get("username")?.trim() ?? "";
    const ownDomain = username.toLowerCase().endsWith(`@${realm.tenant.domain.toLowerCase()}`);
    return showCredentials(
      signIn,
      username,
      false,
      new EntraError(ownDomain ? "user-unknown" : "user-foreign", username),
    );
  }
  activeUser(user.id, realm);
  if (user.password !== undefined) {
    const password = form.get("password");
    if (password === null) return showCredentials(signIn, user.userPrincipalName, true);
    if (password !== user.password) {
      return showCredentials(signIn, user.userPrincipalName, true, new EntraError("password-wrong"));
    }
  }
  const { cookie, session } = realm.sessions.signIn(signIn.cookie, user.id);
  setCookie(signIn.context, sessionCookie, cookie, {
    httpOnly: true,
    path: "/",
    sameSite: "Lax",
    secure: realm.endpoints.loginUrl.startsWith("https:"),
  });
  return grantTo(signIn, user, session, realm, { agreed: false });
}

function accept(signIn: SignIn, realm: Realm): Response | Promise<Response> {
  const session = realm.sessions.find(signIn.cookie);
  const user = realm.tenant.directory.findUser(session?.userIds[0] ?? "");
  // The session ended while the page was open: start over.
  if (session === undefined || user === undefined) return showAccountPicker(signIn, realm);
  return grantTo(signIn, user, session, realm, { agreed: true });
}

/** One step on the sign-in pages, by the form field `step`. */
export function takeSignInStep(
  signIn: SignIn,
  form: URLSearchParams,
  realm: Realm,
): Response | Promise<Response> {
  switch (form.get("step")) {
    case "choose":
      return choose(signIn, form, realm);
    case "another":
      return showCredentials(signIn, "", false);
    case "accept":
      return accept(signIn, realm);
    case "cancel":
      throw new EntraError("consent-declined");
    case "unapproved":
      throw new EntraError("admin-consent-needed");
    default:
      return showAccountPicker(signIn, realm);
  }
}
