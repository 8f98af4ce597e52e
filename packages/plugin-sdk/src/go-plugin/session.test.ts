import { expect, test } from "bun:test";
import type { ApiImplementation } from "../api/serve-api.ts";
import type { PluginHooks } from "../hooks/define-plugin.ts";
import { RpcClient } from "../netrpc/rpc-client.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { memoryPipe } from "../testing/memory-pipe.ts";
import { YamuxSession } from "../yamux/session.ts";
import { controlMethod, controlTypes } from "./control.ts";
import { HostSession } from "./host-session.ts";
import { PluginSession } from "./plugin-session.ts";

/** Both halves in one process, over a pipe. */
async function connected(hooks: PluginHooks, api: ApiImplementation = {}) {
  const [hostPipe, pluginPipe] = memoryPipe();
  const clock = new ManualClock();
  const early: string[] = [];
  const plugin = new PluginSession(pluginPipe, {
    hooks: Promise.resolve(hooks),
    log: (level, message) => void early.push(`${level}: ${message}`),
    clock,
  });
  const host = await HostSession.open(hostPipe, { api, output: () => {}, clock });
  return { host, plugin, clock, early };
}

test("Quit is answered before the connection ends", async () => {
  const { host, plugin, clock } = await connected({});
  await host.quit();
  expect(await plugin.over).toBe("quit");
  await Promise.all([host[Symbol.asyncDispose](), plugin[Symbol.asyncDispose]()]);
  expect(clock.pending).toBe(0);
});

test("a host that goes without a word is told apart from one that asked", async () => {
  const { host, plugin, clock } = await connected({});
  await host[Symbol.asyncDispose]();
  expect(await plugin.over).toBe("host-gone");
  await plugin[Symbol.asyncDispose]();
  expect(clock.pending).toBe(0);
});

test("only the kind of plugin that Mattermost has is dispensed", async () => {
  const [hostPipe, pluginPipe] = memoryPipe();
  const clock = new ManualClock();
  await using session = new YamuxSession(hostPipe, { role: "client", clock });
  const plugin = new PluginSession(pluginPipe, { hooks: Promise.resolve({}), log: () => {}, clock });
  const control = new RpcClient(session.open());
  const [argument, reply] = controlTypes.dispense;
  expect(control.call(controlMethod.dispense, argument, "camera", reply)).rejects.toThrow(
    "unknown plugin type: camera",
  );
  await session.ping();
  session.close();
  await plugin.over;
});

test("hooks that are not there are not listed and fail by name", async () => {
  const { host } = await connected({ userHasBeenCreated: () => {} });
  expect([...host.implemented]).toEqual(["UserHasBeenCreated"]);
  expect(host.hooks.OnInstall({}, {})).rejects.toThrow("can't find method Plugin.OnInstall");
  expect(host.serveHttp({ method: "GET", url: "/", headers: {} })).resolves.toMatchObject({ status: 500 });
  await host.ping();
  await host[Symbol.asyncDispose]();
});

test("a plugin without onActivate is activated all the same", async () => {
  const { host } = await connected({});
  await host.activate();
  await host.deactivate();
  await host[Symbol.asyncDispose]();
});

test("metrics are served by their own hook", async () => {
  const { host } = await connected({ serveMetrics: () => new Response("up 1\n") });
  const response = await host.serveMetrics({ method: "GET", url: "/metrics", headers: {} });
  expect(await response.text()).toBe("up 1\n");
  await host[Symbol.asyncDispose]();
});

test("what cannot be logged through Mattermost goes where the plugin's first words went", async () => {
  const lost = Promise.withResolvers<void>();
  const [hostPipe, pluginPipe] = memoryPipe();
  const clock = new ManualClock();
  const words: string[] = [];
  const hooks: PluginHooks = {
    onActivate() {},
    serveHttp() {
      throw new Error("broken");
    },
  };
  const log = (_level: string, message: string) => {
    words.push(message);
    lost.resolve();
  };
  await using plugin = new PluginSession(pluginPipe, { hooks: Promise.resolve(hooks), log, clock });
  await using host = await HostSession.open(hostPipe, {
    api: {
      LogError() {
        throw new Error("no log today");
      },
    },
    output: () => {},
    clock,
  });
  await host.activate();
  await host.serveHttp({ method: "GET", url: "/", headers: {} });
  await lost.promise;
  expect(words).toEqual(["An HTTP request failed."]);
  await host[Symbol.asyncDispose]();
  await plugin.over;
});

test("the client's abort fails the plugin's writing and ends its source", async () => {
  const cancelled = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  const { host } = await connected({
    serveHttp(request) {
      request.signal.addEventListener("abort", () => aborted.resolve());
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(50_000)),
        cancel: () => cancelled.resolve(),
      });
      return new Response(body as BodyInit);
    },
  });
  const abort = new AbortController();
  const response = await host.serveHttp({ method: "GET", url: "/", headers: {}, signal: abort.signal });
  expect(response.status).toBe(200);
  abort.abort();
  await Promise.all([cancelled.promise, aborted.promise]);
  await host[Symbol.asyncDispose]();
});

test("a thousand requests leave no stream behind", async () => {
  const [hostPipe, pluginPipe] = memoryPipe();
  const clock = new ManualClock();
  const hooks: PluginHooks = { serveHttp: async (request) => new Response(await request.text()) };
  const plugin = new PluginSession(pluginPipe, { hooks: Promise.resolve(hooks), log: () => {}, clock });
  const host = await HostSession.open(hostPipe, { api: {}, output: () => {}, clock });
  const before = host.streams;
  const body = new TextEncoder().encode("payload");
  for (let round = 0; round < 100; round += 1) {
    const answers = Array.from({ length: 10 }, async () => {
      const response = await host.serveHttp({ method: "POST", url: "/", headers: {}, body });
      return response.text();
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set(["payload"]));
  }
  // Streams end in the background, behind the answers; the ping is behind both.
  await host.ping();
  await host.ping();
  expect([host.streams, clock.pending]).toEqual([before, 1]);
  await host[Symbol.asyncDispose]();
  await plugin.over;
});
