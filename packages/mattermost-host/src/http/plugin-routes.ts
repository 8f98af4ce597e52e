import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { AppError } from "../app-error.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { publishedFile } from "../plugins/web-bundle.ts";
import { contentTypeOf } from "./content-type.ts";
import { authorize } from "./plugin-request.ts";

/** Web bundles carry a hash in their name, hence never change. */
const bundleCacheSeconds = 31_556_926;

/** What plugins serve: their own routes, their `public/` files and their web halves. */
export function pluginRoutes(parts: NodeParts): Hono<{ Bindings: HttpBindings }> {
  const { system, plugins } = parts;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const missing = () => new Response("404 page not found\n", { status: 404 });

  app.get("/static/plugins/:plugin_id/:file{.+}", async (context) => {
    const { plugin_id: pluginId, file } = context.req.param();
    const plugin = plugins.published().find((one) => one.manifest.id === pluginId);
    const bytes = plugin && (await publishedFile(plugin.webBundle.directory, file));
    return bytes ? fileAnswer(bytes, file, `max-age=${bundleCacheSeconds}, public`) : missing();
  });

  app.use("/plugins/*", async (_, next) => {
    if (!system.configuration.current.PluginSettings.Enable) {
      throw new AppError("app.plugin.disabled.app_error");
    }
    await next();
  });

  app.get("/plugins/:plugin_id/public/*", async (context) => {
    const pluginId = context.req.param("plugin_id");
    const root = plugins.isRunning(pluginId) ? plugins.rootOf(pluginId) : undefined;
    const [, , , , ...rest] = new URL(context.req.url).pathname.split("/");
    const file = decodeURIComponent(rest.join("/"));
    const bytes = root === undefined ? undefined : await publishedFile(`${root}/public`, file);
    return bytes ? fileAnswer(bytes, file, "no-cache") : missing();
  });

  app.on("ALL", ["/plugins/:plugin_id", "/plugins/:plugin_id/*"], async (context) => {
    const pluginId = context.req.param("plugin_id") ?? "";
    if (!plugins.isRunning(pluginId)) return missing();
    const { request, session } = await authorize(system, context.req.raw, context.env.incoming, pluginId);
    return (await plugins.serveHttp(pluginId, request, session)) ?? missing();
  });
  return app;
}

function fileAnswer(bytes: Uint8Array, name: string, cacheControl: string): Response {
  return new Response(Buffer.from(bytes), {
    headers: { "content-type": contentTypeOf(name), "cache-control": cacheControl },
  });
}
