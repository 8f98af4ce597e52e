import { AppError } from "../app-error.ts";
import { isRecord, type Json, type JsonObject, toJsonObject } from "../json.ts";

export interface ManifestSetting {
  readonly key: string;
  readonly type: string;
  readonly secret: boolean;
  readonly default: Json | undefined;
}

export interface ManifestServer {
  /** Paths by platform in Go's words, such as `linux-amd64`. */
  readonly executables: Readonly<Record<string, string>>;
  /** Path for all other platforms, or "". */
  readonly executable: string;
}

/** What the server reads of a plugin.json. `raw` is the file as it was, with the id in lower case. */
export interface Manifest {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly minServerVersion: string;
  /** The half that runs as a process; absent when the manifest has none. */
  readonly server: ManifestServer | undefined;
  /** The half that runs in browsers; absent when the manifest has none. */
  readonly webapp: { readonly bundlePath: string } | undefined;
  /** Settings outside sections; only these get their defaults merged in on loading (facts 1, until 11.8). */
  readonly settings: readonly ManifestSetting[];
  readonly sectionSettings: readonly ManifestSetting[];
  readonly raw: JsonObject;
}

/** model.IsValidPluginId: 3 to 190 of these. It is the only check at installation. */
const idForm = /^[a-zA-Z0-9\-_.]{3,190}$/;
/** Three-part semantic versions; anything else fails to activate. */
const versionForm = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

export function parseManifest(text: string): Manifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new AppError("app.plugin.manifest.app_error", { detail: "plugin.json is no JSON.", cause });
  }
  if (!isRecord(parsed)) {
    throw new AppError("app.plugin.manifest.app_error", { detail: "plugin.json holds no object." });
  }
  const id = textOf(parsed.id);
  if (!idForm.test(id)) throw new AppError("app.plugin.invalid_id.app_error", { detail: `Found "${id}".` });
  const schema = isRecord(parsed.settings_schema) ? parsed.settings_schema : {};
  const sections = Array.isArray(schema.sections) ? schema.sections.filter(isRecord) : [];
  return {
    id: id.toLowerCase(),
    name: textOf(parsed.name),
    description: textOf(parsed.description),
    version: textOf(parsed.version),
    minServerVersion: textOf(parsed.min_server_version),
    server: isRecord(parsed.server) ? serverOf(parsed.server) : undefined,
    webapp: isRecord(parsed.webapp) ? { bundlePath: textOf(parsed.webapp.bundle_path) } : undefined,
    settings: settingsOf(schema.settings),
    sectionSettings: sections.flatMap((section) => settingsOf(section.settings)),
    raw: { ...toJsonObject(parsed), id: id.toLowerCase() },
  };
}

/** Why this server can not run the plugin, or undefined when it can (plugin.Environment.Activate). */
export function incompatibility(manifest: Manifest, serverVersion: string): string | undefined {
  if (manifest.minServerVersion === "") return undefined;
  const wanted = versionOf(manifest.minServerVersion);
  if (!wanted) {
    return `failed to parse MinServerVersion "${manifest.minServerVersion}": it is no version of three parts: ${manifest.id}`;
  }
  const have = versionOf(serverVersion) ?? [0, 0, 0];
  for (const [index, part] of wanted.entries()) {
    const ours = have[index] ?? 0;
    if (ours > part) return undefined;
    if (ours < part) return `plugin requires Mattermost ${manifest.minServerVersion}: ${manifest.id}`;
  }
  return undefined;
}

/** The executable for a platform in Go's words (`linux-amd64`), falling back to the one for all; "" if there is none. */
export function executableFor({ executables, executable }: ManifestServer, platform: string): string {
  return executables[platform] || executable;
}

/** This machine in Go's words. */
export function goPlatform(platform: string = process.platform, architecture: string = process.arch): string {
  const os = platform === "win32" ? "windows" : platform;
  return `${os}-${architecture === "x64" ? "amd64" : architecture}`;
}

/** Lower-cased keys of all settings that are secret, in and outside sections. */
export function secretKeysOf(manifest: Manifest): ReadonlySet<string> {
  const all = [...manifest.settings, ...manifest.sectionSettings];
  return new Set(all.filter((setting) => setting.secret).map((setting) => setting.key.toLowerCase()));
}

/** What LoadPluginConfiguration answers: lower-cased defaults overlaid by stored values, lower-cased too. */
export function effectiveSettings(manifest: Manifest, stored: JsonObject): JsonObject {
  const merged: JsonObject = {};
  for (const setting of manifest.settings) merged[setting.key.toLowerCase()] = setting.default ?? null;
  for (const [key, value] of Object.entries(stored)) merged[key.toLowerCase()] = value;
  return merged;
}

function serverOf(server: Readonly<Record<string, unknown>>): ManifestServer {
  return { executables: textMap(server.executables), executable: textOf(server.executable) };
}

function settingsOf(list: unknown): ManifestSetting[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((setting) => ({
    key: textOf(setting.key),
    type: textOf(setting.type),
    secret: setting.secret === true,
    default: setting.default === undefined ? undefined : (setting.default as Json),
  }));
}

function versionOf(text: string): [number, number, number] | undefined {
  const match = versionForm.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function textMap(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : [])),
  );
}
