import { AppError } from "../app-error.ts";
import { isRecord, type Json, type JsonObject, mergeJson, sameJson } from "../json.ts";

/** The sections of Mattermost's config.json that this server reads; others are kept as they are given. */
export interface ServerConfiguration {
  ServiceSettings: JsonObject & { SiteURL: string };
  TeamSettings: JsonObject;
  SqlSettings: JsonObject & { DriverName: string; DataSource: string };
  FileSettings: JsonObject & { MaxFileSize: number };
  LocalizationSettings: JsonObject;
  MetricsSettings: JsonObject & { Enable: boolean };
  PluginSettings: PluginSettings;
  [section: string]: Json;
}

/** Type alias because it must stay assignable to a JSON object. */
export type PluginSettings = {
  Enable: boolean;
  EnableUploads: boolean;
  EnableHealthCheck: boolean;
  RequirePluginSignature: boolean;
  Plugins: { [pluginId: string]: JsonObject };
  PluginStates: { [pluginId: string]: { Enable: boolean } };
  [key: string]: Json;
};

/** What stands in a sanitised configuration where a secret is (model.FakeSetting); saving it keeps the stored secret. */
export const maskedSecret = "*".repeat(32);
/** FileSettings.MaxFileSize, 100 MiB: Mattermost's default, which also bounds plugin uploads. */
const defaultMaxFileSizeBytes = 100 * 1024 * 1024;

/** Secrets outside plugin settings, as section and key. */
const serverSecrets: readonly (readonly [string, string])[] = [
  ["SqlSettings", "DataSource"],
  ["SqlSettings", "AtRestEncryptKey"],
  ["FileSettings", "PublicLinkSalt"],
  ["FileSettings", "AmazonS3SecretAccessKey"],
  ["EmailSettings", "SMTPPassword"],
];

export function defaultConfiguration(siteURL: string, dataSource: string): ServerConfiguration {
  return {
    ServiceSettings: {
      SiteURL: siteURL,
      ListenAddress: "127.0.0.1:0",
      EnableDeveloper: false,
      EnableTesting: false,
      EnableBotAccountCreation: true,
      EnablePostUsernameOverride: false,
      EnablePostIconOverride: false,
      EnableLinkPreviews: true,
      EnableLocalMode: false,
      ExperimentalStrictCSRFEnforcement: false,
      PostEditTimeLimit: -1,
      PostPriority: true,
      AllowCorsFrom: "",
      MaximumPayloadSizeBytes: 300_000,
    },
    TeamSettings: { SiteName: "Mattermost", EnableOpenServer: false, TeammateNameDisplay: "username" },
    SqlSettings: {
      DriverName: "postgres",
      DataSource: dataSource,
      DataSourceReplicas: [],
      MaxIdleConns: 50,
      MaxOpenConns: 100,
      ConnMaxLifetimeMilliseconds: 3_600_000,
      QueryTimeout: 30,
      AtRestEncryptKey: "",
    },
    FileSettings: {
      EnableFileAttachments: true,
      MaxFileSize: defaultMaxFileSizeBytes,
      MaxImageResolution: 7680 * 4320,
      EnablePublicLink: false,
      DriverName: "local",
      PublicLinkSalt: "",
    },
    LocalizationSettings: { DefaultServerLocale: "en", DefaultClientLocale: "en", AvailableLocales: "" },
    MetricsSettings: { Enable: true, ListenAddress: ":8067" },
    PluginSettings: {
      Enable: true,
      EnableUploads: true,
      EnableHealthCheck: true,
      RequirePluginSignature: false,
      Directory: "./plugins",
      Plugins: {},
      PluginStates: {},
    },
  };
}

/** Called after a save with the configuration before and after; a save waits for all of them. */
export type ConfigurationListener = (now: ServerConfiguration, before: ServerConfiguration) => Promise<void>;

/** The installation's configuration, shared by all nodes. Saves run one after another and wait for their listeners. */
export class ConfigurationStore {
  readonly #listeners = new Set<ConfigurationListener>();
  /** Which settings of a plugin are secret; told by the installed manifests. */
  readonly #secretKeys: (pluginId: string) => ReadonlySet<string>;
  #current: ServerConfiguration;

  constructor(initial: ServerConfiguration, secretKeys: (pluginId: string) => ReadonlySet<string>) {
    this.#current = initial;
    this.#secretKeys = secretKeys;
  }

  get current(): ServerConfiguration {
    return this.#current;
  }

