import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import type { Caller } from "./caller.ts";

/** The other plugins of the server, and requests to them. */
export function pluginsApi({ manifest, system, plugins }: Caller): ApiImplementation {
  return {
    GetPlugins: () =>
      system.plugins.all().map(({ manifest: { id, name, description, version, minServerVersion } }) => ({
        id,
        name,
        description,
        version,
        minServerVersion,
      })),
    GetPluginStatus(pluginId) {
      const status = plugins.statuses().find((one) => one.pluginId === pluginId);
      if (!status) throw new AppError("app.plugin.not_installed.app_error");
      return status;
    },
    DisablePlugin: (pluginId) => plugins.disable(pluginId),
    async PluginHTTP({ request, requestBody }) {
      const { pathname, search } = new URL(request.url ?? "/", "http://plugin.invalid");
      const [, targetId = "", ...rest] = pathname.split("/");
      if (rest.length === 0) return refusal(400, "Not enough URL. Form of URL should be /<pluginid>/*");
      const headers = new Headers();
      for (const [name, values] of Object.entries(request.header ?? {})) {
        for (const value of values ?? []) headers.append(name, value);
      }
      headers.delete("mattermost-user-id");
      headers.set("mattermost-plugin-id", manifest.id);
      const answer = await plugins.serveHttp(
        targetId,
        {
          method: request.method,
          url: `/${rest.join("/")}${search}`,
          requestUri: `${pathname}${search}`,
          headers,
          host: request.host,
          remoteAddr: "",
          body: new Response(requestBody.slice()).body,
          signal: new AbortController().signal,
        },
        undefined,
      );
      if (!answer) return refusal(404, "404 page not found\n");
      const header: Record<string, string[]> = {};
      for (const [name, value] of answer.headers) header[name] = [...(header[name] ?? []), value];
      return {
        response: { statusCode: answer.status, header },
        responseBody: new Uint8Array(await answer.arrayBuffer()),
      };
    },
  };
}

function refusal(statusCode: number, words: string) {
  return { response: { statusCode }, responseBody: new TextEncoder().encode(words) };
}
