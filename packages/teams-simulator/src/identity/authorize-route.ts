import type { Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import { readAuthorizeRequest, readReplyAddress } from "./authorize-request.ts";
import { replyWithError } from "./authorize-response.ts";
import { entraCase } from "./entra-cases.ts";
import { EntraError, entraErrorBody } from "./entra-error.ts";
import { errorPage } from "./pages/notices.ts";
import type { Realm } from "./realm.ts";
import { readForm } from "./request-form.ts";
import { continueSignIn, type SignIn } from "./sign-in.ts";
import { sessionCookie } from "./sign-in-sessions.ts";
import { takeSignInStep } from "./sign-in-steps.ts";

/** A refusal on a page of its own. */
export function showError(context: Context, error: unknown, realm: Realm): Response | Promise<Response> {
  if (!(error instanceof EntraError)) throw error;
  const body = entraErrorBody(
    error,
    realm.tenant,
    realm.endpoints.loginUrl,
    context.req.header("client-request-id"),
  );
  context.header("x-ms-request-id", body.trace_id);
  return context.html(errorPage(body), entraCase(error.code).status === 503 ? 503 : 400);
}

/** Runs `step` on the authorize request in `parameters`; each refusal goes where it belongs. */
async function withSignIn(
  context: Context,
  parameters: URLSearchParams,
  realm: Realm,
  step: (signIn: SignIn) => Response | Promise<Response>,
): Promise<Response> {
  const tenant = context.req.param("tenant") ?? "";
  try {
    const reply = readReplyAddress(tenant, parameters, realm);
    const silent = parameters.get("prompt") === "none";
    try {
      realm.faults.strike("authorize", { clientId: reply.app.clientId });
      const request = readAuthorizeRequest(reply, parameters, realm);
      const action = `/${tenant}/login?${parameters}`;
      return await step({ context, request, action, cookie: getCookie(context, sessionCookie) });
    } catch (error) {
      // Without a person to read a page, every refusal goes back to the application.
      if (error instanceof EntraError && (silent || entraCase(error.code).page === undefined)) {
        return await replyWithError(context, reply, error, realm);
      }
      throw error;
    }
  } catch (error) {
    return showError(context, error, realm);
  }
}

/** `GET|POST /{tenant}/oauth2/v2.0/authorize`, and `POST /{tenant}/login`, where the pages' forms go. */
export function addAuthorizeRoutes(app: Hono, realm: Realm): void {
  app.get("/:tenant/oauth2/v2.0/authorize", (context) =>
    withSignIn(context, new URL(context.req.url).searchParams, realm, (signIn) =>
      continueSignIn(signIn, realm),
    ),
  );
  app.post("/:tenant/oauth2/v2.0/authorize", async (context) => {
    try {
      const parameters = await readForm(context.req.raw);
      return await withSignIn(context, parameters, realm, (signIn) => continueSignIn(signIn, realm));
    } catch (error) {
      return showError(context, error, realm);
    }
  });
  app.post("/:tenant/login", async (context) => {
    try {
      const form = await readForm(context.req.raw);
      const parameters = new URL(context.req.url).searchParams;
      return await withSignIn(context, parameters, realm, (signIn) => takeSignInStep(signIn, form, realm));
    } catch (error) {
      return showError(context, error, realm);
    }
  });
}
