import type { Context, Hono } from "hono";
import { readAuthority } from "./authority.ts";
import { authenticateClient } from "./client-authentication.ts";
import { entraCase } from "./entra-cases.ts";
import { EntraError, entraErrorBody } from "./entra-error.ts";
import { redeemAuthorizationCode } from "./grants/authorization-code.ts";
import { grantClientCredentials } from "./grants/client-credentials.ts";
import { redeemRefreshToken } from "./grants/refresh-token.ts";
import type { TokenAnswer } from "./grants/token-answer.ts";
import type { Realm } from "./realm.ts";
import { readForm, requiredParameter } from "./request-form.ts";

async function answerGrant(context: Context, realm: Realm): Promise<TokenAnswer> {
  const form = await readForm(context.req.raw);
  const authority = readAuthority(context.req.param("tenant") ?? "", realm.tenant);
  const grantType = requiredParameter(form, "grant_type");
  const app = await authenticateClient(form, context.req.header("authorization"), authority, realm);
  switch (grantType) {
    case "authorization_code":
      return redeemAuthorizationCode(form, app, realm);
    case "refresh_token":
      return redeemRefreshToken(form, app, realm);
    case "client_credentials":
      return grantClientCredentials(form, app, authority, realm);
    default:
      throw new EntraError("grant-type-unsupported", grantType);
  }
}

/** An {@link EntraError} as JSON; anything else is thrown on. */
export function answerEntraError(context: Context, error: unknown, realm: Realm): Response {
  if (!(error instanceof EntraError)) throw error;
  const body = entraErrorBody(
    error,
    realm.tenant,
    realm.endpoints.loginUrl,
    context.req.header("client-request-id"),
  );
  context.header("x-ms-request-id", body.trace_id);
  context.header("cache-control", "no-store, no-cache");
  return context.json(body, entraCase(error.code).status ?? 400);
}

/** `POST /{tenant}/oauth2/v2.0/token`. */
export function addTokenRoute(app: Hono, realm: Realm): void {
  app.post("/:tenant/oauth2/v2.0/token", async (context) => {
    try {
      const answer = await answerGrant(context, realm);
      context.header("cache-control", "no-store, no-cache");
      context.header("pragma", "no-cache");
      return context.json(answer);
    } catch (error) {
      return answerEntraError(context, error, realm);
    }
  });
}
