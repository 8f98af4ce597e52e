import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import type { Readable } from "node:stream";
import type { ApiImplementation } from "../api/serve-api.ts";
import { type Clock, systemClock } from "../clock.ts";
import type { HooksClient } from "../hooks/hooks-client.ts";
import type { PluginHttpRequest } from "../http/serve-http-call.ts";
import type { Context } from "../models/context.ts";
import { GoPluginError } from "./go-plugin-error.ts";
import { hostEnvironment, maxHandshakeBytes, type PluginAddress, parseHandshake } from "./handshake.ts";
import type { HclogEntry } from "./hclog.ts";
import { HostSession } from "./host-session.ts";
import { SocketStream } from "./socket-stream.ts";
import { StderrReader } from "./stderr-reader.ts";

/** Mattermost's StartTimeout. */
const defaultStartTimeoutMs = 3_000;
/** go-plugin waits this long for a plugin that was asked to quit before it is killed. */
export const quitLimitMs = 2_000;

/** After its end a plugin's last words are waited for this long; a process it left behind may hold the pipe open. */
const lastWordsLimitMs = 500;

/** A line the plugin wrote outside Mattermost's log. */
export interface PluginOutput extends HclogEntry {
  readonly source: "stderr" | "plugin_stdout" | "plugin_stderr";
}

/** How a plugin process ended. */
export interface PluginExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface LaunchOptions {
  /** Path of the plugin's executable. */
  readonly executable: string;
  /** Arguments; Mattermost gives none. */
  readonly args?: readonly string[];
  /** The server's environment, which the plugin inherits. Default: that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder for the plugin's socket; keep the path short. Default: the plugin's choice. */
  readonly socketFolder?: string;
  readonly cwd?: string;
  readonly api: ApiImplementation;
  /** What the plugin writes to stderr, as log entries. */
  readonly log: (entry: PluginOutput) => void;
  readonly startTimeoutMs?: number;
  readonly clock?: Clock;
}

/** A plugin process and the connection to it. Disposing it kills it. */
export interface RunningPlugin extends AsyncDisposable {
  readonly pid: number;
  /** Milliseconds from the start of the process to its handshake. */
  readonly startedInMs: number;
  readonly hooks: HooksClient;
  /** Go names of the hooks the plugin has. */
  readonly implemented: ReadonlySet<string>;
  /** Fails with `RpcError` when the connection is dead. */
  ping(): Promise<void>;
  activate(): Promise<void>;
  deactivate(): Promise<void>;
  serveHttp(request: PluginHttpRequest, context?: Partial<Context>): Promise<Response>;
  serveMetrics(request: PluginHttpRequest, context?: Partial<Context>): Promise<Response>;
  /** Quit, then 2 s, then SIGKILL; resolves when the process has ended. Does not call OnDeactivate. Idempotent. */
  kill(): Promise<PluginExit>;
  readonly exited: Promise<PluginExit>;
}

/** The first line of stdout; the rest is read and thrown away, so that the plugin never blocks on it. */
function firstLine(stdout: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    stdout.setEncoding("utf8");
    stdout.on("data", (chunk: string) => {
      if (text.includes("\n") || text.length > maxHandshakeBytes) return;
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > maxHandshakeBytes) {
        reject(
          new GoPluginError("handshake", "The program's first line of output is too long for a handshake."),
        );
      }
    });
    stdout.on("end", () => resolve(text));
  });
}

async function connectTo(address: PluginAddress): Promise<SocketStream> {
  const socket =
    address.network === "unix"
      ? connect({ path: address.path })
      : connect({ host: address.host, port: address.port });
  try {
    await once(socket, "connect");
  } catch (cause) {
    throw new GoPluginError("handshake", "The plugin's address cannot be connected to.", { cause });
  }
  return new SocketStream(socket);
}

