import { rm } from "node:fs/promises";
import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import type { MattermostSystem } from "../system/system.ts";
import type { CommandRegistry } from "./command-registry.ts";
import { FailureWindow } from "./failure-window.ts";
import { type InstanceSurroundings, PluginInstance } from "./plugin-instance.ts";
import type { InstalledPlugin } from "./plugin-library.ts";
import { pluginState } from "./plugin-state.ts";
import { PluginTurns } from "./plugin-turns.ts";

/** Environment.Shutdown: OnDeactivate may take this long when the server ends; when a plugin is disabled, as long as it likes. */
export const shutdownLimitMs = 10_000;

/** What the installation wants of a plugin. */
interface Wish {
  readonly installed: InstalledPlugin | undefined;
  readonly enabled: boolean;
}

export interface LifecycleParts extends InstanceSurroundings {
  readonly system: MattermostSystem;
  readonly commands: CommandRegistry;
  /** What the plugin may call. */
  readonly apiFor: (instance: PluginInstance) => ApiImplementation;
  /** A start was attempted, other than by the health check. */
  readonly settled: (instance: PluginInstance) => void;
  /** A running plugin was stopped because it is no longer enabled. */
  readonly disabled: (instance: PluginInstance) => void;
}

/** Starts, stops and replaces the plugins of one node so that they are what the installation wants them to be. */
export class PluginLifecycle {
  readonly #parts: LifecycleParts;
  readonly #instances = new Map<string, PluginInstance>();
  readonly #failures = new Map<string, FailureWindow>();
  readonly #turns = new PluginTurns();
  #closed = false;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
  }

  find(pluginId: string): PluginInstance | undefined {
    return this.#instances.get(pluginId);
  }

  all(): readonly PluginInstance[] {
    return [...this.#instances.values()];
  }

  /** Follows what was installed, replaced or removed. */
  follow(pluginId: string): Promise<void> {
    return this.#turns.run(pluginId, () => this.#bringInLine(pluginId));
  }

  /**
   * Follows a change of the configuration (Channels.syncPluginsActiveState): also what failed before is tried again. Where
   * somebody is at work already, it is left to them: the plugin itself may have saved the configuration in OnActivate.
   */
  async followConfiguration(): Promise<void> {
    const free = [...this.#instances.keys()].filter((id) => !this.#turns.busy(id));
    await Promise.all(free.map((id) => this.follow(id)));
  }

  /** Asks every running plugin for a sign of life; without one it is started again, or stopped for good at the third time in an hour. */
  async checkHealth(): Promise<void> {
    for (const instance of this.all()) {
      const { running } = instance;
      // Nobody waits for this question: a plugin that blocks its event loop never answers it.
      if (running === undefined || (await instance.isAlive())) continue;
      await this.#turns.run(instance.manifest.id, async () => {
        if (instance.running === running) await this.#afterFailure(instance);
      });
    }
  }

  /** Stops all plugins at once and starts none any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      this.all().map(async (instance) => {
        await instance.giveUp();
        await this.#turns.run(instance.manifest.id, () => instance.stop(shutdownLimitMs));
      }),
    );
    await this.#turns.idle();
  }

  #wanted(pluginId: string): Wish {
    const { plugins, configuration } = this.#parts.system;
    const enabled = !this.#closed && configuration.pluginEnabled(pluginId);
    return { installed: plugins.find(pluginId), enabled };
  }

  /** Until the wish has not changed while it was being fulfilled. */
  async #bringInLine(pluginId: string): Promise<void> {
    for (;;) {
      const wanted = this.#wanted(pluginId);
      await this.#fulfil(pluginId, wanted);
      const now = this.#wanted(pluginId);
      if (now.installed === wanted.installed && now.enabled === wanted.enabled) return;
    }
  }

  async #fulfil(pluginId: string, { installed, enabled }: Wish): Promise<void> {
    const old = this.#instances.get(pluginId);
    if (old !== undefined && old.installed !== installed) {
      await old.stop();
      this.#parts.commands.unregisterAll(pluginId);
      this.#instances.delete(pluginId);
      await rm(old.root, { recursive: true, force: true });
    }
    if (installed === undefined) return;
    const instance = this.#instances.get(pluginId) ?? (await PluginInstance.unpack(installed, this.#parts));
    this.#instances.set(pluginId, instance);
    const isRunning = instance.state === pluginState.running;
    if (enabled && !this.#closed && !isRunning) {
      await instance.start(this.#parts.apiFor(instance));
      this.#parts.settled(instance);
    } else if (!enabled) {
      await instance.stop();
      this.#parts.commands.unregisterAll(pluginId);
      if (isRunning) this.#parts.disabled(instance);
    }
  }

  async #afterFailure(instance: PluginInstance): Promise<void> {
    const { system, log } = this.#parts;
    const { id } = instance.manifest;
    const window = this.#failures.get(id) ?? new FailureWindow();
    this.#failures.set(id, window);
    log.write("warn", "Health check failed for plugin", { plugin_id: id });
    const then = window.failed(system.clock.now());
    await instance.stop();
    if (then === "restart") return instance.start(this.#parts.apiFor(instance));
    instance.failedToStay();
    log.write("debug", "Deactivating plugin due to multiple crashes", { plugin_id: id });
  }
}
