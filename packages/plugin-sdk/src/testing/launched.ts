import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiImplementation } from "../api/serve-api.ts";
import {
  type LaunchOptions,
  launchPlugin,
  type PluginOutput,
  type RunningPlugin,
} from "../go-plugin/launch-plugin.ts";

/** A real plugin process for a test, with what it said and a folder for its socket. */
export class Launched implements AsyncDisposable {
  readonly plugin: RunningPlugin;
  readonly output: PluginOutput[];
  readonly #folder: string;

  private constructor(plugin: RunningPlugin, output: PluginOutput[], folder: string) {
    this.plugin = plugin;
    this.output = output;
    this.#folder = folder;
  }

  /** Starts `testing/plugins/<name>.ts`. */
  static async start(
    name: string,
    api: ApiImplementation,
    options: Partial<LaunchOptions> = {},
  ): Promise<Launched> {
    const output: PluginOutput[] = [];
    const folder = mkdtempSync(join(tmpdir(), "plugin-test-"));
    try {
      const plugin = await launchPlugin({
        executable: process.execPath,
        args: [join(import.meta.dirname, "plugins", `${name}.ts`)],
        // Loading TypeScript takes its time on a busy machine; the limit itself has a test of its own.
        startTimeoutMs: 20_000,
        socketFolder: folder,
        api,
        log: (entry) => output.push(entry),
        ...options,
      });
      return new Launched(plugin, output, folder);
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  /** Socket files left in the folder. */
  socketFiles(): string[] {
    return readdirSync(this.#folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.plugin.kill();
    const left = this.socketFiles();
    rmSync(this.#folder, { recursive: true });
    if (left.length > 0) throw new Error("the plugin left its socket behind");
  }
}
