import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type ApiImplementation,
  GoPluginError,
  launchPlugin,
  type PluginOutput,
  type RunningPlugin,
} from "@msteams-notifications/plugin-sdk/host";
import type { ServerLog } from "../log.ts";
import { serverVersion } from "../system/system.ts";
import { extractPlugin } from "./archive.ts";
import { type AfterFailure, FailureWindow } from "./failure-window.ts";
import { executableFor, goPlatform, incompatibility, type Manifest } from "./manifest.ts";
import type { InstalledPlugin } from "./plugin-library.ts";
import { type PluginState, pluginState } from "./plugin-state.ts";
import { publishWebBundle, type WebBundle } from "./web-bundle.ts";

/** A plugin that does not answer is asked again before it counts as failed (plugin health check). */
const pingAttempts = 3;

/** One installed plugin on one node: its files, its process when it runs, and what an administrator sees of it. */
export class PluginInstance {
  readonly installed: InstalledPlugin;
  readonly root: string;
  readonly webBundle: WebBundle | undefined;
  readonly #log: ServerLog;
  readonly #failures = new FailureWindow();
  #state: PluginState = pluginState.notRunning;
  #error = "";
  #process: RunningPlugin | undefined;

  private constructor(
    installed: InstalledPlugin,
    root: string,
    webBundle: WebBundle | undefined,
    log: ServerLog,
  ) {
    this.installed = installed;
    this.root = root;
    this.webBundle = webBundle;
    this.#log = log;
  }

  /** Lays the plugin out below `directory` as `<directory>/<id>`. Throws the AppError of a broken archive. */
  static async unpack(
    installed: InstalledPlugin,
    directory: string,
    log: ServerLog,
  ): Promise<PluginInstance> {
    const root = join(directory, installed.manifest.id);
    const unpacking = `${root}.new`;
    await rm(root, { recursive: true, force: true });
    await mkdir(unpacking, { recursive: true });
    try {
      const extracted = await extractPlugin(installed.archive, unpacking);
      for (const name of extracted.skipped) log.write("warn", "skipping unsupported file type", { name });
      await rename(extracted.root, root);
    } finally {
      await rm(unpacking, { recursive: true, force: true });
    }
    return new PluginInstance(installed, root, await publishWebBundle(root, installed.manifest), log);
  }

  get manifest(): Manifest {
    return this.installed.manifest;
  }

  get state(): PluginState {
    return this.#state;
  }

  get error(): string {
    return this.#error;
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
      await this.#launch(api);
      this.#state = pluginState.running;
    } catch (cause) {
      await this.#process?.kill();
      this.#process = undefined;
      this.#state = pluginState.failedToStart;
      this.#error = cause instanceof Error ? cause.message : String(cause);
      this.#log.write("error", "Unable to activate plugin", { ...this.#fields, error: this.#error });
    }
  }

  /** OnDeactivate, then the end of the process. */
  async stop(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined) {
      this.#state = pluginState.notRunning;
      return;
    }
    this.#state = pluginState.stopping;
    await process.deactivate().catch((error: unknown) => {
      this.#log.write("error", "Plugin OnDeactivate failed", { ...this.#fields, error: String(error) });
    });
    await process.kill();
    this.#state = pluginState.notRunning;
  }

  /** Whether the plugin still answers. */
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

  /** Records that the plugin failed a check, and ends it for good when that happens too often. */
  async failed(atMs: number): Promise<AfterFailure> {
    const then = this.#failures.failed(atMs);
    await this.stop();
    if (then === "stop") {
      this.#state = pluginState.failedToStayRunning;
      this.#error = "The plugin crashed repeatedly. The server's log tells more.";
      this.#log.write("error", "Deactivating plugin due to multiple crashes", this.#fields);
    }
    return then;
  }

  get #fields(): Record<string, string> {
    return { plugin_id: this.manifest.id };
  }

  async #launch(api: ApiImplementation): Promise<void> {
    const why = incompatibility(this.manifest, serverVersion);
    if (why !== undefined) throw new GoPluginError("unsupported", why);
    const executable = executableFor(this.manifest, goPlatform());
    if (executable === "") {
      if (this.webBundle !== undefined) return;
      throw new GoPluginError(
        "unsupported",
        `unable to start plugin: no executable for ${goPlatform()} and no web half`,
      );
    }
    this.#process = await launchPlugin({
      executable: join(this.root, executable),
      api,
      log: (entry) => this.#heard(entry),
    });
    await this.#process.activate();
  }

  #heard({ level, message, fields, source }: PluginOutput): void {
    const texts = Object.entries(fields).map(([key, value]) => [key, String(value)]);
    const known = level === "trace" ? "debug" : level;
    this.#log.write(known, message, { ...Object.fromEntries(texts), ...this.#fields, source });
  }
}
