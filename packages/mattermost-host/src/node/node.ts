import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { type Listener, listen } from "../http/listener.ts";
import { metricsRoutes } from "../http/metrics-routes.ts";
import { pluginRoutes } from "../http/plugin-routes.ts";
import { errorAnswer } from "../rest/answers.ts";
import { restApi } from "../rest/api.ts";
import type { MattermostSystem } from "../system/system.ts";
import { websocketUpgrade } from "../websocket/upgrade.ts";
import { WebsocketHub } from "../websocket/websocket-hub.ts";
import { NodeActivity } from "./activity.ts";
import type { NodeParts } from "./node-parts.ts";
import type { NodePlugins, StartPlugins } from "./node-plugins.ts";

/** One server of an installation: its listeners, its websocket clients and its plugin processes. */
export class MattermostNode implements AsyncDisposable {
  readonly id: string;
  readonly url: string;
  /** Where plugins' metrics are, as on Mattermost's port 8067. */
  readonly metricsUrl: string;
  readonly activity: NodeActivity;
  readonly plugins: NodePlugins;
  readonly #hub: WebsocketHub;
  readonly #resources: AsyncDisposableStack;

  private constructor(
    parts: NodeParts & { readonly plugins: NodePlugins },
    listeners: { readonly main: Listener; readonly metrics: Listener },
    hub: WebsocketHub,
    resources: AsyncDisposableStack,
  ) {
    this.id = parts.nodeId;
    this.url = listeners.main.url;
    this.metricsUrl = listeners.metrics.url;
    this.activity = parts.activity;
    this.plugins = parts.plugins;
    this.#hub = hub;
    this.#resources = resources;
  }

  static async start(system: MattermostSystem, startPlugins: StartPlugins): Promise<MattermostNode> {
    await using opened = new AsyncDisposableStack();
    const own = { nodeId: system.newId(), system, activity: new NodeActivity(system) };
    const plugins = opened.use(await startPlugins(own));
    const parts = { ...own, plugins };
    const metrics = opened.use(await listen(metricsRoutes(parts)));
    const hub = new WebsocketHub(parts);
    const main = opened.use(await listen(nodeRoutes(parts)));
    main.server.on("upgrade", websocketUpgrade(parts, hub));
    // Clients go first, then the listeners, the plugins last.
    opened.use(hub);
    return new MattermostNode(parts, { main, metrics }, hub, opened.move());
  }

  /** How many websocket clients are connected to this node. */
  get connectedClients(): number {
    return this.#hub.size;
  }

  checkHealth(): Promise<void> {
    return this.plugins.checkHealth();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }
}

function nodeRoutes(parts: NodeParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/", restApi(parts));
  app.route("/", pluginRoutes(parts));
  app.onError((error) => errorAnswer(parts.system, error));
  app.notFound(
    ({ req }) => parts.system.webApp.answer(req.raw) ?? new Response("404 page not found\n", { status: 404 }),
  );
  return app;
}
