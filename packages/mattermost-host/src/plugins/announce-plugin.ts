import type { MattermostSystem } from "../system/system.ts";
import { clientManifest } from "./client-manifest.ts";
import type { PluginInstance } from "./plugin-instance.ts";
import { type PluginState, pluginState } from "./plugin-state.ts";

/** States that a plugin is soon to leave. */
const passing: readonly PluginState[] = [pluginState.notRunning, pluginState.starting, pluginState.stopping];

/**
 * Tells open web apps to load or drop a plugin's web half. They may ask any node for it, so the last node to have started
 * or stopped it speaks for all (Channels.notifyPluginEnabled).
 */
export function announcePlugin(
  system: MattermostSystem,
  nodeId: string,
  event: "plugin_enabled" | "plugin_disabled",
  { manifest, webBundle }: PluginInstance,
): void {
  if (webBundle === undefined) return;
  const all = system.cluster.statuses(nodeId).filter((status) => status.pluginId === manifest.id);
  const running = all.filter(({ state }) => state === pluginState.running);
  const settled =
    event === "plugin_enabled"
      ? running.length > 0 &&
        all.length === system.cluster.nodeIds.length &&
        all.every(({ state, version }) => !passing.includes(state) && version === manifest.version)
      : all.every(({ state }) => state !== pluginState.running && state !== pluginState.stopping);
  if (settled) system.events.publish(event, { manifest: clientManifest({ manifest, webBundle }) });
}
