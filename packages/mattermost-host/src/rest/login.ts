import { AppError, type AppErrorId } from "../app-error.ts";
import { csrfCookie, sessionCookie, userCookie } from "../http/cookies.ts";
import { type Session, type User, userJson } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { readBody } from "./body.ts";
import { type Rest, type RestContext, statusOk } from "./rest.ts";

/** The one route that a client calls before it has a session. */
export function loginRoute(rest: Rest, parts: NodeParts): void {
  const { system, activity, plugins } = parts;
  rest.post("/users/login", async (context) => {
    const body = await readBody(context);
    const loginId = body.optionalText("login_id") ?? "";
    const user = body.optionalText("id")
      ? system.users.find(body.text("id"))
      : (system.users.findByUsername(loginId) ?? system.users.findByEmail(loginId));
    const refuse = (code: AppErrorId) => new AppError(code, { where: "login" });
    if (!user || !system.sessions.passwordMatches(user.id, body.optionalText("password") ?? "")) {
      if (user?.isBot) throw refuse("api.user.login.bot_login_forbidden.app_error");
      throw refuse("api.user.login.invalid_credentials_email_username");
    }
    if (user.deleteAt !== 0) throw refuse("api.user.login.inactive.app_error");
    const objection = await plugins.objectionToLogin(user);
    if (objection !== "") throw new AppError("app.user.login.rejected_by_plugin", { detail: objection });
    const session = system.sessions.open(user);
    activity.occurrences.report({ kind: "user-logged-in", user });
    signedIn(context, user, session);
    return context.json(userJson(user, true));
  });
}

export function logoutRoute(rest: Rest, parts: NodeParts): void {
  rest.post("/users/logout", (context) => {
    parts.system.sessions.revoke(context.get("session"));
    for (const name of [sessionCookie, userCookie, csrfCookie]) {
      context.header("set-cookie", `${name}=; Path=/; Max-Age=0`, { append: true });
    }
    return context.json(statusOk);
  });
}

/** The token for programs in a header, for browsers in cookies (App.AttachSessionCookies). */
function signedIn(context: RestContext, user: User, session: Session): void {
  const maxAge = Math.floor((session.expiresAt - session.createAt) / 1000);
  const cookie = (name: string, value: string, more: string) =>
    context.header("set-cookie", `${name}=${value}; Path=/; Max-Age=${maxAge}${more}`, { append: true });
  context.header("token", session.token);
  cookie(sessionCookie, session.token, "; HttpOnly");
  cookie(userCookie, user.id, "");
  cookie(csrfCookie, session.csrfToken, "");
}
