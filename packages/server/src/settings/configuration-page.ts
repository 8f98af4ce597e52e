import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

/** docs/configuration.md: every setting with its key, values, default and meaning. */
export function configurationPage(): string {
  const sections = Object.entries(settings).map(([key, setting]) => section(key, setting));
  return `# Configuration

<!-- Generated from packages/server/src/settings by scripts/generate.ts. -->

The settings are under **System Console > Plugins > Microsoft Teams Notifications**. A change takes effect when it is
saved, without a restart. \`/msteams status\` tells a system administrator which setting is missing or wrong.

Mattermost stores them as \`PluginSettings.Plugins["msteams-notifications"]\`, keys in lower case.

${sections.join("\n\n")}
`;
}

function section(key: string, setting: Setting): string {
  const facts = [`Key: \`${key.toLowerCase()}\``, `Default: ${defaultOf(setting)}`];
  if (setting.secret) facts.push("Secret: shown to nobody once saved");
  const lines = [`## ${setting.displayName}`, "", facts.join(" · "), "", setting.helpText];
  if (setting.type === "choice") {
    const rows = setting.choices.map(({ value, displayName }) => `| \`${value}\` | ${displayName} |`);
    lines.push("", "| Value | Shown as |", "|---|---|", ...rows);
  }
  return lines.join("\n");
}

function defaultOf(setting: Setting): string {
  if (setting.type === "generated") return "made at the first start";
  return setting.default === "" ? "empty" : `\`${setting.default}\``;
}
