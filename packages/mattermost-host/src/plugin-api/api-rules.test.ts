import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE, GoValue } from "@msteams-notifications/plugin-sdk";
import type { JsonObject } from "../json.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { probeId } from "../testing/plugin-archive.ts";
import { Probed } from "../testing/probed.ts";

const clock = new ManualClock();
let probed: Probed;
beforeAll(async () => {
  probed = await Probed.active({ clock, random: () => 0 });
});
afterAll(() => probed[Symbol.asyncDispose]());

const bytes = (text: string) => new TextEncoder().encode(text);
const call = <T>(group: string, method: string, ...args: readonly unknown[]) =>
  probed.call(group, method, ...args) as Promise<T>;

describe("bots", () => {
  test("are made once, remembered and kept in step with what the plugin wants", async () => {
    const ensure = (displayName: string) =>
      call<string>("bots", "ensure", { username: "probe-bot", displayName });
    const id = await ensure("Probe");
    expect(await ensure("Probe II")).toBe(id);
    const { users, keyValues } = probed.mattermost.system;
    expect(users.bot(id, false)).toMatchObject({ displayName: "Probe II", ownerId: probeId });
    expect(new TextDecoder().decode(keyValues.get(probeId, "mmi_botid"))).toBe(id);
    await call("kv", "deleteAll");
    expect(await ensure("Probe III")).toBe(id);
  });

  test("with a person's name are that person, every time, and the log alone says so", async () => {
    await call("kv", "deleteAll");
    for (let time = 0; time < 2; time += 1) {
      const logged = probed.nextLog("Plugin attempted to use an account that already exists.");
      expect(await call<string>("bots", "ensure", { username: "ada" })).toBe(probed.ada.id);
      expect((await logged).fields).toEqual({ username: "ada" });
    }
    expect(probed.mattermost.system.users.get(probed.ada.id).isBot).toBe(false);
  });

  test("need a name", async () => {
    expect(await probed.refused("bots", "ensure", {})).toMatchObject({
      name: "PluginError",
      message: "passed a bot with no username",
    });
  });
});

describe("keys and values", () => {
  test("expire by the server's clock", async () => {
    await call("kv", "setWithExpiry", "short", bytes("x"), 10);
    clock.advance(9_999);
    expect(await call<Uint8Array>("kv", "get", "short")).toEqual(bytes("x"));
    clock.advance(1);
    expect(await call<undefined>("kv", "get", "short")).toBeUndefined();
    expect(await call<boolean>("kv", "setWithOptions", "short", bytes("y"), { atomic: true })).toBe(true);
  });

  test("are refused with too long a key or an old value that nobody compares, and end with an empty one", async () => {
    expect(await probed.refused("kv", "set", "k".repeat(151), bytes("x"))).toMatchObject({ statusCode: 400 });
    const options = { atomic: false, oldValue: bytes("x") };
    expect(await probed.refused("kv", "setWithOptions", "k", bytes("y"), options)).toMatchObject({
      id: "plugin_api.kv.options.app_error",
    });
    await call("kv", "set", "k", bytes("x"));
    await call("kv", "set", "k", new Uint8Array());
    expect(await call<undefined>("kv", "get", "k")).toBeUndefined();
  });

  test("are listed ten at a time unless the plugin says otherwise", async () => {
    await call("kv", "deleteAll");
    for (let index = 0; index < 12; index += 1) await call("kv", "set", `k${index + 10}`, bytes("x"));
    expect(await call<string[]>("kv", "list", 0, 0)).toHaveLength(10);
    expect(await call<string[]>("kv", "list", 1, 10)).toEqual(["k20", "k21"]);
  });
});

describe("posts", () => {
  const post = (message: string, more: JsonObject = {}) => ({
    userId: probed.ada.id,
    channelId: probed.townSquare,
    message,
    ...more,
  });

  test("are stored once for one pending id", async () => {
    const create = () => call<JsonObject>("posts", "create", post("once", { pendingPostId: "p1" }));
    const { id } = await create();
    expect((await create()).id).toBe(id ?? null);
    clock.advance(30_001);
    expect((await create()).id).not.toBe(id ?? null);
  });

  test("lose the files that an update leaves out", async () => {
    const upload = (name: string) =>
      call<{ id: string }>("files", "upload", bytes(name), probed.townSquare, name);
    const [first, second] = [await upload("a.txt"), await upload("b.txt")];
    const created = await call<JsonObject>(
      "posts",
      "create",
      post("files", { fileIds: [first.id, second.id] }),
    );
    const updated = await call<JsonObject>("posts", "update", { ...created, fileIds: [second.id] });
    expect(updated.fileIds).toEqual([second.id]);
    expect(await probed.refused("files", "get", first.id)).toMatchObject({ statusCode: 404 });
    expect(await call<Uint8Array>("files", "get", second.id)).toEqual(bytes("b.txt"));
  });

  test("to one person are neither checked nor stored, and always ephemeral", async () => {
    const message = "x".repeat(20_000);
    const sent = await call<JsonObject>(
      "posts",
      "sendEphemeral",
      probed.ada.id,
      post(message, { type: "custom_x" }),
    );
    expect(sent).toMatchObject({ message, type: "system_ephemeral" });
    expect(await probed.refused("posts", "get", sent.id)).toMatchObject({ statusCode: 404 });
    expect(await probed.refused("posts", "create", post(message))).toMatchObject({ statusCode: 400 });
  });
});

