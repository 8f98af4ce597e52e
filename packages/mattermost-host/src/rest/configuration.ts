import type { NodeParts } from "../node/node-parts.ts";
import { serverVersion } from "../system/system.ts";
import { readBody, readJson } from "./body.ts";
import { type Rest, requirePermission } from "./rest.ts";

/** What clients ask for before anybody has signed in. */
export function openSystemRoutes(rest: Rest, parts: NodeParts): void {
  const { system } = parts;

  rest.get("/system/ping", (context) => context.json({ status: "OK" }));

  rest.get("/config/client", (context) => {
    const { ServiceSettings, TeamSettings, LocalizationSettings, PluginSettings } =
      system.configuration.current;
    return context.json({
      Version: serverVersion,
      BuildNumber: serverVersion,
      BuildEnterpriseReady: "false",
      DiagnosticId: system.diagnosticId,
      SiteURL: ServiceSettings.SiteURL,
      SiteName: String(TeamSettings.SiteName ?? ""),
      DefaultClientLocale: String(LocalizationSettings.DefaultClientLocale ?? "en"),
      PluginsEnabled: String(PluginSettings.Enable),
      TeammateNameDisplay: String(TeamSettings.TeammateNameDisplay ?? "username"),
      EnableBotAccountCreation: String(ServiceSettings.EnableBotAccountCreation ?? false),
    });
  });

  rest.get("/license/client", (context) => context.json({ IsLicensed: "false" }));
}

/** The server's configuration, for administrators; secrets are masked on the way out. */
export function configurationRoutes(rest: Rest, parts: NodeParts): void {
  const { configuration } = parts.system;

  rest.get("/config", (context) => {
    requirePermission(parts, context, "manage_system");
    return context.json(configuration.sanitized());
  });

  rest.put("/config", async (context) => {
    requirePermission(parts, context, "manage_system");
    await configuration.save((await readBody(context)).raw);
    return context.json(configuration.sanitized());
  });

  rest.put("/config/patch", async (context) => {
    requirePermission(parts, context, "manage_system");
    await configuration.patch(await readJson(context));
    return context.json(configuration.sanitized());
  });
}
