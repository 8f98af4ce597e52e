import type { Command, CommandArgs, CommandResponse } from "../model/command.ts";
import type { Session, User } from "../model/user.ts";
import type { Manifest } from "../plugins/manifest.ts";
import type { PluginStatus } from "../plugins/plugin-state.ts";
import type { WebBundle } from "../plugins/web-bundle.ts";

/** A request as it goes to a plugin, cookies, CSRF and authentication already decided by the server. */
export interface ForwardedRequest {
  readonly method: string;
  /** Path and query behind `/plugins/<id>`. */
  readonly url: string;
  /** Path and query as the client asked for. */
  readonly requestUri: string;
  readonly headers: Headers;
  readonly host: string;
  readonly remoteAddr: string;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly signal: AbortSignal;
}

/** A plugin with a web half, as `/api/v4/plugins/webapp` lists it. */
export interface PublishedPlugin {
  readonly manifest: Manifest;
  readonly webBundle: WebBundle;
}

/** What the HTTP side of a node asks of the plugins that run on it. Failures are `AppError`s. */
export interface PluginGateway {
  /** Installs on all nodes; an installed one of the same id is replaced only when `force`. An enabled plugin restarts. */
  install(archive: Uint8Array, options: { readonly force: boolean }): Promise<Manifest>;
  remove(pluginId: string): Promise<void>;
  /** Saves the state; resolves when every node has tried to start the plugin. How that went is in `statuses`. */
  enable(pluginId: string): Promise<void>;
  disable(pluginId: string): Promise<void>;
  /** Those of all nodes, this one's first. */
  statuses(): readonly PluginStatus[];
  isRunning(pluginId: string): boolean;
  /** Running plugins with a web half. */
  published(): readonly PublishedPlugin[];
  /** Directory of an installed plugin on this node, for its `public/` files. */
  rootOf(pluginId: string): string | undefined;
  /** Undefined when the plugin does not run here or has no ServeHTTP. */
  serveHttp(
    pluginId: string,
    request: ForwardedRequest,
    session: Session | undefined,
  ): Promise<Response> | undefined;
  serveMetrics(pluginId: string, request: ForwardedRequest): Promise<Response> | undefined;
  /** Commands that running plugins have registered, with their owner. */
  commands(): readonly { readonly pluginId: string; readonly command: Command }[];
  /** Why a plugin does not let somebody in who has shown the right password, or "". */
  objectionToLogin(user: User): Promise<string>;
  /** Runs a registered command, rejects when its plugin is not running or crashed; undefined when nobody registered its trigger. */
  executeCommand(args: CommandArgs): Promise<CommandResponse | undefined>;
}
