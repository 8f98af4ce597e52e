import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";

/** A plugin's address as buttons, dialogs and dynamic lists name it: below `/plugins/` of the site, with or without the site. */
export interface PluginAddress {
  readonly pluginId: string;
  /** Path and query behind the plugin's id. */
  readonly path: string;
}

export function pluginAddress(url: string, siteURL: string): PluginAddress | undefined {
  const local = siteURL !== "" && url.startsWith(`${siteURL}/plugins/`) ? url.slice(siteURL.length) : url;
  const [, pluginId, path = "/"] = /^\/?plugins\/([^/?]+)(\/.*)?$/.exec(local) ?? [];
  return pluginId === undefined ? undefined : { pluginId, path };
}

export interface LocalRequest {
  readonly method: "GET" | "POST";
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
}

/** Asks a plugin within the process, in the name of a person. Undefined when it does not run here. */
export function askPlugin(
  parts: NodeParts,
  session: Session,
  { pluginId, path }: PluginAddress,
  { method, headers, body, signal }: LocalRequest,
): Promise<Response> | undefined {
  const { SiteURL } = parts.system.configuration.current.ServiceSettings;
  headers.set("mattermost-user-id", session.userId);
  if (body !== undefined) headers.set("content-length", String(Buffer.byteLength(body)));
  const request = {
    method,
    url: path,
    requestUri: `/plugins/${pluginId}${path}`,
    headers,
    host: SiteURL === "" ? "" : new URL(SiteURL).host,
    remoteAddr: "",
    body: body === undefined ? null : new Response(body).body,
    signal,
  };
  return parts.plugins.serveHttp(pluginId, request, session);
}
