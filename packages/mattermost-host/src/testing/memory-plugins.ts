import { AppError } from "../app-error.ts";
import type { Command, CommandArgs, CommandResponse } from "../model/command.ts";
import type { Session } from "../model/user.ts";
import type { NodePlugins } from "../node/node-plugins.ts";
import type { ForwardedRequest, PublishedPlugin } from "../node/plugin-gateway.ts";
import { type Manifest, parseManifest } from "../plugins/manifest.ts";
import { type PluginStatus, pluginState, statusOf } from "../plugins/plugin-state.ts";

/** A plugin that lives in the test itself. */
export interface MemoryPlugin {
  readonly manifest: Manifest;
  readonly root?: string;
  readonly published?: PublishedPlugin;
  readonly commands?: readonly Command[];
  serveHttp?(request: ForwardedRequest, session: Session | undefined): Promise<Response>;
  serveMetrics?(request: ForwardedRequest): Promise<Response>;
  execute?(args: CommandArgs): Promise<CommandResponse | undefined>;
}

/** Plugins without processes: those that a test defines, running once they are enabled. An archive is a plugin.json. */
export class MemoryPlugins implements NodePlugins {
  readonly #plugins = new Map<string, MemoryPlugin>();
  readonly #running = new Set<string>();

  /** Adds a running plugin. */
  define(id: string, plugin: Omit<MemoryPlugin, "manifest">): void {
    this.#plugins.set(id, { ...plugin, manifest: parseManifest(JSON.stringify({ id })) });
    this.#running.add(id);
  }

  async install(archive: Uint8Array, { force }: { readonly force: boolean }): Promise<Manifest> {
    const manifest = parseManifest(new TextDecoder().decode(archive));
    if (this.#plugins.has(manifest.id) && !force) throw new AppError("app.plugin.install_id.app_error");
    this.#plugins.set(manifest.id, { manifest });
    return manifest;
  }

  async remove(pluginId: string): Promise<void> {
    this.#get(pluginId);
    this.#plugins.delete(pluginId);
    this.#running.delete(pluginId);
  }

  async enable(pluginId: string): Promise<void> {
    this.#get(pluginId);
    this.#running.add(pluginId);
  }

  async disable(pluginId: string): Promise<void> {
    this.#get(pluginId);
    this.#running.delete(pluginId);
  }

  statuses(): readonly PluginStatus[] {
    return [...this.#plugins.values()].map(({ manifest }) => {
      const state = this.isRunning(manifest.id) ? pluginState.running : pluginState.notRunning;
      return statusOf(manifest, "memory", "", state, "");
    });
  }

  isRunning(pluginId: string): boolean {
    return this.#running.has(pluginId);
  }

  published(): readonly PublishedPlugin[] {
    return this.#active().flatMap((plugin) => plugin.published ?? []);
  }

  rootOf(pluginId: string): string | undefined {
    return this.#plugins.get(pluginId)?.root;
  }

  serveHttp(pluginId: string, request: ForwardedRequest, session: Session | undefined) {
    return this.isRunning(pluginId) ? this.#get(pluginId).serveHttp?.(request, session) : undefined;
  }

  serveMetrics(pluginId: string, request: ForwardedRequest) {
    return this.isRunning(pluginId) ? this.#get(pluginId).serveMetrics?.(request) : undefined;
  }

  commands() {
    return this.#active().flatMap((plugin) =>
      (plugin.commands ?? []).map((command) => ({ pluginId: plugin.manifest.id, command })),
    );
  }

  async executeCommand(args: CommandArgs): Promise<CommandResponse | undefined> {
    const trigger = args.command.slice(1).split(" ")[0];
    const owner = this.#active().find((plugin) =>
      plugin.commands?.some((command) => command.trigger === trigger),
    );
    return owner?.execute?.(args);
  }

  async objectionToLogin(): Promise<string> {
    return "";
  }

  async checkHealth(): Promise<void> {}

  processOf(): undefined {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#running.clear();
  }

  #active(): MemoryPlugin[] {
    return [...this.#plugins.values()].filter((plugin) => this.isRunning(plugin.manifest.id));
  }

  #get(pluginId: string): MemoryPlugin {
    const plugin = this.#plugins.get(pluginId);
    if (!plugin) throw new AppError("app.plugin.not_installed.app_error");
    return plugin;
  }
}
