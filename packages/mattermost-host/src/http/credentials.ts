import type { Session } from "../model/user.ts";
import type { MattermostSystem } from "../system/system.ts";
import { cookieValue, sessionCookie } from "./cookies.ts";

/** A token as a request shows it. Only tokens in cookies are sent without the page's doing, hence need CSRF proof. */
export interface PresentedToken {
  readonly token: string;
  readonly from: "header" | "cookie" | "query";
}

/** The token of a request: `Authorization: Bearer` or `token`, then the cookie, then `access_token` (facts 2). */
export function presentedToken(headers: Headers, query: URLSearchParams): PresentedToken | undefined {
  const [, inHeader] = /^(?:bearer|token)\s+(\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (inHeader) return { token: inHeader, from: "header" };
  const inCookie = cookieValue(headers.get("cookie"), sessionCookie);
  if (inCookie) return { token: inCookie, from: "cookie" };
  const inQuery = query.get("access_token");
  return inQuery ? { token: inQuery, from: "query" } : undefined;
}

/** The living session of an active account. */
export function sessionOf(
  system: MattermostSystem,
  presented: PresentedToken | undefined,
): Session | undefined {
  const session = presented && system.sessions.find(presented.token);
  const user = session && system.users.find(session.userId);
  return user?.deleteAt === 0 ? session : undefined;
}

/**
 * Whether a request proves that the person's own page made it: it needs to only with a cookie and any method but GET.
 * `formToken` is the field `csrf` of a form, where one was sent.
 */
export function csrfHolds(
  request: { readonly method: string; readonly headers: Headers },
  presented: PresentedToken,
  session: Session,
  options: { readonly strict: boolean; readonly formToken: string | undefined },
): boolean {
  if (presented.from !== "cookie" || request.method === "GET") return true;
  if (request.headers.get("x-csrf-token") === session.csrfToken) return true;
  if (options.formToken === session.csrfToken) return true;
  return !options.strict && request.headers.get("x-requested-with") === "XMLHttpRequest";
}
