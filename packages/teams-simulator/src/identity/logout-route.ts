import type { Hono } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import { readAuthority } from "./authority.ts";
import { showError } from "./authorize-route.ts";
import { signedOutPage } from "./pages/notices.ts";
import type { Realm } from "./realm.ts";
import { sessionCookie } from "./sign-in-sessions.ts";

/** `GET /{tenant}/oauth2/v2.0/logout`: ends the browser's session; goes back only to an address registered by some app. */
export function addLogoutRoute(app: Hono, realm: Realm): void {
  app.get("/:tenant/oauth2/v2.0/logout", (context) => {
    try {
      readAuthority(context.req.param("tenant"), realm.tenant);
      realm.sessions.signOut(getCookie(context, sessionCookie));
      deleteCookie(context, sessionCookie, { path: "/" });
      const target = context.req.query("post_logout_redirect_uri");
      if (
        target === undefined ||
        !realm.tenant.directory.apps.some(({ redirectUris }) => redirectUris.includes(target))
      ) {
        return context.html(signedOutPage());
      }
      const back = new URL(target);
      const state = context.req.query("state");
      if (state !== undefined) back.searchParams.set("state", state);
      return context.redirect(back.href, 302);
    } catch (error) {
      return showError(context, error, realm);
    }
  });
}