describe("what a plugin sets for people", () => {
  test("is one of four statuses", async () => {
    for (const status of ["ooo", "busy", ""]) {
      expect(await probed.refused("users", "updateStatus", probed.ada.id, status)).toMatchObject({
        id: "plugin.api.update_user_status.bad_status",
        statusCode: 400,
      });
    }
  });

  test("is refused as a whole when one preference is too long", async () => {
    const row = { userId: probed.ada.id, category: "pp_probe", name: "n", value: "v" };
    const rows = [row, { ...row, category: "c".repeat(33) }];
    expect(await probed.refused("preferences", "update", probed.ada.id, rows)).toMatchObject({
      statusCode: 400,
    });
    expect(await call<unknown[]>("preferences", "list", probed.ada.id)).toEqual([]);
    expect(await probed.refused("preferences", "update", probed.ben.id, [row])).toMatchObject({
      statusCode: 403,
    });
  });
});

describe("uploads", () => {
  test("need a channel that exists, and pictures have a limit of pixels", async () => {
    expect(await probed.refused("files", "upload", bytes("x"), "nowhere", "x.txt")).toMatchObject({
      statusCode: 400,
    });
    const png = Buffer.alloc(33);
    Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(png);
    png.writeUInt32BE(10_000, 16);
    png.writeUInt32BE(10_000, 20);
    expect(
      await probed.refused("files", "upload", new Uint8Array(png), probed.townSquare, "x.png"),
    ).toMatchObject({
      id: "api.file.upload_file.large_image.app_error",
    });
  });
});

describe("commands", () => {
  const register = (command: JsonObject) => probed.refused("commands", "register", command);

  test("are refused without a usable trigger or with autocomplete data that makes no sense", async () => {
    const nodes: readonly JsonObject[] = [
      { trigger: "" },
      { trigger: "Upper" },
      { trigger: "x", roleID: "team_admin" },
      { trigger: "x", arguments: [{ name: "a" }], subCommands: [{ trigger: "y" }] },
    ];
    for (const command of [
      { trigger: "" },
      { trigger: "/x" },
      ...nodes.map((autocompleteData) => ({ trigger: "x", autocompleteData })),
    ]) {
      expect(await register(command)).toMatchObject({ name: "PluginError" });
    }
  });

  test("ask the plugin for their lists at addresses of its own", async () => {
    const data = new GoValue(AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE, { fetchURL: "lists/people" });
    const autocompleteData = {
      trigger: "dynamic",
      roleID: "system_user",
      arguments: [{ name: "", type: "DynamicList", required: true, data }],
    };
    await call("commands", "register", { trigger: "dynamic", autocompleteData });
    const registered = probed.mattermost.nodes[0]?.plugins
      .commands()
      .find(({ command }) => command.trigger === "dynamic");
    expect(registered?.command.autocomplete?.arguments).toMatchObject([
      { fetchURL: `/plugins/${probeId}/lists/people` },
    ]);
  });

  test("are answered to the plugin that runs them as their plugin answered", async () => {
    const place = { userId: probed.ada.id, channelId: probed.townSquare, teamId: probed.mattermost.team.id };
    expect(await probed.call("commands", "execute", { ...place, command: "/probe hello" })).toMatchObject({
      text: "You said /probe hello",
      skipSlackParsing: false,
      extraResponses: [{ text: "And more", skipSlackParsing: true }],
    });
  });

  test("that nobody knows are an error to the plugin that runs them", async () => {
    const place = { userId: probed.ada.id, channelId: probed.townSquare, teamId: probed.mattermost.team.id };
    expect(await probed.refused("commands", "execute", { ...place, command: "/unknown" })).toMatchObject({
      id: "api.command.execute_command.not_found.app_error",
      statusCode: 404,
    });
  });
});

describe("failures on purpose", () => {
  const create = () =>
    probed.refused("posts", "create", { userId: probed.ada.id, channelId: probed.townSquare, message: "m" });
  const posts = () => probed.mattermost.system.posts.page(probed.townSquare, 0, 200).order.length;

  test("reach the plugin before or after the work was done", async () => {
    const { faults } = probed.mattermost.system;
    using _cleared = { [Symbol.dispose]: () => faults.clear() };
    const before = posts();
    faults.set("CreatePost", { failBefore: 1 });
    expect(await create()).toMatchObject({ id: "app.fault.injected.app_error", statusCode: 500 });
    expect(posts()).toBe(before);
    faults.set("CreatePost", { failAfter: 1 });
    expect(await create()).toMatchObject({ detailedError: "The work was done before." });
    expect(posts()).toBe(before + 1);
    expect(faults.injected.get("CreatePost")).toBe(2);
  });

  test("may be an answer that never comes, while other calls go on", async () => {
    const { faults } = probed.mattermost.system;
    using _cleared = { [Symbol.dispose]: () => faults.clear() };
    faults.set("CreatePost", { hang: 1 });
    const posted = probed.nextHook("MessageHasBeenPosted");
    let answered = false;
    const mark = () => {
      answered = true;
    };
    void create().then(mark, mark);
    await posted;
    expect(await call<string>("server", "version")).toBe("11.6.0");
    expect(answered).toBe(false);
  });
});