  onChange(listener: ConfigurationListener): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /**
   * Stores a whole configuration and runs the listeners before it resolves, so that plugins are re-entered
   * before the saver has its answer (facts 1). Masked secrets keep their stored value; no change calls nobody.
   */
  async save(given: JsonObject): Promise<void> {
    const before = this.#current;
    const next = this.#unmask(parseConfiguration(given), before);
    if (sameJson(next, before)) return;
    this.#current = next;
    await Promise.all([...this.#listeners].map((listener) => listener(next, before)));
  }

  /** Lays `patch` over the configuration and saves the result. */
  async patch(patch: Json): Promise<void> {
    const merged = mergeJson(this.#current, patch);
    if (!isRecord(merged))
      throw new AppError("app.config.invalid.app_error", { detail: "It must be an object." });
    await this.save(merged as JsonObject);
  }

  /** Replaces all settings of one plugin. */
  async savePlugin(pluginId: string, settings: JsonObject): Promise<void> {
    const { PluginSettings: section } = this.#current;
    const Plugins = { ...section.Plugins, [pluginId]: settings };
    await this.save({ ...this.#current, PluginSettings: { ...section, Plugins } });
  }

  async setPluginEnabled(pluginId: string, enabled: boolean): Promise<void> {
    const { PluginSettings: section } = this.#current;
    const PluginStates = { ...section.PluginStates, [pluginId]: { Enable: enabled } };
    await this.save({ ...this.#current, PluginSettings: { ...section, PluginStates } });
  }

  pluginEnabled(pluginId: string): boolean {
    const { PluginSettings: section } = this.#current;
    return section.Enable && section.PluginStates[pluginId]?.Enable === true;
  }

  /** The stored settings of a plugin, secrets included. */
  pluginSettings(pluginId: string): JsonObject {
    return this.#current.PluginSettings.Plugins[pluginId] ?? {};
  }

  /** The configuration with every secret that is set replaced by asterisks. */
  sanitized(): ServerConfiguration {
    const copy = structuredClone(this.#current);
    for (const [section, key] of serverSecrets) {
      const values = copy[section];
      if (isRecord(values) && typeof values[key] === "string" && values[key] !== "")
        values[key] = maskedSecret;
    }
    for (const [pluginId, settings] of Object.entries(copy.PluginSettings.Plugins)) {
      const secrets = this.#secretKeys(pluginId);
      for (const key of Object.keys(settings)) {
        if (secrets.has(key.toLowerCase()) && settings[key] !== "" && settings[key] !== null) {
          settings[key] = maskedSecret;
        }
      }
    }
    return copy;
  }

  sanitizedPluginSettings(pluginId: string): JsonObject {
    return this.sanitized().PluginSettings.Plugins[pluginId] ?? {};
  }

  #unmask(next: ServerConfiguration, stored: ServerConfiguration): ServerConfiguration {
    for (const [section, key] of serverSecrets) {
      const values = next[section];
      const old = stored[section];
      if (isRecord(values) && isRecord(old) && values[key] === maskedSecret) values[key] = old[key] ?? "";
    }
    for (const [pluginId, settings] of Object.entries(next.PluginSettings.Plugins)) {
      const old = stored.PluginSettings.Plugins[pluginId] ?? {};
      for (const key of Object.keys(settings)) {
        if (settings[key] === maskedSecret && this.#secretKeys(pluginId).has(key.toLowerCase())) {
          settings[key] = old[key] ?? "";
        }
      }
    }
    return next;
  }
}

/** Checks the parts that this server reads; a wrong type names its path. The result is a copy. */
export function parseConfiguration(given: JsonObject): ServerConfiguration {
  const copy = structuredClone(given);
  const invalid = (path: string, wanted: string) =>
    new AppError("app.config.invalid.app_error", {
      detail: `${path} must be ${wanted}.`,
      where: "Config.IsValid",
    });
  const section = (name: string): JsonObject => {
    const value = copy[name];
    if (!isRecord(value)) throw invalid(name, "an object");
    return value as JsonObject;
  };
  const service = section("ServiceSettings");
  if (typeof service.SiteURL !== "string") throw invalid("ServiceSettings.SiteURL", "a string");
  if (service.SiteURL !== "" && !/^https?:\/\/[^\s]+$/.test(service.SiteURL)) {
    throw invalid("ServiceSettings.SiteURL", "empty or an http(s) address");
  }
  service.SiteURL = service.SiteURL.replace(/\/+$/, "");
  if (typeof section("SqlSettings").DataSource !== "string")
    throw invalid("SqlSettings.DataSource", "a string");
  if (typeof section("FileSettings").MaxFileSize !== "number")
    throw invalid("FileSettings.MaxFileSize", "a number");
  section("LocalizationSettings");
  section("TeamSettings");
  if (typeof section("MetricsSettings").Enable !== "boolean")
    throw invalid("MetricsSettings.Enable", "true or false");
  const plugins = section("PluginSettings");
  for (const key of ["Enable", "EnableUploads", "EnableHealthCheck", "RequirePluginSignature"]) {
    if (typeof plugins[key] !== "boolean") throw invalid(`PluginSettings.${key}`, "true or false");
  }
  for (const key of ["Plugins", "PluginStates"]) {
    const map = plugins[key];
    if (!isRecord(map) || !Object.values(map).every(isRecord)) {
      throw invalid(`PluginSettings.${key}`, "a map from plugin id to object");
    }
  }
  return copy as ServerConfiguration;
}
