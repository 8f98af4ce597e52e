import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { NodeParts } from "../node/node-parts.ts";
import { connectionHeaders } from "./plugin-request.ts";

/** The metrics listener: `/plugins/{id}/metrics` and what lies below it, without sign-in; 404 where metrics are off. */
export function metricsRoutes({ system, plugins }: NodeParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const missing = () => new Response("404 page not found\n", { status: 404 });

  app.on("ALL", ["/plugins/:plugin_id/metrics", "/plugins/:plugin_id/metrics/*"], async (context) => {
    const pluginId = context.req.param("plugin_id") ?? "";
    if (!system.configuration.current.MetricsSettings.Enable || !plugins.isRunning(pluginId))
      return missing();
    const raw = context.req.raw;
    const url = new URL(raw.url);
    const { remoteAddress, remotePort } = context.env.incoming.socket;
    const behind = url.pathname.slice(`/plugins/${pluginId}/metrics`.length) || "/";
    const headers = new Headers(raw.headers);
    for (const name of connectionHeaders) headers.delete(name);
    const answer = plugins.serveMetrics(pluginId, {
      method: raw.method,
      url: `${behind}${url.search}`,
      requestUri: `${url.pathname}${url.search}`,
      headers,
      host: url.host,
      remoteAddr: `${remoteAddress}:${remotePort}`,
      body: raw.body,
      signal: raw.signal,
    });
    return (await answer) ?? missing();
  });
  app.notFound(missing);
  return app;
}
