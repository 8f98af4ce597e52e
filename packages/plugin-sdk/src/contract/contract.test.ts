import { describe, expect, test } from "bun:test";
import { createApi } from "../api/create-api.ts";
import { type ApiImplementation, serveApi } from "../api/serve-api.ts";
import { GoValue } from "../gob/any-value.ts";
import { definePlugin, type PluginHooks } from "../hooks/define-plugin.ts";
import { createHooksClient } from "../hooks/hooks-client.ts";
import { serveHooks } from "../hooks/serve-hooks.ts";
import { ATTACHMENTS_GO_TYPE, AUTOCOMPLETE_TEXT_GO_TYPE } from "../models/registered-types.ts";
import { RpcClient } from "../netrpc/rpc-client.ts";
import { RpcError } from "../netrpc/rpc-error.ts";
import { RpcServer } from "../netrpc/rpc-server.ts";
import { memoryPipe } from "../testing/memory-pipe.ts";
import { AppError } from "./app-error.ts";
import { errorFromGo, errorToGo, PluginError } from "./go-error.ts";

function apiOver(implementation: ApiImplementation) {
  const [near, far] = memoryPipe();
  new RpcServer(far, serveApi(implementation));
  return createApi(new RpcClient(near));
}

function hooksOver(hooks: PluginHooks) {
  const [near, far] = memoryPipe();
  new RpcServer(far, serveHooks(hooks));
  return createHooksClient(new RpcClient(near));
}

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => new Error("nothing was thrown"),
    (error: unknown) => error,
  );
}

const missing = new AppError({
  id: "app.user.missing",
  message: "No such user",
  statusCode: 404,
  where: "GetUser",
});

