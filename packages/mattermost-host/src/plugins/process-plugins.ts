import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunningPlugin } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import type { CommandArgs } from "../model/command.ts";
import type { Session, User } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import type { NodePlugins } from "../node/node-plugins.ts";
import type { ForwardedRequest, PublishedPlugin } from "../node/plugin-gateway.ts";
import { pluginApi } from "../plugin-api/plugin-api.ts";
import type { Occurrence } from "../system/occurrences.ts";
import { announcePlugin } from "./announce-plugin.ts";
import { filterPost, filterUpdate, objectionToLogin, runCommand } from "./ask-plugins.ts";
import type { CalledHook } from "./called-hooks.ts";
import { CommandRegistry } from "./command-registry.ts";
import { installArchive } from "./install-archive.ts";
import type { Manifest } from "./manifest.ts";
import type { PluginInstance } from "./plugin-instance.ts";
import { PluginLifecycle } from "./plugin-lifecycle.ts";
import { pluginState, statusOf } from "./plugin-state.ts";
import { hookOf, tell } from "./tell-plugins.ts";
import { unlessGone } from "./unless-gone.ts";

/** plugin.HealthCheckInterval. */
export const healthCheckMs = 30_000;

/** What may differ from Mattermost. */
export interface ProcessPluginsOptions {
  /** How long a plugin's process may take to introduce itself. Default: 3 s. */
  readonly startTimeoutMs?: number;
  /** Where the node unpacks plugins and they put their sockets. Default: the system's folder for temporary files. */
  readonly folder?: string;
}

type OwnParts = Omit<NodeParts, "plugins">;

/** The plugins of one node as processes of their own, kept in step with what is installed and enabled. */
export class ProcessPlugins implements NodePlugins {
  readonly #parts: OwnParts;
  readonly #directory: string;
  readonly #commands = new CommandRegistry();
  readonly #lifecycle: PluginLifecycle;
  readonly #subscriptions = new DisposableStack();
  #nextCheck: Disposable | undefined;

  private constructor(parts: OwnParts, directory: string, options: ProcessPluginsOptions) {
    this.#parts = parts;
    this.#directory = directory;
    const { system, nodeId } = parts;
    this.#lifecycle = new PluginLifecycle({
      system,
      directory,
      startTimeoutMs: options.startTimeoutMs,
      socketFolder: options.folder,
      log: system.log,
      clock: system.clock,
      commands: this.#commands,
      apiFor: ({ manifest, root }) =>
        pluginApi({ ...parts, manifest, root, commands: this.#commands, plugins: this }),
      settled: (instance) => announcePlugin(system, nodeId, "plugin_enabled", instance),
      disabled: (instance) => announcePlugin(system, nodeId, "plugin_disabled", instance),
    });
  }

  /** Unpacks what is installed into a folder of its own and starts what is enabled. */
  static async start(parts: OwnParts, options: ProcessPluginsOptions = {}): Promise<ProcessPlugins> {
    const directory = await mkdtemp(join(options.folder ?? tmpdir(), "mattermost-plugins-"));
    const plugins = new ProcessPlugins(parts, directory, options);
    try {
      await plugins.#begin();
    } catch (error) {
      await plugins[Symbol.asyncDispose]();
      throw error;
    }
    return plugins;
  }

