import { type ApiImplementation, serveApi } from "../api/serve-api.ts";
import type { ByteStream } from "../byte-stream.ts";
import { type Clock, systemClock } from "../clock.ts";
import { errorFromGo } from "../contract/go-error.ts";
import { createHooksClient, type HooksClient } from "../hooks/hooks-client.ts";
import { type PluginHttpRequest, serveHttpCall } from "../http/serve-http-call.ts";
import type { Context } from "../models/context.ts";
import { RpcClient } from "../netrpc/rpc-client.ts";
import { RpcServer } from "../netrpc/rpc-server.ts";
import { YamuxSession } from "../yamux/session.ts";
import { controlMethod, controlTypes, pluginKind } from "./control.ts";
import { MuxBroker } from "./mux-broker.ts";
import { OnActivateArgs, OnActivateReturns, onActivateMethod } from "./on-activate.ts";

/** What a {@link HostSession} needs. */
export interface HostSessionOptions {
  readonly api: ApiImplementation;
  /** Text the plugin sends on the session's own stdout and stderr streams. */
  readonly output: (stream: "stdout" | "stderr", text: string) => void;
  readonly clock?: Clock;
}

/** The host's half of a connection to a plugin: control, hooks, and the API it offers. */
export class HostSession implements AsyncDisposable {
  readonly hooks: HooksClient;
  /** Go names of the hooks the plugin has. */
  readonly implemented: ReadonlySet<string>;
  readonly #options: HostSessionOptions;
  readonly #session: YamuxSession;
  readonly #broker: MuxBroker;
  readonly #control: RpcClient;
  readonly #hooksRpc: RpcClient;

  private constructor(parts: {
    options: HostSessionOptions;
    session: YamuxSession;
    broker: MuxBroker;
    control: RpcClient;
    hooksRpc: RpcClient;
    hooks: HooksClient;
    implemented: ReadonlySet<string>;
  }) {
    this.#options = parts.options;
    this.#session = parts.session;
    this.#broker = parts.broker;
    this.#control = parts.control;
    this.#hooksRpc = parts.hooksRpc;
    this.hooks = parts.hooks;
    this.implemented = parts.implemented;
  }

  /** Opens control, stdout and stderr in go-plugin's order, asks for the hooks and which of them exist. */
  static async open(transport: ByteStream, options: HostSessionOptions): Promise<HostSession> {
    const clock = options.clock ?? systemClock;
    let broker: MuxBroker | undefined;
    const session = new YamuxSession(transport, {
      role: "client",
      accept: (stream) => broker?.incoming(stream),
      clock,
    });
    broker = new MuxBroker(session, clock);
    void session.closed.then(() => broker?.[Symbol.dispose]());
    try {
      const control = new RpcClient(session.open());
      for (const name of ["stdout", "stderr"] as const) {
        const stream = session.open();
        const decoder = new TextDecoder();
        stream.receive({
          data(chunk) {
            stream.consumed(chunk.length);
            options.output(name, decoder.decode(chunk, { stream: true }));
          },
          end: () => stream.end(),
          closed() {},
        });
      }
      const [argument, reply] = controlTypes.dispense;
      const id = await control.call(controlMethod.dispense, argument, pluginKind, reply);
      const hooksRpc = new RpcClient(broker.dial(id));
      const hooks = createHooksClient(hooksRpc);
      const implemented = new Set(await hooks.implemented());
      return new HostSession({ options, session, broker, control, hooksRpc, hooks, implemented });
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Resolves when the connection is over. */
  get closed(): Promise<unknown> {
    return this.#session.closed;
  }

  /** Streams open now; four belong to the connection itself, the others to the API and to calls under way. */
  get streams(): number {
    return this.#session.streams;
  }

  /** Asks for a sign of life as Mattermost's health check does. */
  async ping(): Promise<void> {
    const [argument, reply] = controlTypes.ping;
    await this.#control.call(controlMethod.ping, argument, true, reply);
  }

  /** Hands over the API and runs the plugin's OnActivate; throws what it answers. There is no time limit. */
  async activate(): Promise<void> {
    const api = this.#broker.promise();
    const driver = this.#broker.promise();
    const serving = Promise.all([
      api.stream.then((stream) => new RpcServer(stream, serveApi(this.#options.api))),
      // Database calls are not offered; the connection exists because plugins dial it.
      driver.stream.then((stream) => new RpcServer(stream, new Map())),
    ]);
    const ids = { apiMuxId: api.id, driverMuxId: driver.id };
    const [reply] = await Promise.all([
      this.#hooksRpc.call(onActivateMethod, OnActivateArgs, ids, OnActivateReturns),
      serving,
    ]);
    const failure = errorFromGo(reply.error);
    if (failure !== undefined) throw failure;
  }

  /** Runs the plugin's OnDeactivate if it has one. */
  async deactivate(): Promise<void> {
    if (this.implemented.has("OnDeactivate")) await this.hooks.OnDeactivate();
  }

  /** Serves a request through the plugin; 500 when the hook fails. Bodies stream both ways. */
  serveHttp(request: PluginHttpRequest, context?: Partial<Context>): Promise<Response> {
    return serveHttpCall(this.#hooksRpc, this.#broker, "ServeHTTP", request, context ?? {});
  }

  /** Like `serveHttp`, for the metrics listener. */
  serveMetrics(request: PluginHttpRequest, context?: Partial<Context>): Promise<Response> {
    return serveHttpCall(this.#hooksRpc, this.#broker, "ServeMetrics", request, context ?? {});
  }

  /** Asks the plugin to end; resolves with its answer. */
  async quit(): Promise<void> {
    const [argument, reply] = controlTypes.quit;
    await this.#control.call(controlMethod.quit, argument, true, reply);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }
}