describe("the API over net/rpc", () => {
  test("answers values, filled where the host left fields out", async () => {
    const api = apiOver({ GetUser: (id) => ({ id, email: "ada@example.org" }) });
    const user = await api.users.get("u1");
    expect(user).toMatchObject({ id: "u1", email: "ada@example.org", nickname: "", isBot: false });
    expect(user.props).toBeUndefined();
  });

  test("hands a post to the host and back unchanged, properties included", async () => {
    const api = apiOver({ CreatePost: (post) => ({ ...post, id: "p1" }) });
    const props = {
      key: "value",
      list: ["a", 1, true, null, { deep: "x" }],
      attachments: new GoValue(ATTACHMENTS_GO_TYPE, [{ text: "t", fields: [{ title: "f", value: 5 }] }]),
    };
    const created = await api.posts.create({ channelId: "c", message: "Grüße 👋", fileIds: ["f"], props });
    expect(created).toMatchObject({ id: "p1", channelId: "c", message: "Grüße 👋", fileIds: ["f"] });
    expect(created.props).toMatchObject({ key: "value", list: ["a", 1, true, null, { deep: "x" }] });
    const attachments = created.props?.attachments;
    expect(attachments).toMatchObject({
      value: [{ text: "t", color: "", fields: [{ title: "f", value: 5 }] }],
    });
    expect(await api.posts.create(created)).toEqual(created);
  });

  test("throws AppError with all its parts", async () => {
    const api = apiOver({
      GetUser: () => {
        throw missing;
      },
    });
    const error = await thrownBy(api.users.get("u1"));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      id: "app.user.missing",
      statusCode: 404,
      where: "GetUser",
      notFound: true,
    });
  });

  test("throws PluginError for results of Go's type error", async () => {
    const api = apiOver({ EnsureBotUser: () => Promise.reject(new PluginError("no rows", "no_rows")) });
    expect(await thrownBy(api.bots.ensure({ username: "bot" }))).toEqual(
      new PluginError("no rows", "no_rows"),
    );
  });

  test("throws AppError for results of Go's type error that hold one", async () => {
    const api = apiOver({ EnsureBotUser: () => Promise.reject(missing) });
    expect(await thrownBy(api.bots.ensure({ username: "bot" }))).toMatchObject({
      id: "app.user.missing",
      statusCode: 404,
    });
  });

  test("names a method that the host lacks, with status 501 where the method can tell", async () => {
    const api = apiOver({});
    expect(await thrownBy(api.users.get("u"))).toMatchObject({
      name: "AppError",
      statusCode: 501,
      where: "GetUser",
    });
    expect(await thrownBy(api.bots.ensure({}))).toMatchObject({ name: "AppError", statusCode: 501 });
    const plain = await thrownBy(api.server.version());
    expect(plain).toBeInstanceOf(RpcError);
    expect(plain).toMatchObject({
      message: "This server does not implement the plugin API method GetServerVersion",
    });
  });

  test("tells a missing key from an empty list", async () => {
    const api = apiOver({
      KVGet: () => undefined,
      KVList: () => [],
      KVCompareAndSet: (_, old) => old === undefined,
    });
    expect(await api.kv.get("k")).toBeUndefined();
    expect(await api.kv.list(0, 10)).toEqual([]);
    expect(await api.kv.compareAndSet("k", undefined, Uint8Array.of(1))).toBe(true);
    expect(await api.kv.compareAndSet("k", Uint8Array.of(2), undefined)).toBe(false);
  });

  test("loads the plugin's configuration as JSON", async () => {
    const stored = { tenantid: "t", syncnotifications: true };
    const api = apiOver({ LoadPluginConfiguration: () => new TextEncoder().encode(JSON.stringify(stored)) });
    expect(await api.configuration.load()).toEqual(stored);
    expect(await apiOver({ LoadPluginConfiguration: () => new Uint8Array() }).configuration.load()).toEqual(
      {},
    );
  });

  test("sends log fields as text only", async () => {
    const lines: unknown[] = [];
    const api = apiOver({
      LogWarn: (message, fields) => {
        lines.push([message, fields]);
      },
    });
    await api.log.warn("slow", { ms: 12, node: undefined, retried: false });
    expect(lines).toEqual([["slow", ["ms", "12", "retried", "false"]]]);
  });

  test("registers commands with completion that contains itself", async () => {
    const seen: unknown[] = [];
    const api = apiOver({
      RegisterCommand: (command) => {
        seen.push(command.autocompleteData);
      },
    });
    const data = new GoValue(AUTOCOMPLETE_TEXT_GO_TYPE, { hint: "[name]" });
    await api.commands.register({
      trigger: "msteams",
      autocompleteData: {
        trigger: "msteams",
        subCommands: [{ trigger: "help", arguments: [{ type: "TextInput", data }] }],
      },
    });
    expect(seen).toMatchObject([
      { subCommands: [{ trigger: "help", arguments: [{ data: { value: { hint: "[name]" } } }] }] },
    ]);
  });

  test("publishes websocket events to everyone or to one user", async () => {
    const seen: unknown[] = [];
    const api = apiOver({
      PublishWebSocketEvent: (...event) => {
        seen.push(event);
      },
    });
    await api.websocket.publish("connected", { connected: true });
    await api.websocket.publish("connected", {}, { userId: "u" });
    expect(seen).toMatchObject([
      ["connected", { connected: true }, undefined],
      ["connected", {}, { userId: "u", channelId: "" }],
    ]);
  });

  test("carries requests between plugins", async () => {
    const api = apiOver({
      PluginHTTP: async ({ request, requestBody }) => ({
        response: {
          statusCode: 201,
          header: { "X-Path": [request.url ?? ""], "X-Length": [String(requestBody.length)] },
        },
        responseBody: requestBody,
      }),
    });
    const response = await api.plugins.fetch(
      new Request("http://x/other/api?a=1", { method: "POST", body: "hello" }),
    );
    expect([response.status, response.headers.get("x-path"), await response.text()]).toEqual([
      201,
      "/other/api?a=1",
      "hello",
    ]);
    const silent = await apiOver({ PluginHTTP: () => Promise.resolve({}) }).plugins.fetch(
      new Request("http://x/other/"),
    );
    expect(silent.status).toBe(502);
  });
});

