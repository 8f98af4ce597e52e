import type { Context } from "hono";
import type { ReplyAddress } from "./authorize-request.ts";
import { entraCase } from "./entra-cases.ts";
import { type EntraError, entraErrorBody } from "./entra-error.ts";
import { formPostPage } from "./pages/form-post.ts";
import type { Realm } from "./realm.ts";

/** Sends `parameters` and `state` to the redirect URI by its response mode. */
export function reply(
  context: Context,
  address: ReplyAddress,
  parameters: Record<string, string>,
): Response | Promise<Response> {
  const fields = { ...parameters, ...(address.state !== undefined && { state: address.state }) };
  context.header("cache-control", "no-store, no-cache");
  if (address.responseMode === "form_post") return context.html(formPostPage(address.redirectUri, fields));
  const target = new URL(address.redirectUri);
  if (address.responseMode === "fragment") target.hash = new URLSearchParams(fields).toString();
  else for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
  return context.redirect(target.href, 302);
}

/** Sends a refusal to the redirect URI: `error` and `error_description`, and `error_uri` as at the token endpoint. */
export function replyWithError(
  context: Context,
  address: ReplyAddress,
  error: EntraError,
  realm: Realm,
): Response | Promise<Response> {
  const row = entraCase(error.code);
  const body = entraErrorBody(
    error,
    realm.tenant,
    realm.endpoints.loginUrl,
    context.req.header("client-request-id"),
  );
  return reply(context, address, {
    error: row.redirectError ?? row.error,
    error_description: body.error_description,
    error_uri: body.error_uri,
    ...(body.suberror !== undefined && { error_subcode: body.suberror }),
  });
}
