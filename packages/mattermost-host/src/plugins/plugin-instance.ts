import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ApiImplementation, PluginOutput, RunningPlugin } from "@msteams-notifications/plugin-sdk/host";
import type { Clock } from "../clock.ts";
import type { ServerLog } from "../log.ts";
import { extractPlugin } from "./archive.ts";
import type { Manifest } from "./manifest.ts";
import type { InstalledPlugin } from "./plugin-library.ts";
import { type PluginState, pluginState } from "./plugin-state.ts";
import { startPlugin } from "./start-plugin.ts";
import type { WebBundle } from "./web-bundle.ts";

/** A plugin that does not answer is asked again before it counts as failed (plugin.HealthCheckPingFailLimit). */
const pingAttempts = 3;

/** What all instances of one node share. */
export interface InstanceSurroundings {
  /** Where the plugins of the node are unpacked. */
  readonly directory: string;
  readonly log: ServerLog;
  readonly clock: Clock;
  /** How long a process may take to introduce itself. Default: Mattermost's 3 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Where processes put their sockets. Default: their choice. */
  readonly socketFolder?: string | undefined;
}

/** One installed plugin on one node: its files, its process when it runs, and what an administrator sees of it. */
export class PluginInstance {
  readonly installed: InstalledPlugin;
  readonly root: string;
  readonly #around: InstanceSurroundings;
  #state: PluginState = pluginState.notRunning;
  #error = "";
  #webBundle: WebBundle | undefined;
  #process: RunningPlugin | undefined;
  #givenUp = false;

  private constructor(installed: InstalledPlugin, root: string, around: InstanceSurroundings) {
    this.installed = installed;
    this.root = root;
    this.#around = around;
  }

  /** Lays the plugin out below `directory` as `<directory>/<id>`. Throws the AppError of a broken archive. */
  static async unpack(installed: InstalledPlugin, around: InstanceSurroundings): Promise<PluginInstance> {
    const root = join(around.directory, installed.manifest.id);
    const unpacking = `${root}.new`;
    await rm(root, { recursive: true, force: true });
    await mkdir(unpacking, { recursive: true });
    try {
      const extracted = await extractPlugin(installed.archive, unpacking);
      for (const name of extracted.skipped) {
        around.log.write("warn", "skipping unsupported header type on extracting tar file", { name });
      }
      await rename(extracted.root, root);
    } finally {
      await rm(unpacking, { recursive: true, force: true });
    }
    return new PluginInstance(installed, root, around);
  }

  get manifest(): Manifest {
    return this.installed.manifest;
  }

  get state(): PluginState {
    return this.#state;
  }

  /** Why the last start failed, in the words that the administrator reads; "" when it did not. */
  get error(): string {
    return this.#error;
  }

  /** The web half once it has been published, which happens at each start. */
  get webBundle(): WebBundle | undefined {
    return this.#webBundle;
  }

  /** The process once its activation has succeeded. */
  get running(): RunningPlugin | undefined {
    return this.#state === pluginState.running ? this.#process : undefined;
  }

  /** Starts and activates the plugin. Never rejects: `state` and `error` tell how it went. */
  async start(api: ApiImplementation): Promise<void> {
    this.#state = pluginState.starting;
    this.#error = "";
    try {
      const { log, startTimeoutMs, socketFolder } = this.#around;
      await startPlugin(this.manifest, this.root, {
        api,
        log: (entry) => this.#heard(entry),
        startTimeoutMs,
        socketFolder,
        published: (bundle) => {
          this.#webBundle = bundle;
        },
        launched: (process) => {
          this.#process = process;
          if (this.#givenUp) throw new Error("the server is shutting down");
        },
      });
      this.#state = pluginState.running;
      log.write("debug", "Plugin activated", { ...this.#fields, version: this.manifest.version });
    } catch (cause) {
      await this.#process?.kill();
      this.#process = undefined;
      this.#state = pluginState.failedToStart;
      this.#error = cause instanceof Error ? cause.message : String(cause);
      this.#around.log.write("error", "Unable to activate plugin", { ...this.#fields, error: this.#error });
    }
  }

  /** OnDeactivate, for which the plugin has `limitMs` if given, then the end of the process. */
  async stop(limitMs?: number): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process !== undefined) {
      this.#state = pluginState.stopping;
      await this.#deactivate(process, limitMs);
      await process.kill();
    }
    this.#state = pluginState.notRunning;
  }

  /** Ends a start whose OnActivate has not returned, and each that follows. For when the server shuts down. */
  async giveUp(): Promise<void> {
    this.#givenUp = true;
    if (this.#state === pluginState.starting) await this.#process?.kill();
  }

  /** Marks a stopped plugin as one that is not to be started again by itself. */
  failedToStay(): void {
    this.#state = pluginState.failedToStayRunning;
  }

  /** Whether the plugin answers. One that blocks its own event loop keeps the question waiting. */
  async isAlive(): Promise<boolean> {
    for (let attempt = 0; attempt < pingAttempts; attempt += 1) {
      const answered = await this.running?.ping().then(
        () => true,
        () => false,
      );
      if (answered) return true;
    }
    return false;
  }

  get #fields(): Record<string, string> {
    return { plugin_id: this.manifest.id };
  }

  async #deactivate(process: RunningPlugin, limitMs: number | undefined): Promise<void> {
    const { clock, log } = this.#around;
    const late = Promise.withResolvers<void>();
    using _limit = limitMs === undefined ? undefined : clock.after(limitMs, late.resolve);
    const done = process.deactivate().catch((error: unknown) => {
      log.write("error", "Plugin OnDeactivate() error", { ...this.#fields, error: String(error) });
    });
    const isLate = await Promise.race([done.then(() => false), late.promise.then(() => true)]);
    if (isLate) log.write("warn", "Plugin OnDeactivate() failed to complete in time", this.#fields);
  }

  #heard({ level, message, fields, source }: PluginOutput): void {
    const texts = Object.entries(fields).map(([key, value]) => [key, String(value)]);
    const known = level === "trace" ? "debug" : level;
    this.#around.log.write(known, message, { ...Object.fromEntries(texts), ...this.#fields, source });
  }
}