describe("hooks over net/rpc", () => {
  test("lists what the plugin has", async () => {
    const plugin = definePlugin({
      onActivate: () => {},
      executeCommand: () => undefined,
      serveHttp: () => new Response(),
    });
    expect(await hooksOver(plugin).implemented()).toEqual(["OnActivate", "ServeHTTP", "ExecuteCommand"]);
  });

  test("answers a command with nested responses", async () => {
    const hooks = hooksOver({
      executeCommand: (context, { command, userId }) => ({
        responseType: "ephemeral",
        text: `${userId} said ${command} from ${context.ipAddress}`,
        extraResponses: [{ text: "more" }],
      }),
    });
    expect(
      await hooks.ExecuteCommand({ ipAddress: "::1" }, { command: "/msteams help", userId: "u" }),
    ).toMatchObject({
      text: "u said /msteams help from ::1",
      extraResponses: [{ text: "more", gotoLocation: "" }],
    });
  });

  test("a command may answer nothing", async () => {
    expect(await hooksOver({ executeCommand: () => undefined }).ExecuteCommand({}, {})).toBeUndefined();
  });

  test("a command that throws is refused with its message", async () => {
    const hooks = hooksOver({ executeCommand: () => Promise.reject(new Error("broken")) });
    expect(await thrownBy(hooks.ExecuteCommand({}, {}))).toMatchObject({
      name: "AppError",
      message: "broken",
      statusCode: 500,
    });
  });

  test("a hook without failure result fails at net/rpc's level", async () => {
    const hooks = hooksOver({ messageHasBeenPosted: () => Promise.reject(new Error("broken")) });
    expect(await thrownBy(hooks.MessageHasBeenPosted({}, {}))).toEqual(new RpcError("remote", "broken"));
  });

  test("a post can be changed, let through or rejected", async () => {
    const hooks = hooksOver({
      messageWillBePosted: (_, post) => {
        if (post.message === "bad") return [undefined, "not here"];
        return post.message === "shout" ? [{ ...post, message: "SHOUT" }, ""] : [undefined, ""];
      },
    });
    const [changed, none] = await hooks.MessageWillBePosted({}, { id: "1", message: "shout" });
    expect([changed?.message, none]).toEqual(["SHOUT", ""]);
    expect(await hooks.MessageWillBePosted({}, { message: "bad" })).toEqual([undefined, "not here"]);
    expect(await hooks.MessageWillBePosted({}, { message: "fine" })).toEqual([undefined, ""]);
  });

  test("preferences arrive as a list, also when there are none", async () => {
    const seen: unknown[] = [];
    const hooks = hooksOver({
      preferencesHaveChanged: (_, preferences) => {
        seen.push(preferences);
      },
    });
    await hooks.PreferencesHaveChanged({}, [{ userId: "u", category: "c", name: "n", value: "on" }]);
    await hooks.PreferencesHaveChanged({}, []);
    expect(seen).toEqual([[{ userId: "u", category: "c", name: "n", value: "on" }], []]);
  });

  test("hooks are called on the object that has them", async () => {
    const plugin = {
      count: 0,
      onConfigurationChange() {
        this.count++;
      },
    };
    await hooksOver(plugin).OnConfigurationChange();
    expect(plugin.count).toBe(1);
  });
});

describe("Go errors", () => {
  test("come back as what they were", () => {
    for (const code of ["other", "end_of_file", "no_rows", "remove_argument"] as const) {
      const error = new PluginError("text", code);
      expect(errorFromGo(errorToGo(error))).toEqual(error);
    }
    expect(errorFromGo(errorToGo(missing))).toEqual(missing);
    expect(errorFromGo(errorToGo("thrown text"))).toEqual(new PluginError("thrown text"));
    expect(errorFromGo(null)).toBeUndefined();
  });

  test("of databases and of unknown types are told by their form", () => {
    const database = errorFromGo(new GoValue("*pq.Error", { code: "23505", message: "duplicate key" }));
    expect(database).toEqual(new PluginError("duplicate key (SQLSTATE 23505)", "database"));
    expect(errorFromGo(new GoValue("*net.OpError", {}))).toMatchObject({ code: "other" });
    expect(errorFromGo("odd")).toBeInstanceOf(PluginError);
  });
});

test("a refused configuration is the second result, since the first would replace it", async () => {
  const refused = serveHooks(
    definePlugin({
      configurationWillBeSaved() {
        throw new Error("no");
      },
    }),
  ).get("Plugin.ConfigurationWillBeSaved");
  expect(await refused?.answer({ A: {} })).toEqual({ B: errorToGo(new Error("no")) });
});
