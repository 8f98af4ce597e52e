import { pluginId } from "../adapters/http/contract.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

export { pluginId };

/**
 * 10.7 is the oldest server whose System Console masks `secret` settings for plugins and whose database is certainly
 * PostgreSQL 13 or newer; everything else the plugin calls is older.
 */
const minServerVersion = "10.7.0";

const executables = ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64"] as const;

export type Platform = (typeof executables)[number];

/** Where a platform's executable lies inside the bundle. */
export function executablePath(platform: Platform): string {
  return `server/dist/plugin-${platform}${platform.startsWith("windows") ? ".exe" : ""}`;
}

/** `plugin.json` as Mattermost reads it (mattermost-plugin facts, section 1). */
export function manifest(version: string): Readonly<Record<string, unknown>> {
  return {
    id: pluginId,
    name: "Microsoft Teams Notifications",
    description:
      "Forwards Microsoft Teams chat messages to Mattermost while their reader is away from Teams.",
    version,
    min_server_version: minServerVersion,
    icon_path: "assets/icon.svg",
    server: {
      executables: Object.fromEntries(executables.map((platform) => [platform, executablePath(platform)])),
    },
    webapp: { bundle_path: "webapp/dist/main.js" },
    settings_schema: {
      header:
        "Connects Mattermost with one Microsoft 365 tenant. `/msteams status` tells an administrator what is still missing.",
      footer: "",
      settings: Object.entries(settings).map(([key, setting]) => manifestSetting(key, setting)),
    },
  };
}

function manifestSetting(key: string, setting: Setting): Readonly<Record<string, unknown>> {
  const described = { key, display_name: setting.displayName, help_text: setting.helpText };
  switch (setting.type) {
    case "choice":
      return {
        ...described,
        type: "dropdown",
        default: setting.default,
        options: setting.choices.map(({ displayName, value }) => ({ display_name: displayName, value })),
      };
    case "switch":
      return { ...described, type: "bool", default: setting.default };
    case "number":
      return { ...described, type: "number", default: setting.default };
    case "text":
      return {
        ...described,
        type: "text",
        default: setting.default,
        ...(setting.placeholder === "" ? {} : { placeholder: setting.placeholder }),
        ...(setting.secret ? { secret: true } : {}),
      };
    case "generated":
      return {
        ...described,
        type: "generated",
        default: setting.default,
        regenerate_help_text: setting.remedy,
        secret: setting.secret,
      };
  }
}
