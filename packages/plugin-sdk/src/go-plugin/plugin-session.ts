import { createApi } from "../api/create-api.ts";
import type { ByteReceiver, ByteStream } from "../byte-stream.ts";
import { type Clock, systemClock } from "../clock.ts";
import { errorToGo } from "../contract/go-error.ts";
import type { PluginHooks } from "../hooks/define-plugin.ts";
import { implementedHooks, serveHooks } from "../hooks/serve-hooks.ts";
import { serveHttpMethod } from "../http/serve-http-hook.ts";
import { RpcClient } from "../netrpc/rpc-client.ts";
import { type RpcMethod, rpcMethod } from "../netrpc/rpc-method.ts";
import { RpcServer } from "../netrpc/rpc-server.ts";
import { YamuxSession } from "../yamux/session.ts";
import type { YamuxStream } from "../yamux/stream.ts";
import { controlMethod, controlTypes, pluginKind } from "./control.ts";
import type { WriteLog } from "./hclog.ts";
import { MuxBroker } from "./mux-broker.ts";
import { OnActivateArgs, OnActivateReturns, onActivateMethod } from "./on-activate.ts";

/** What a {@link PluginSession} needs. */
export interface PluginSessionOptions {
  /** The plugin's hooks; may still be loading when the host connects. */
  readonly hooks: Promise<PluginHooks>;
  /** Where the plugin's words go until the host's log is reachable. */
  readonly log: WriteLog;
  readonly clock?: Clock;
}

/** Takes what comes and drops it: stdout, stderr and the database connection are open but unused. */
function drop(stream: ByteStream): ByteReceiver {
  return { data: (chunk) => stream.consumed(chunk.length), end: () => stream.end(), closed() {} };
}

/**
 * The plugin's half of a connection: answers control calls, serves hooks, and reaches Mattermost's API once activated.
 * The author reads the configuration in `onActivate`; `onConfigurationChange` is called for changes after that.
 */
export class PluginSession implements AsyncDisposable {
  /** Resolves once: the host asked to quit, or its connection ended without a word. */
  readonly over: Promise<"quit" | "host-gone">;
  readonly #options: PluginSessionOptions;
  readonly #session: YamuxSession;
  readonly #broker: MuxBroker;
  #log: WriteLog;
  #opened = 0;
  #quit = false;

  constructor(transport: ByteStream, options: PluginSessionOptions) {
    this.#options = options;
    this.#log = options.log;
    const clock = options.clock ?? systemClock;
    this.#session = new YamuxSession(transport, {
      role: "server",
      accept: (stream) => this.#accept(stream),
      clock,
    });
    this.#broker = new MuxBroker(this.#session, clock);
    this.over = this.#session.closed.then(() => {
      this.#broker[Symbol.dispose]();
      return this.#quit ? "quit" : "host-gone";
    });
  }

  /** Ends the connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }

  /** The host opens control, stdout and stderr first, in this order; everything later goes through the broker. */
  #accept(stream: YamuxStream): void {
    this.#opened += 1;
    if (this.#opened === 1) new RpcServer(stream, this.#controlMethods());
    else if (this.#opened <= 3) stream.receive(drop(stream));
    else this.#broker.incoming(stream);
  }

  #controlMethods(): Map<string, RpcMethod> {
    return new Map([
      [controlMethod.ping, rpcMethod(...controlTypes.ping, () => undefined)],
      [controlMethod.quit, rpcMethod(...controlTypes.quit, () => this.#onQuit())],
      [controlMethod.dispense, rpcMethod(...controlTypes.dispense, (kind) => this.#dispense(kind))],
    ]);
  }

  #onQuit(): undefined {
    this.#quit = true;
    // The answer is written when this returns; it leaves with the flush of this turn, before the close.
    setImmediate(() => this.#session.close());
  }

  async #dispense(kind: string): Promise<number> {
    if (kind !== pluginKind) throw new Error(`unknown plugin type: ${kind}`);
    const hooks = await this.#options.hooks;
    const { id, stream } = this.#broker.promise();
    stream.then(
      (accepted) => new RpcServer(accepted, this.#hookMethods(hooks)),
      (error: Error) =>
        this.#log("error", "Mattermost did not open the hooks connection.", { error: error.message }),
    );
    return id;
  }

  #hookMethods(hooks: PluginHooks): Map<string, RpcMethod> {
    const methods = serveHooks(hooks);
    const dial = (id: number) => this.#broker.dial(id);
    const log: WriteLog = (...entry) => this.#log(...entry);
    methods.set(
      onActivateMethod,
      rpcMethod(OnActivateArgs, OnActivateReturns, (ids) =>
        this.#activate(hooks, ids.apiMuxId, ids.driverMuxId),
      ),
    );
    const present = new Set(implementedHooks(hooks));
    const { serveHttp, serveMetrics } = hooks;
    if (present.has("ServeHTTP") && serveHttp !== undefined) {
      methods.set("Plugin.ServeHTTP", serveHttpMethod(serveHttp.bind(hooks), dial, log));
    }
    if (present.has("ServeMetrics") && serveMetrics !== undefined) {
      methods.set("Plugin.ServeMetrics", serveHttpMethod(serveMetrics.bind(hooks), dial, log));
    }
    return methods;
  }

  async #activate(
    hooks: PluginHooks,
    apiMuxId: number,
    driverMuxId: number,
  ): Promise<{ error?: ReturnType<typeof errorToGo> }> {
    const api = createApi(new RpcClient(this.#broker.dial(apiMuxId)));
    // We never ask the server's database driver, but it waits for this connection.
    const driver = this.#broker.dial(driverMuxId);
    driver.receive(drop(driver));
    const early = this.#options.log;
    this.#log = (level, message, fields = {}) => {
      const method = level === "trace" ? "debug" : level;
      api.log[method](message, fields).catch(() => early(level, message, fields));
    };
    try {
      await hooks.onActivate?.({ api });
      return {};
    } catch (error) {
      return { error: errorToGo(error) };
    }
  }
}
