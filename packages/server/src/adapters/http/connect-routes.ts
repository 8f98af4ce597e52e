import { type Context, Hono } from "hono";
import type { Refusal } from "../../application/connections/refusal.ts";
import { signInLifeMs } from "../../application/connections/start-connection.ts";
import type { Integration } from "../../application/integration.ts";
import { type HttpParts, sessionUserId } from "./http-parts.ts";
import { connectedPage } from "./pages/connected-page.ts";
import { pageHeaders, renderPage } from "./pages/page.ts";
import { refusalPage } from "./pages/refusal-page.ts";
import { clearSignInCookie, readSignInCookie, setSignInCookie } from "./sign-in-cookie.ts";

/** The two pages around Microsoft's sign-in. Every way they end is a page that says what to do next. */
export function connectRoutes(parts: HttpParts): Hono {
  const routes = new Hono();
  const page =
    (respond: (integration: Integration, context: Context) => Promise<Response>) =>
    async (context: Context): Promise<Response> => {
      // The router runs a HEAD as a GET; a look ahead must not use up a link.
      if (context.req.raw.method === "HEAD") return context.notFound();
      const setup = parts.setup();
      if (setup.kind !== "ready") return refuse({ reason: "not-set-up" });
      const { integration } = setup;
      try {
        return await respond(integration, context);
      } catch (error) {
        const cause = error instanceof Error ? error.name : "unknown";
        parts.log.error("A connect page failed", { cause });
        return refuse({ reason: "storage-unavailable" }, siteOf(integration));
      }
    };
  routes.get("/connect/start", page(start));
  routes.get("/connect/finish", page(finish));
  return routes;
}

async function start(integration: Integration, context: Context): Promise<Response> {
  const state = context.req.query("state");
  const opened = await integration.open({ state, sessionUserId: sessionUserId(context.req.raw) });
  if (opened.kind === "refused") return refuse(opened.refusal, siteOf(integration));
  if (new URL(opened.url).origin !== new URL(integration.loginUrl).origin) {
    return refuse({ reason: "sign-in-failed", code: "unexpected" }, siteOf(integration));
  }
  const lifeSeconds = Math.ceil(signInLifeMs / 1000);
  const cookie = setSignInCookie(state ?? "", opened.browserSecret, integration.pluginUrl, lifeSeconds);
  const { "content-type": _, ...headers } = pageHeaders;
  return new Response(null, {
    status: 302,
    headers: { ...headers, location: opened.url, "set-cookie": cookie },
  });
}

async function finish(integration: Integration, context: Context): Promise<Response> {
  const state = context.req.query("state");
  const finished = await integration.finish({
    state,
    code: context.req.query("code"),
    error: context.req.query("error"),
    browserSecret: readSignInCookie(context.req.raw, state ?? ""),
    sessionUserId: sessionUserId(context.req.raw),
  });
  const clearing = clearSignInCookie(state ?? "", integration.pluginUrl);
  if (finished.kind === "refused") {
    const refusal = refuse(finished.refusal, siteOf(integration));
    // The sign-in may still be ended by its own person, in its own browser.
    const isOver = !["other-person", "other-browser", "not-signed-in"].includes(finished.refusal.reason);
    if (isOver) refusal.headers.set("set-cookie", clearing);
    return refusal;
  }
  const { username, account, conversationPath = "" } = finished;
  const page = connectedPage(username, account, `${siteOf(integration)}${conversationPath}`);
  return new Response(renderPage(page), { headers: { ...pageHeaders, "set-cookie": clearing } });
}

/** What a refusal tells a person to do is done in Mattermost, so that its page leads there. */
function refuse(refusal: Refusal, siteUrl?: string): Response {
  const { status, ...page } = refusalPage(refusal);
  const link = siteUrl === undefined ? undefined : { text: "Go to Mattermost", url: siteUrl };
  return new Response(renderPage({ ...page, link }), { status, headers: pageHeaders });
}

function siteOf(integration: Integration): string {
  return integration.pluginUrl.replace(/\/plugins\/[^/]+$/, "");
}