  async install(archive: Uint8Array, { force }: { readonly force: boolean }): Promise<Manifest> {
    const { system } = this.#parts;
    const manifest = await installArchive(system.plugins, archive, this.#directory, force);
    if (system.configuration.pluginEnabled(manifest.id) && !this.isRunning(manifest.id)) {
      throw new AppError("app.plugin.restart.app_error", { where: "installExtractedPlugin" });
    }
    return manifest;
  }

  /** Disabled first, so that it stays off should it ever be installed again; settings, keys and the bot remain. */
  async remove(pluginId: string): Promise<void> {
    await this.#setEnabled(pluginId, false, "RemovePlugin");
    await this.#parts.system.plugins.remove(pluginId.toLowerCase());
  }

  enable(pluginId: string): Promise<void> {
    return this.#setEnabled(pluginId, true, "EnablePlugin");
  }

  disable(pluginId: string): Promise<void> {
    return this.#setEnabled(pluginId, false, "DisablePlugin");
  }

  statuses() {
    return this.#parts.system.cluster.statuses(this.#parts.nodeId);
  }

  isRunning(pluginId: string): boolean {
    return this.#lifecycle.find(pluginId)?.state === pluginState.running;
  }

  published(): readonly PublishedPlugin[] {
    return this.#lifecycle
      .all()
      .flatMap(({ manifest, webBundle }) =>
        webBundle !== undefined && this.isRunning(manifest.id) ? [{ manifest, webBundle }] : [],
      );
  }

  rootOf(pluginId: string): string | undefined {
    return this.#lifecycle.find(pluginId)?.root;
  }

  serveHttp(pluginId: string, request: ForwardedRequest, session: Session | undefined) {
    const plugin = this.#wanting(pluginId, "ServeHTTP");
    return plugin && unlessGone(request, plugin.serveHttp(request, this.#contextOf(request, session)));
  }

  serveMetrics(pluginId: string, request: ForwardedRequest) {
    const plugin = this.#wanting(pluginId, "ServeMetrics");
    const context = this.#contextOf(request, undefined);
    return plugin && unlessGone(request, plugin.serveMetrics(request, context));
  }

  commands() {
    return this.#commands.all();
  }

  async executeCommand(args: CommandArgs) {
    const owner = this.#commands.find(args.command, args.teamId);
    if (owner === undefined) return undefined;
    const plugin = this.#lifecycle.find(owner.pluginId)?.running;
    if (plugin === undefined) throw new AppError("model.plugin_command.error.app_error");
    return plugin.implemented.has("ExecuteCommand") ? runCommand(plugin, args) : undefined;
  }

  async objectionToLogin(user: User): Promise<string> {
    for (const { id, plugin } of this.#allWanting("UserWillLogIn")) {
      const objection = await this.#asked(id, "UserWillLogIn", objectionToLogin(plugin, user), "");
      if (objection !== "") return objection;
    }
    return "";
  }

  checkHealth(): Promise<void> {
    return this.#lifecycle.checkHealth();
  }

  processOf(pluginId: string): number | undefined {
    return this.#lifecycle.find(pluginId)?.running?.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { posting } = this.#parts.activity;
    this.#nextCheck?.[Symbol.dispose]();
    posting.filter = undefined;
    posting.updateFilter = undefined;
    await this.#lifecycle.close();
    this.#subscriptions.dispose();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #begin(): Promise<void> {
    const { system, activity, nodeId } = this.#parts;
    const follow = this.#subscriptions;
    follow.use(system.plugins.onChange((id) => this.#lifecycle.follow(id)));
    follow.use(system.configuration.onChange(() => this.#configurationChanged()));
    follow.use(activity.occurrences.subscribe((what) => this.#tellAll(what)));
    follow.use(
      system.cluster.join({
        nodeId,
        deliver: (id, event) =>
          void this.#call(id, "OnPluginClusterEvent", ({ hooks }) => hooks.OnPluginClusterEvent({}, event)),
        statuses: () =>
          this.#lifecycle
            .all()
            .map(({ manifest, root, state, error }) => statusOf(manifest, nodeId, root, state, error)),
      }),
    );
    activity.posting.filter = async (draft) => {
      let current = draft;
      for (const { id, plugin } of this.#allWanting("MessageWillBePosted")) {
        current = await this.#asked(id, "MessageWillBePosted", filterPost(plugin, current), current);
      }
      return current;
    };
    activity.posting.updateFilter = async (now, before) => {
      let current = now;
      for (const { id, plugin } of this.#allWanting("MessageWillBeUpdated")) {
        const change = filterUpdate(plugin, current, before);
        const kept = await this.#asked(id, "MessageWillBeUpdated", change, current);
        current = { ...current, ...kept, fileIds: [...kept.fileIds] };
      }
      return current;
    };
    await Promise.all(system.plugins.all().map(({ manifest }) => this.#lifecycle.follow(manifest.id)));
    this.#checkLater();
  }

  async #setEnabled(given: string, enabled: boolean, where: string): Promise<void> {
    const { plugins, configuration } = this.#parts.system;
    const pluginId = given.toLowerCase();
    if (plugins.find(pluginId) === undefined) {
      throw new AppError("app.plugin.not_installed.app_error", { where });
    }
    await configuration.setPluginEnabled(pluginId, enabled);
  }

  /** Plugins are started and stopped first; then every running one is told, whatever was changed, and the save waits (facts 1). */
  async #configurationChanged(): Promise<void> {
    await this.#lifecycle.followConfiguration();
    const hook = "OnConfigurationChange";
    await Promise.all(
      this.#allWanting(hook).map(({ id }) => this.#call(id, hook, ({ hooks }) => hooks[hook]())),
    );
  }

  #tellAll(what: Occurrence): void {
    for (const { id } of this.#allWanting(hookOf[what.kind])) {
      void this.#call(id, hookOf[what.kind], (plugin) => tell(plugin, what));
    }
  }

  /** Calls a hook that a plugin may have; its failure is the log's business alone. */
  async #call(
    pluginId: string,
    hook: CalledHook,
    call: (plugin: RunningPlugin) => Promise<unknown>,
  ): Promise<void> {
    const plugin = this.#wanting(pluginId, hook);
    if (plugin !== undefined) await this.#asked(pluginId, hook, call(plugin), undefined);
  }

  /** What a plugin answered. A refusal counts, but a plugin that can not be asked is logged and passed over. */
  async #asked<T>(pluginId: string, hook: CalledHook, answer: Promise<T>, otherwise: T): Promise<T> {
    return answer.catch((error: unknown) => {
      if (error instanceof AppError) throw error;
      const fields = { plugin_id: pluginId, hook, error: String(error) };
      this.#parts.system.log.write("error", "Plugin hook failed", fields);
      return otherwise;
    });
  }

  #wanting(pluginId: string, hook: CalledHook): RunningPlugin | undefined {
    const plugin = this.#lifecycle.find(pluginId)?.running;
    return plugin?.implemented.has(hook) ? plugin : undefined;
  }

  #allWanting(hook: CalledHook): { readonly id: string; readonly plugin: RunningPlugin }[] {
    return this.#lifecycle.all().flatMap(({ manifest: { id } }: PluginInstance) => {
      const plugin = this.#wanting(id, hook);
      return plugin === undefined ? [] : [{ id, plugin }];
    });
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

  #checkLater(): void {
    const { clock, configuration } = this.#parts.system;
    this.#nextCheck = clock.after(healthCheckMs, async () => {
      if (configuration.current.PluginSettings.EnableHealthCheck) await this.checkHealth();
      if (!this.#subscriptions.disposed) this.#checkLater();
    });
  }
}