/** A child process with its end as a promise. */
class PluginProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<PluginExit>;
  readonly failed: Promise<never>;

  constructor(options: LaunchOptions, clock: Clock) {
    const env = { ...(options.env ?? process.env), ...hostEnvironment(options.socketFolder) };
    this.child = spawn(options.executable, options.args ?? [], {
      env,
      stdio: ["inherit", "pipe", "pipe"],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    let startError: Error | undefined;
    this.child.on("error", (error) => {
      startError = error;
    });
    this.exited = new Promise((resolve) => {
      this.child.on("exit", (code, signal) => {
        const limit = clock.after(lastWordsLimitMs, () => resolve({ code, signal }));
        this.child.on("close", () => {
          limit.cancel();
          resolve({ code, signal });
        });
      });
      this.child.on("error", () => resolve({ code: null, signal: null }));
    });
    this.failed = this.exited.then((exit) => {
      throw startError === undefined
        ? new GoPluginError(
            "exited",
            `The plugin ended before it was ready (${describeExit(exit)}). Its log may tell why.`,
          )
        : new GoPluginError("not-startable", "The plugin's executable could not be started.", {
            cause: startError,
          });
    });
    this.failed.catch(() => {});
    const reader = new StderrReader((entry) => options.log({ ...entry, source: "stderr" }));
    this.child.stderr?.on("data", (chunk: Uint8Array) => reader.push(chunk));
    this.child.stderr?.on("end", () => reader.end());
  }
}

function describeExit({ code, signal }: PluginExit): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}

/**
 * Starts a plugin as Mattermost does and connects to it. Throws {@link GoPluginError}: `not-startable`, `exited`,
 * `handshake`, `unsupported` or `start-timeout`; the process is then dead. Call `activate` next.
 */
export async function launchPlugin(options: LaunchOptions): Promise<RunningPlugin> {
  const clock = options.clock ?? systemClock;
  const startMs = clock.now();
  const running = new PluginProcess(options, clock);
  const { child, exited, failed } = running;
  const timedOut = Promise.withResolvers<never>();
  const timeoutMs = options.startTimeoutMs ?? defaultStartTimeoutMs;
  using _limit = clock.after(timeoutMs, () =>
    timedOut.reject(
      new GoPluginError("start-timeout", `The plugin did not introduce itself within ${timeoutMs} ms.`),
    ),
  );
  try {
    const { stdout } = child;
    if (stdout === null) return await failed;
    const line = await Promise.race([firstLine(stdout), failed, timedOut.promise]);
    if (line === "") await Promise.race([failed, timedOut.promise]);
    const startedInMs = clock.now() - startMs;
    const address = parseHandshake(line);
    const transport = await Promise.race([connectTo(address), failed]);
    const opening = HostSession.open(transport, {
      api: options.api,
      clock,
      output: (stream, message) =>
        options.log({ level: "debug", message, fields: {}, source: `plugin_${stream}` }),
    });
    const session = await Promise.race([opening, failed]);
    return runningPlugin(running, session, address, startedInMs, clock);
  } catch (error) {
    child.kill("SIGKILL");
    const exit = await exited;
    if (error instanceof GoPluginError) throw error;
    // A process that dies breaks the connection first; both say the same.
    throw new GoPluginError(
      "exited",
      `The plugin broke off while it started (${describeExit(exit)}). Its log may tell why.`,
      {
        cause: error,
      },
    );
  }
}

function runningPlugin(
  { child, exited }: PluginProcess,
  session: HostSession,
  address: PluginAddress,
  startedInMs: number,
  clock: Clock,
): RunningPlugin {
  let killing: Promise<PluginExit> | undefined;
  const end = async () => {
    using _limit = clock.after(quitLimitMs, () => child.kill("SIGKILL"));
    // Without an answer to Quit there is nothing to wait for.
    await Promise.race([session.quit(), exited]).catch(() => child.kill("SIGKILL"));
    await session[Symbol.asyncDispose]();
    const exit = await exited;
    // A killed plugin could not remove its socket.
    if (address.network === "unix") await rm(address.path, { force: true });
    return exit;
  };
  const kill = () => {
    killing ??= end();
    return killing;
  };
  return {
    pid: child.pid ?? 0,
    startedInMs,
    hooks: session.hooks,
    implemented: session.implemented,
    exited,
    kill,
    ping: () => session.ping(),
    activate: () => session.activate(),
    deactivate: () => session.deactivate(),
    serveHttp: (request, context) => session.serveHttp(request, context),
    serveMetrics: (request, context) => session.serveMetrics(request, context),
    [Symbol.asyncDispose]: async () => void (await kill()),
  };
}
