import { AppError } from "../app-error.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { clientManifest } from "../plugins/client-manifest.ts";
import { pluginStatusJson } from "../plugins/plugin-state.ts";
import { type Rest, requirePermission, statusOk } from "./rest.ts";
import { readFileForm } from "./uploads.ts";

/** The list that the web app loads plugins by; it needs no session. */
export function webappPluginsRoute(rest: Rest, parts: NodeParts): void {
  rest.get("/plugins/webapp", (context) => context.json(parts.plugins.published().map(clientManifest)));
}

/** Installing plugins and switching them on and off, for administrators. */
export function pluginRoutes(rest: Rest, parts: NodeParts): void {
  const { system, plugins } = parts;

  rest.use("/plugins/*", async (context, next) => {
    requirePermission(parts, context, "manage_system");
    if (!system.configuration.current.PluginSettings.Enable) {
      throw new AppError("app.plugin.disabled.app_error");
    }
    await next();
  });

  rest.post("/plugins", async (context) => {
    requirePermission(parts, context, "manage_system");
    const { PluginSettings, FileSettings } = system.configuration.current;
    if (!PluginSettings.Enable || !PluginSettings.EnableUploads || PluginSettings.RequirePluginSignature) {
      throw new AppError("app.plugin.upload_disabled.app_error");
    }
    const form = await readFileForm(context, FileSettings.MaxFileSize);
    const archive = form.get("plugin");
    if (!(archive instanceof File)) {
      throw new AppError("api.context.invalid_body_param.app_error", {
        detail: "The form has no file named plugin.",
      });
    }
    const force = form.get("force") === "true";
    const manifest = await plugins.install(new Uint8Array(await archive.arrayBuffer()), { force });
    return context.json(manifest.raw, 201);
  });

  rest.get("/plugins", (context) => {
    requirePermission(parts, context, "manage_system");
    const installed = system.plugins.all().map((plugin) => plugin.manifest);
    return context.json({
      active: installed.filter((one) => plugins.isRunning(one.id)).map((one) => one.raw),
      inactive: installed.filter((one) => !plugins.isRunning(one.id)).map((one) => one.raw),
    });
  });

  rest.get("/plugins/statuses", (context) => context.json(plugins.statuses().map(pluginStatusJson)));

  rest.post("/plugins/:plugin_id/enable", async (context) => {
    await plugins.enable(context.req.param("plugin_id"));
    return context.json(statusOk);
  });

  rest.post("/plugins/:plugin_id/disable", async (context) => {
    await plugins.disable(context.req.param("plugin_id"));
    return context.json(statusOk);
  });

  rest.delete("/plugins/:plugin_id", async (context) => {
    await plugins.remove(context.req.param("plugin_id"));
    return context.json(statusOk);
  });
}
