import { expect, test } from "bun:test";
import type { ApiImplementation } from "../api/serve-api.ts";
import { AppError } from "../contract/app-error.ts";
import { Launched } from "../testing/launched.ts";
import type { GoPluginError } from "./go-plugin-error.ts";
import type { PluginOutput } from "./launch-plugin.ts";

function recordingApi() {
  const logged: string[] = [];
  const api: ApiImplementation = {
    LogInfo: (message) => void logged.push(message),
    LogError: (message) => void logged.push(`error: ${message}`),
    LogDebug: (message) => void logged.push(`debug: ${message}`),
    GetServerVersion: () => "11.6.0",
    GetUser: (id) => {
      if (id === "nobody") throw new AppError({ id: "missing", message: "no such user", statusCode: 404 });
      return { id, username: `name-of-${id}` };
    },
  };
  return { logged, api };
}

test("a plugin starts, is activated, answers hooks, and ends when asked", async () => {
  const { api, logged } = recordingApi();
  await using launched = await Launched.start("everyday", api);
  const { plugin } = launched;
  expect([...plugin.implemented].sort()).toEqual([
    "ExecuteCommand",
    "MessageWillBePosted",
    "OnActivate",
    "OnDeactivate",
    "ServeHTTP",
  ]);
  await plugin.activate();
  expect(logged).toEqual(["active"]);
  const response = await plugin.hooks.ExecuteCommand({}, { userId: "u1", command: "/x" });
  expect(response?.text).toBe("/x by name-of-u1");
  const [post, reason] = await plugin.hooks.MessageWillBePosted({}, { id: "p", message: "hello" });
  expect([post?.message, reason]).toEqual(["HELLO", ""]);
  await plugin.ping();
  await plugin.deactivate();
  expect(logged).toEqual(["active", "inactive"]);
  expect(await plugin.kill()).toEqual({ code: 0, signal: null });
  expect(launched.socketFiles()).toEqual([]);
});

test("many hooks run at the same time and each gets its own answer", async () => {
  const { api } = recordingApi();
  await using launched = await Launched.start("everyday", api);
  await launched.plugin.activate();
  const calls = Array.from({ length: 300 }, (_, index) =>
    launched.plugin.hooks.ExecuteCommand({}, { userId: `u${index}`, command: "/c" }),
  );
  const texts = (await Promise.all(calls)).map((response) => response?.text);
  expect(texts).toEqual(Array.from({ length: 300 }, (_, index) => `/c by name-of-u${index}`));
});

test("what the API refuses reaches the plugin, and what the plugin throws the host", async () => {
  const { api } = recordingApi();
  await using launched = await Launched.start("everyday", api);
  await launched.plugin.activate();
  const call = launched.plugin.hooks.ExecuteCommand({}, { userId: "nobody", command: "/c" });
  expect(call).rejects.toMatchObject({ name: "AppError", message: "no such user", statusCode: 404 });
});

test("an error in onActivate is the error of the activation", async () => {
  const { api } = recordingApi();
  await using launched = await Launched.start("everyday", api, { env: { ...process.env, TEST_REFUSE: "1" } });
  expect(launched.plugin.activate()).rejects.toThrow("no licence to run");
});

test("a crash is logged, ends the process with a code, and fails what was running", async () => {
  const { api } = recordingApi();
  await using launched = await Launched.start("everyday", api);
  const { plugin } = launched;
  await plugin.activate();
  const hanging = plugin.hooks.ExecuteCommand({}, { command: "/hang" });
  hanging.catch(() => {});
  const crashing = plugin.serveHttp({ method: "GET", url: "/crash", headers: new Headers() });
  expect(await plugin.exited).toEqual({ code: 1, signal: null });
  expect((await crashing).status).toBe(500);
  expect(hanging).rejects.toMatchObject({ code: "cut_off" });
  expect(plugin.ping()).rejects.toThrow();
  const last = launched.output.find(({ level }) => level === "error");
  expect(last?.message).toBe("The plugin crashed.");
  expect(last?.fields.error).toBe("Error: fatal mistake");
});

test("a plugin that does not end within 2 s of Quit is killed", async () => {
  const { api } = recordingApi();
  await using launched = await Launched.start("everyday", api, {
    env: { ...process.env, TEST_IGNORE_END: "1" },
  });
  await launched.plugin.activate();
  const startMs = performance.now();
  expect(await launched.plugin.kill()).toEqual({ code: null, signal: "SIGKILL" });
  expect(performance.now() - startMs).toBeGreaterThan(1_900);
});

test("SIGINT of the server's terminal does not end the plugin", async () => {
  const { api } = recordingApi();
  await using launched = await Launched.start("everyday", api);
  process.kill(launched.plugin.pid, "SIGINT");
  await launched.plugin.ping();
  expect(await launched.plugin.kill()).toEqual({ code: 0, signal: null });
});

test("the handshake is there long before the host's limit", async () => {
  const { api } = recordingApi();
  await using launched = await Launched.start("everyday", api);
  expect(launched.plugin.startedInMs).toBeLessThan(3_000);
});

async function failure(script: string, startTimeoutMs = 20_000): Promise<string> {
  const options = { executable: "/bin/sh", args: ["-c", script], startTimeoutMs };
  return await Launched.start("none", {}, options).then(
    () => "started",
    (error: GoPluginError) => error.code,
  );
}

for (const [what, script, code] of [
  ["a program that is no plugin", "echo hello; exec sleep 60", "handshake"],
  ["a plugin of another protocol", "echo '1|1|unix|/tmp/x|grpc|'; exec sleep 60", "unsupported"],
  ["an address nobody listens on", "echo '1|1|unix|/nonexistent/x|netrpc|'; exec sleep 60", "handshake"],
  ["a program that ends at once", "exit 3", "exited"],
  ["a program that talks without end", "head -c 100000 /dev/zero; exec sleep 60", "handshake"],
] as const) {
  test(`${what} is refused as ${code}`, async () => {
    expect(await failure(script)).toBe(code);
  });
}

test("a plugin whose code cannot be loaded ends, and says why in the log", async () => {
  const output: string[] = [];
  const log = ({ fields }: PluginOutput) => void output.push(String(fields.error));
  const error = await Launched.start("unloadable", {}, { log }).catch((reason: GoPluginError) => reason);
  expect((error as GoPluginError).code).toBe("exited");
  expect(output).toEqual(["Error: a module is missing"]);
});

test("a plugin that is too slow is killed", async () => {
  expect(await failure("exec sleep 60", 50)).toBe("start-timeout");
});

test("an executable that does not exist says so", async () => {
  const options = { executable: "/nonexistent/plugin", args: [] };
  const error = await Launched.start("none", {}, options).catch((reason: GoPluginError) => reason);
  expect((error as GoPluginError).code).toBe("not-startable");
});
