import { type Cloud, cloudAddresses } from "./domain/cloud.ts";
import type { Setting } from "./settings/setting.ts";
import { isLoopback, type SettingName, type SettingValues, settings } from "./settings/settings.ts";

/** What the administrator chose, complete and checked. */
export interface Config extends Omit<SettingValues, "cloud" | "loginUrl" | "graphUrl" | "teamsUrl"> {
  readonly cloud: Cloud;
  /** Mattermost's address without a trailing slash; may hold a path. */
  readonly siteUrl: string;
}

/** Something an administrator has to put right. Names a setting as the System Console shows it. */
export interface ConfigProblem {
  readonly setting: string;
  readonly what: string;
  readonly doThis: string;
}

export type ParsedConfig =
  | { readonly kind: "complete"; readonly config: Config }
  | { readonly kind: "incomplete"; readonly problems: readonly ConfigProblem[] };

/** What `GetConfig` shows in place of a secret (mattermost-plugin facts, section 1); it can never be one. */
const maskedSecret = "*".repeat(32);

/**
 * Reads the plugin's configuration as `LoadPluginConfiguration` returns it: keys in lower case, a cleared field as null,
 * booleans possibly as strings. `siteUrl` is Mattermost's own setting. Never throws; problems come in the System
 * Console's order.
 */
export function parseConfig(stored: unknown, siteUrl: string | undefined): ParsedConfig {
  const values: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const value = storedValue(stored, name) ?? setting.default;
    const checked = setting.schema.safeParse(value);
    values[name] = checked.success ? checked.data : setting.default;
    if (checked.success) continue;
    const { displayName, remedy } = setting;
    const why = value === "" ? "is empty" : (checked.error.issues[0]?.message ?? "is not valid");
    problems.push({ setting: displayName, what: describe(displayName, setting.type, why), doThis: remedy });
  }
  const complete = values as SettingValues;
  problems.push(...missingAddresses(complete), ...siteUrlProblems(siteUrl, complete.cloud));
  if (problems.length > 0 || siteUrl === undefined) return { kind: "incomplete", problems };
  return { kind: "complete", config: configOf(complete, siteUrl) };
}

/** The stored text of a setting, trimmed; `undefined` when it is unset, null or a secret's mask. */
export function storedValue(stored: unknown, name: string): string | boolean | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const value: unknown = Object.entries(stored).find(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  )?.[1];
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const trimmed = String(value).trim();
  return trimmed === "" || trimmed === maskedSecret ? undefined : trimmed;
}

/** True when both configurations make the same plugin; a save of any other setting of Mattermost changes nothing. */
export function sameConfig(one: Config, other: Config): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function configOf(values: SettingValues, siteUrl: string): Config {
  const { cloud, loginUrl, graphUrl, teamsUrl, ...others } = values;
  const custom = { login: bare(loginUrl), graph: bare(graphUrl), teams: bare(teamsUrl) };
  return {
    ...others,
    cloud: cloud === "custom" ? cloudAddresses("custom", custom) : cloudAddresses(cloud),
    tenantId: values.tenantId.toLowerCase(),
    clientId: values.clientId.toLowerCase(),
    siteUrl: bare(siteUrl),
  };
}

function describe(displayName: string, type: Setting["type"], why: string): string {
  if (type !== "choice" && type !== "switch") return `${displayName} ${why}.`;
  return `${displayName} holds a value that does not exist.`;
}

function missingAddresses(values: SettingValues): ConfigProblem[] {
  if (values.cloud !== "custom") return [];
  const names = ["loginUrl", "graphUrl", "teamsUrl"] as const satisfies readonly SettingName[];
  return names
    .filter((name) => values[name] === "")
    .map((name) => settings[name])
    .map(({ displayName, remedy }) => ({
      setting: displayName,
      what: `${displayName} is empty, and a custom cloud needs it.`,
      doThis: remedy,
    }));
}

/** Microsoft posts notifications to https addresses only; a tenant one runs oneself may be less strict. */
function siteUrlProblems(siteUrl: string | undefined, cloud: SettingValues["cloud"]): ConfigProblem[] {
  const setting = "Site URL";
  const doThis =
    "Set it under System Console > Environment > Web Server to the address people use, with https.";
  if (siteUrl === undefined || siteUrl === "") {
    return [
      { setting, what: "Mattermost's Site URL is empty, so Microsoft could not reach this server.", doThis },
    ];
  }
  const url = URL.parse(siteUrl);
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === null || !isWeb)
    return [{ setting, what: "Mattermost's Site URL is not a web address.", doThis }];
  if (url.protocol === "https:" || isLoopback(url.hostname) || cloud === "custom") return [];
  return [{ setting, what: "Microsoft sends notifications to https addresses only.", doThis }];
}

function bare(url: string): string {
  return url.replace(/\/+$/, "");
}
