import type { HttpBindings } from "@hono/node-server";
import type { Session } from "../model/user.ts";
import type { ForwardedRequest } from "../node/plugin-gateway.ts";
import type { MattermostSystem } from "../system/system.ts";
import { sessionCookie, withoutCookie } from "./cookies.ts";
import { csrfHolds, type PresentedToken, presentedToken, sessionOf } from "./credentials.ts";

/** A request as a plugin gets it, and the session of the person it may act for. */
export interface AuthorizedRequest {
  readonly request: ForwardedRequest;
  readonly session: Session | undefined;
}

/** Only the server says who asks; where the person came from is none of the plugin's business. */
const claims = ["mattermost-user-id", "mattermost-plugin-id", "referer"];
/** Go's net/http keeps these apart from the headers that a handler sees. */
export const connectionHeaders = ["host", "transfer-encoding"];

/** A form has to be read for its `csrf` field; more than this is no form that only proves a click. */
const maxFormBytes = 10 * 1024 * 1024;

/**
 * Decides for whom a request to a plugin speaks (SA/plugin_requests.go). It always reaches the plugin: without a valid
 * session, or with a cookie but no CSRF proof, it does so without a user.
 */
export async function authorize(
  system: MattermostSystem,
  raw: Request,
  incoming: HttpBindings["incoming"],
  pluginId: string,
): Promise<AuthorizedRequest> {
  const url = new URL(raw.url);
  const headers = new Headers(raw.headers);
  const presented = presentedToken(headers, url.searchParams);
  const session = sessionOf(system, presented);
  const form = await formOf(raw, presented);
  const strict = system.configuration.current.ServiceSettings.ExperimentalStrictCSRFEnforcement === true;
  const formToken = url.searchParams.get("csrf") ?? form?.token;
  const trusted = session && presented && csrfHolds(raw, presented, session, { strict, formToken });

  for (const name of [...claims, ...connectionHeaders]) headers.delete(name);
  const cookies = withoutCookie(headers.get("cookie"), sessionCookie);
  if (cookies === undefined) headers.delete("cookie");
  else headers.set("cookie", cookies);
  if (session) headers.delete("authorization");
  if (trusted) headers.set("mattermost-user-id", session.userId);
  url.searchParams.delete("access_token");

  const behind = url.pathname.slice(`/plugins/${pluginId}`.length) || "/";
  const { remoteAddress, remotePort } = incoming.socket;
  const request: ForwardedRequest = {
    method: raw.method,
    url: `${behind}${url.search}`,
    requestUri: `${url.pathname}${url.search}`,
    headers,
    host: raw.headers.get("host") ?? url.host,
    remoteAddr: `${remoteAddress}:${remotePort}`,
    body: form ? form.body : raw.body,
    signal: raw.signal,
  };
  return { request, session: trusted ? session : undefined };
}

/** The form of a request whose CSRF proof may lie in it; the body can be read again afterwards. */
async function formOf(raw: Request, presented: PresentedToken | undefined) {
  const type = raw.headers.get("content-type") ?? "";
  if (presented?.from !== "cookie" || !type.startsWith("application/x-www-form-urlencoded")) return undefined;
  if (raw.body === null || Number(raw.headers.get("content-length") ?? maxFormBytes + 1) > maxFormBytes) {
    return undefined;
  }
  const bytes = new Uint8Array(await raw.arrayBuffer());
  const token = new URLSearchParams(new TextDecoder().decode(bytes)).get("csrf") ?? undefined;
  return { token, body: new Response(bytes).body };
}
