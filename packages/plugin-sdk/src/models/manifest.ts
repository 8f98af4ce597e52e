import { any, bytes, type Infer, int, ptr, record, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.ManifestServer`. */
export const ManifestServer = struct("ManifestServer", {
  executables: record(string),
  executable: string,
});
export interface ManifestServer extends Infer<typeof ManifestServer> {}

/** Mattermost's `model.ManifestWebapp`. */
export const ManifestWebapp = struct("ManifestWebapp", {
  bundlePath: string,
  bundleHash: bytes,
});
export interface ManifestWebapp extends Infer<typeof ManifestWebapp> {}

/** Mattermost's `model.Manifest`. Without its settings schema. */
export const Manifest = struct("Manifest", {
  id: string,
  name: string,
  description: string,
  homepageURL: string,
  supportURL: string,
  releaseNotesURL: string,
  iconPath: string,
  version: string,
  minServerVersion: string,
  server: ptr(ManifestServer),
  webapp: ptr(ManifestWebapp),
  props: record(any),
});
export interface Manifest extends Infer<typeof Manifest> {}

/** Mattermost's `model.PluginStatus`. `state`: 0 not running, 1 starting, 2 running, 3 failed to start, 4 failed to stay running, 5 stopping. */
export const PluginStatus = struct("PluginStatus", {
  pluginId: string,
  clusterId: string,
  pluginPath: string,
  state: int,
  error: string,
  name: string,
  description: string,
  version: string,
});
export interface PluginStatus extends Infer<typeof PluginStatus> {}

/** Mattermost's `model.OnInstallEvent`. */
export const OnInstallEvent = struct("OnInstallEvent", {
  userId: string,
});
export interface OnInstallEvent extends Infer<typeof OnInstallEvent> {}
