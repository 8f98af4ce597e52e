import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunningPlugin } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import type { CommandArgs } from "../model/command.ts";
import type { PostDraft } from "../model/post.ts";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import type { NodePlugins } from "../node/node-plugins.ts";
import type { ForwardedRequest, PublishedPlugin } from "../node/plugin-gateway.ts";
import { pluginApi } from "../plugin-api/plugin-api.ts";
import type { Occurrence } from "../system/occurrences.ts";
import type { ServerConfiguration } from "../system/server-configuration.ts";
import { filterPost, runCommand } from "./ask-plugins.ts";
import { clientManifest } from "./client-manifest.ts";
import { CommandRegistry } from "./command-registry.ts";
import { installArchive } from "./install-archive.ts";
import type { Manifest } from "./manifest.ts";
import { PluginInstance } from "./plugin-instance.ts";
import { pluginState, statusOf } from "./plugin-state.ts";
import { hookOf, tell } from "./tell-plugins.ts";
import type { WebBundle } from "./web-bundle.ts";

/** plugin.HealthCheckInterval. */
const healthCheckMs = 30_000;

/** The plugins of one node as processes of their own, kept in step with what is installed and enabled. */
export class ProcessPlugins implements NodePlugins {
  readonly #parts: Omit<NodeParts, "plugins">;
  readonly #directory: string;
  readonly #commands = new CommandRegistry();
  readonly #instances = new Map<string, PluginInstance>();
  readonly #subscriptions = new DisposableStack();
  #nextCheck: Disposable | undefined;
  /** Starts and stops run one after another. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(parts: Omit<NodeParts, "plugins">, directory: string) {
    this.#parts = parts;
    this.#directory = directory;
  }

  /** Unpacks what is installed into a folder of its own and starts what is enabled. */
  static async start(parts: Omit<NodeParts, "plugins">): Promise<ProcessPlugins> {
    const directory = await mkdtemp(join(tmpdir(), "mattermost-plugins-"));
    const plugins = new ProcessPlugins(parts, directory);
    const { system, activity, nodeId } = parts;
    const follow = plugins.#subscriptions;
    follow.use(system.plugins.onChange((id) => plugins.#inTurn(() => plugins.#follow(id))));
    follow.use(system.configuration.onChange((now, before) => plugins.#configurationChanged(now, before)));
    follow.use(activity.occurrences.subscribe((what) => plugins.#tellAll(what)));
    follow.use(
      system.cluster.join({
        nodeId,
        deliver: (pluginId, event) =>
          plugins.#call(pluginId, "OnPluginClusterEvent", ({ hooks }) =>
            hooks.OnPluginClusterEvent({}, event),
          ),
      }),
    );
    activity.posting.filter = (draft) => plugins.#filter(draft);
    for (const { manifest } of system.plugins.all())
      await plugins.#inTurn(() => plugins.#follow(manifest.id));
    plugins.#checkLater();
    return plugins;
  }

  async install(archive: Uint8Array, { force }: { readonly force: boolean }): Promise<Manifest> {
    const { system } = this.#parts;
    const manifest = await installArchive(system.plugins, archive, this.#directory, force);
    if (system.configuration.pluginEnabled(manifest.id)) {
      if (!this.isRunning(manifest.id)) throw new AppError("app.plugin.restart.app_error");
      this.#announce("plugin_enabled", manifest, this.#instances.get(manifest.id)?.webBundle);
    }
    return manifest;
  }

  async remove(pluginId: string): Promise<void> {
    const { manifest, webBundle } = this.#instance(pluginId);
    await this.#parts.system.plugins.remove(pluginId);
    this.#announce("plugin_disabled", manifest, webBundle);
  }

  async enable(pluginId: string): Promise<void> {
    const { manifest, webBundle } = this.#instance(pluginId);
    await this.#parts.system.configuration.setPluginEnabled(pluginId, true);
    // Enabled already but not running: an administrator tries again.
    await this.#inTurn(() => this.#startUnlessRunning(pluginId));
    const { state, error } = this.#instance(pluginId);
    if (state !== pluginState.running) {
      throw new AppError("app.plugin.activate.app_error", { detail: error, where: "EnablePlugin" });
    }
    this.#announce("plugin_enabled", manifest, webBundle);
  }

  async disable(pluginId: string): Promise<void> {
    const { manifest, webBundle } = this.#instance(pluginId);
    await this.#parts.system.configuration.setPluginEnabled(pluginId, false);
    this.#announce("plugin_disabled", manifest, webBundle);
  }

  statuses() {
    return [...this.#instances.values()].map(({ manifest, root, state, error }) =>
      statusOf(manifest, this.#parts.nodeId, root, state, error),
    );
  }

  isRunning(pluginId: string): boolean {
    return this.#instances.get(pluginId)?.state === pluginState.running;
  }

  published(): readonly PublishedPlugin[] {
    return [...this.#instances.values()].flatMap(({ manifest, webBundle }) =>
      webBundle !== undefined && this.isRunning(manifest.id) ? [{ manifest, webBundle }] : [],
    );
  }

  rootOf(pluginId: string): string | undefined {
    return this.#instances.get(pluginId)?.root;
  }

  serveHttp(pluginId: string, request: ForwardedRequest, session: Session | undefined) {
    const plugin = this.#wanting(pluginId, "ServeHTTP");
    return plugin?.serveHttp(request, this.#contextOf(request, session));
  }

  serveMetrics(pluginId: string, request: ForwardedRequest) {
    return this.#wanting(pluginId, "ServeMetrics")?.serveMetrics(
      request,
      this.#contextOf(request, undefined),
    );
  }

  commands() {
    return this.#commands.all();
  }

  async executeCommand(args: CommandArgs) {
    const owner = this.#commands.find(args.command, args.teamId);
    const plugin = owner && this.#wanting(owner.pluginId, "ExecuteCommand");
    return plugin && runCommand(plugin, args);
  }

  async checkHealth(): Promise<void> {
    await this.#inTurn(async () => {
      for (const instance of this.#instances.values()) {
        if (instance.running === undefined || (await instance.isAlive())) continue;
        this.#commands.unregisterAll(instance.manifest.id);
        if ((await instance.failed(this.#parts.system.clock.now())) === "restart")
          await this.#start(instance);
      }
    });
  }

  processOf(pluginId: string): number | undefined {
    return this.#instances.get(pluginId)?.running?.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#subscriptions.dispose();
    this.#nextCheck?.[Symbol.dispose]();
    this.#parts.activity.posting.filter = undefined;
    await this.#inTurn(() => Promise.all([...this.#instances.values()].map((instance) => instance.stop())));
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Brings one plugin of this node in line with what is installed and enabled. */
  async #follow(pluginId: string): Promise<void> {
    const { system } = this.#parts;
    const installed = system.plugins.find(pluginId);
    const old = this.#instances.get(pluginId);
    if (old !== undefined && old.installed !== installed) {
      await this.#stop(old);
      this.#instances.delete(pluginId);
      await rm(old.root, { recursive: true, force: true });
    }
    if (installed !== undefined && !this.#instances.has(pluginId)) {
      this.#instances.set(pluginId, await PluginInstance.unpack(installed, this.#directory, system.log));
    }
    if (system.configuration.pluginEnabled(pluginId)) return this.#startUnlessRunning(pluginId);
    const instance = this.#instances.get(pluginId);
    if (instance !== undefined) await this.#stop(instance);
  }

  async #startUnlessRunning(pluginId: string): Promise<void> {
    const instance = this.#instances.get(pluginId);
    if (instance !== undefined && instance.state !== pluginState.running) await this.#start(instance);
  }

  async #start(instance: PluginInstance): Promise<void> {
    const { manifest, root } = instance;
    await instance.start(
      pluginApi({ ...this.#parts, manifest, root, commands: this.#commands, plugins: this }),
    );
    if (instance.running === undefined) this.#commands.unregisterAll(manifest.id);
  }

  async #stop(instance: PluginInstance): Promise<void> {
    await instance.stop();
    this.#commands.unregisterAll(instance.manifest.id);
  }

  /** Every save of the configuration tells every plugin, whatever it changed, and the save waits (facts 1). */
  async #configurationChanged(now: ServerConfiguration, before: ServerConfiguration): Promise<void> {
    await Promise.all(
      [...this.#instances.keys()].map((id) =>
        this.#call(id, "OnConfigurationChange", ({ hooks }) => hooks.OnConfigurationChange()),
      ),
    );
    const isOn = ({ PluginSettings }: ServerConfiguration, id: string) =>
      PluginSettings.Enable && PluginSettings.PluginStates[id]?.Enable === true;
    for (const id of [...this.#instances.keys()]) {
      if (isOn(now, id) !== isOn(before, id)) await this.#inTurn(() => this.#follow(id));
    }
  }

  async #filter(draft: PostDraft): Promise<PostDraft> {
    let current = draft;
    for (const id of this.#instances.keys()) {
      const plugin = this.#wanting(id, "MessageWillBePosted");
      if (plugin !== undefined) current = await filterPost(plugin, current);
    }
    return current;
  }

  #tellAll(what: Occurrence): void {
    for (const id of this.#instances.keys()) {
      void this.#call(id, hookOf[what.kind], (plugin) => tell(plugin, what));
    }
  }

  /** Calls a hook that a plugin may have; its failure is the log's business alone. */
  async #call(
    pluginId: string,
    hook: string,
    call: (plugin: RunningPlugin) => Promise<unknown>,
  ): Promise<void> {
    const plugin = this.#wanting(pluginId, hook);
    if (plugin === undefined) return;
    await call(plugin).catch((error: unknown) => {
      const fields = { plugin_id: pluginId, hook, error: String(error) };
      this.#parts.system.log.write("error", "Plugin hook failed", fields);
    });
  }

  #wanting(pluginId: string, hook: string): RunningPlugin | undefined {
    const plugin = this.#instances.get(pluginId)?.running;
    return plugin?.implemented.has(hook) ? plugin : undefined;
  }

  #contextOf({ headers, remoteAddr }: ForwardedRequest, session: Session | undefined) {
    return {
      sessionId: session?.id ?? "",
      requestId: this.#parts.system.newId(),
      ipAddress: remoteAddr.replace(/:\d+$/, ""),
      acceptLanguage: headers.get("accept-language") ?? "",
      userAgent: headers.get("user-agent") ?? "",
    };
  }

  #instance(pluginId: string): PluginInstance {
    const instance = this.#instances.get(pluginId);
    if (instance === undefined) throw new AppError("app.plugin.not_installed.app_error");
    return instance;
  }

  /** Tells open web apps to load or drop a plugin's web half. */
  #announce(event: "plugin_enabled" | "plugin_disabled", manifest: Manifest, webBundle?: WebBundle): void {
    if (webBundle === undefined) return;
    this.#parts.system.events.publish(event, { manifest: clientManifest({ manifest, webBundle }) });
  }

  #checkLater(): void {
    const { clock, configuration } = this.#parts.system;
    this.#nextCheck = clock.after(healthCheckMs, async () => {
      if (configuration.current.PluginSettings.EnableHealthCheck) await this.checkHealth();
      if (!this.#subscriptions.disposed) this.#checkLater();
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
