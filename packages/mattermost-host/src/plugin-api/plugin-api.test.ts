import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { ATTACHMENTS_GO_TYPE, apiTable, GoValue, hookTable } from "@msteams-notifications/plugin-sdk";
import type { JsonObject } from "../json.ts";
import { calledHooks } from "../plugins/called-hooks.ts";
import { CommandRegistry } from "../plugins/command-registry.ts";
import { parseManifest } from "../plugins/manifest.ts";
import { probeId } from "../testing/plugin-archive.ts";
import { Probed } from "../testing/probed.ts";
import { pluginApi } from "./plugin-api.ts";

/** All tests share one plugin process; the last ones look at what was asked of it. */
let probed: Probed;
beforeAll(async () => {
  probed = await Probed.active();
});
afterAll(() => probed[Symbol.asyncDispose]());

/** Lets the plugin call `api.<path>(...args)`. The test says what it expects to get. */
async function call<T = JsonObject>(path: string, ...args: readonly unknown[]): Promise<T> {
  const [group = "", method = ""] = path.split(".");
  return (await probed.call(group, method, ...args)) as T;
}
const bytes = (text: string) => new TextEncoder().encode(text);
const ids = (list: readonly JsonObject[]) => list.map(({ id }) => id);
const newBot = async (username: string): Promise<string> => {
  const bot = await call<{ userId: string }>("bots.create", { username, displayName: username });
  return bot.userId;
};

describe("a plugin, over the wire,", () => {
  test("learns where it runs", async () => {
    expect(await call<string>("server.version")).toBe("11.6.0");
    expect(await call<undefined>("server.license")).toBeUndefined();
    expect(await call<boolean>("server.isEnterpriseReady")).toBe(false);
    expect(await call<number>("server.installedAtMs")).toBe(probed.mattermost.system.installedAt);
    expect(await call<string>("server.diagnosticId")).toBe(await call<string>("server.telemetryId"));
    expect(await call<string>("server.pluginId")).toBe(probeId);
    expect(await call<string>("server.bundlePath")).toEndWith(`/${probeId}`);
  });

  test("writes to the server's log under its name", async () => {
    for (const level of ["debug", "info", "warn", "error"]) {
      await call(`log.${level}`, `A line at ${level}`, { count: 1 });
    }
    const lines = probed.mattermost.log.records.filter(({ message }) => message.startsWith("A line at"));
    expect(lines.map(({ level }) => level)).toEqual(["debug", "info", "warn", "error"]);
    expect(lines[0]?.fields).toEqual({ plugin_id: probeId, count: "1" });
  });

  test("finds and changes people", async () => {
    const { ada, ben } = probed;
    expect(await call("users.get", ada.id)).toMatchObject({ username: "ada", roles: "system_user" });
    expect(await call("users.getByEmail", "ADA@contoso.example")).toMatchObject({ id: ada.id });
    expect(await call("users.getByUsername", "ben")).toMatchObject({ id: ben.id });
    expect(ids(await call("users.getByIds", [ada.id, "nobody", ben.id]))).toEqual([ada.id, ben.id]);
    expect(ids(await call("users.getByUsernames", ["ben", "nobody"]))).toEqual([ben.id]);
    const team = { inTeamId: probed.mattermost.team.id, page: 0, perPage: 2 };
    expect(await call<JsonObject[]>("users.list", team)).toHaveLength(2);
    expect(ids(await call("users.search", { term: "AD", limit: 10 }))).toContain(ada.id);
    const changed = {
      ...(await call("users.get", ben.id)),
      nickname: "Benny",
      timezone: { manualTimezone: "UTC" },
    };
    expect(await call("users.update", changed)).toMatchObject({ nickname: "Benny", username: "ben" });
    expect(probed.mattermost.system.users.get(ben.id).timezone).toEqual({ manualTimezone: "UTC" });
  });

  test("sees and sets the status of people", async () => {
    const { ada } = probed;
    expect(await call("users.updateStatus", ada.id, "away")).toMatchObject({ status: "away", manual: true });
    expect(await call("users.getStatus", ada.id)).toMatchObject({ status: "away" });
    const statuses = await call<JsonObject[]>("users.getStatuses", [ada.id, "nobody"]);
    expect(statuses.map(({ status }) => status)).toEqual(["away", "offline"]);
  });

  test("sees pictures and sessions and lets others see it type", async () => {
    const { ada, townSquare, mattermost } = probed;
    await call("users.setProfileImage", ada.id, bytes("picture"));
    expect(await call<Uint8Array>("users.getProfileImage", ada.id)).toEqual(bytes("picture"));
    const [session] = mattermost.system.sessions.ofUser(ada.id);
    expect(await call("users.getSession", session?.id)).toMatchObject({ userId: ada.id });
    const typing = mattermost.system.events.next(({ event }) => event === "typing");
    await call("users.publishTyping", ada.id, townSquare, "");
    expect((await typing).broadcast).toEqual({ channelId: townSquare, omitUsers: [ada.id] });
  });

  test("owns bots", async () => {
    const id = await newBot("owned");
    expect(await call("bots.get", id, false)).toMatchObject({ username: "owned", ownerId: probeId });
    expect(await call("bots.patch", id, { displayName: "Owned" })).toMatchObject({ displayName: "Owned" });
    expect((await call("bots.setActive", id, false)).deleteAt).toBeGreaterThan(0);
    const all = { ownerId: probeId, includeDeleted: true, page: 0, perPage: 100 };
    expect(await call<JsonObject[]>("bots.list", all)).toMatchObject([{ userId: id }]);
    expect(await call<JsonObject[]>("bots.list", { ...all, includeDeleted: false })).toEqual([]);
    expect(await call<string>("bots.ensure", { username: "ensured" })).toHaveLength(26);
  });

  test("finds channels and teams and lets people in", async () => {
    const { ada, ben, townSquare, mattermost } = probed;
    const teamId = mattermost.team.id;
    expect(await call("channels.get", townSquare)).toMatchObject({ name: "town-square", type: "O" });
    expect(await call("channels.getByName", teamId, "town-square", false)).toMatchObject({ id: townSquare });
    const direct = await call("channels.getDirect", ada.id, ben.id);
    expect(direct).toMatchObject({ type: "D", name: [ada.id, ben.id].toSorted().join("__") });
    const group = [ada.id, ben.id, mattermost.administrator.id];
    expect(await call("channels.getGroup", group)).toMatchObject({ type: "G" });
    expect(ids(await call("channels.ofUser", teamId, ada.id, false))).toContain(townSquare);
    expect(await call("channels.getMember", townSquare, ada.id)).toMatchObject({ userId: ada.id });
    expect(await call<JsonObject[]>("channels.listMembers", townSquare, 0, 2)).toHaveLength(2);
    const { id } = mattermost.system.channels.create({ teamId, name: "c", displayName: "C", type: "P" });
    expect(await call("channels.addMember", id, ben.id)).toMatchObject({ channelId: id, userId: ben.id });
    expect(await call("channels.update", { id, displayName: "New", header: "h" })).toMatchObject({
      header: "h",
    });
    expect(await call("teams.get", teamId)).toMatchObject({ name: "contoso" });
    expect(await call("teams.getByName", "contoso")).toMatchObject({ id: teamId });
    expect(ids(await call("teams.list"))).toEqual([teamId]);
    expect(ids(await call("teams.ofUser", ada.id))).toEqual([teamId]);
    expect(await call("teams.getMember", teamId, ada.id)).toMatchObject({ roles: "team_user" });
  });

  test("asks who may do what", async () => {
    const { ada, townSquare, mattermost } = probed;
    const { id: adminId } = mattermost.administrator;
    expect(await call<boolean>("permissions.has", adminId, "manage_system")).toBe(true);
    expect(await call<boolean>("permissions.has", ada.id, "manage_system")).toBe(false);
    expect(await call<boolean>("permissions.hasInTeam", ada.id, mattermost.team.id, "view_team")).toBe(true);
    expect(await call<boolean>("permissions.hasInChannel", ada.id, townSquare, "create_post")).toBe(true);
    expect(await call<boolean>("permissions.rolesGrant", ["channel_user"], "read_channel")).toBe(true);
  });

  test("writes, reads and deletes posts", async () => {
    const { ada, townSquare } = probed;
    const create = async (message: string) => {
      const post = { userId: ada.id, channelId: townSquare, message };
      return (await call<{ id: string }>("posts.create", post)).id;
    };
    const [first, second, third] = [await create("one"), await create("two"), await create("three")];
    const pages = [
      await call("posts.inChannel", townSquare, 0, 3),
      await call("posts.before", townSquare, third, 0, 1),
      await call("posts.after", townSquare, first, 0, 1),
      await call("posts.since", townSquare, 0),
      await call("posts.thread", second),
    ];
    expect(pages.map(({ order }) => order)).toMatchObject([
      [third, second, first],
      [second],
      [second],
      [third, second, first],
      [second],
    ]);
    const read = await call("posts.get", second);
    expect(await call("posts.update", { ...read, message: "2" })).toMatchObject({ message: "2" });
    const reaction = { userId: ada.id, postId: third, emojiName: "tada" };
    expect(await call("reactions.add", reaction)).toMatchObject({ emojiName: "tada" });
    expect(await call<JsonObject[]>("reactions.list", third)).toHaveLength(1);
    await call("reactions.remove", reaction);
    expect(await call<JsonObject[]>("reactions.list", third)).toEqual([]);
    await call("posts.delete", second);
    expect(await probed.refused("posts", "get", second)).toMatchObject({ statusCode: 404 });
  });

  test("keeps files", async () => {
    const { ada, townSquare } = probed;
    const { id, path } = await call<{ id: string; path: string }>(
      "files.upload",
      bytes("12345"),
      townSquare,
      "a.txt",
    );
    expect(await call<Uint8Array>("files.get", id)).toEqual(bytes("12345"));
    expect(await call("files.getDescription", id)).toMatchObject({
      name: "a.txt",
      size: 5,
      creatorId: "nouser",
    });
    expect(await call<Uint8Array>("files.read", path)).toEqual(bytes("12345"));
    const [copy] = await call<string[]>("files.copyDescriptions", ada.id, [id]);
    expect(await call("files.getDescription", copy)).toMatchObject({ creatorId: ada.id });
    expect(await probed.refused("files", "getLink", id)).toMatchObject({ statusCode: 501 });
  });

  test("keeps values under keys", async () => {
    await call("kv.set", "a", bytes("1"));
    await call("kv.setWithExpiry", "b", bytes("2"), 60);
    expect(await call<boolean>("kv.setWithOptions", "c", bytes("3"), { atomic: true })).toBe(true);
    expect(await call<boolean>("kv.compareAndSet", "c", bytes("x"), bytes("4"))).toBe(false);
    expect(await call<boolean>("kv.compareAndDelete", "c", bytes("3"))).toBe(true);
    expect(await call<Uint8Array>("kv.get", "b")).toEqual(bytes("2"));
    expect(await call<undefined>("kv.get", "c")).toBeUndefined();
    expect(await call<string[]>("kv.list", 0, 100)).toEqual(["a", "b", "mmi_botid"]);
    await call("kv.delete", "a");
    await call("kv.deleteAll");
    expect(await call<string[]>("kv.list", 0, 100)).toEqual([]);
  });

  test("keeps preferences of people", async () => {
    const { ada } = probed;
    const row = { userId: ada.id, category: "pp_probe", name: "notifications", value: "on" };
    await call("preferences.update", ada.id, [row]);
    expect(await call("preferences.get", ada.id, "pp_probe", "notifications")).toEqual(row);
    expect(await call<JsonObject[]>("preferences.list", ada.id)).toEqual([row]);
    await call("preferences.delete", ada.id, [row]);
    expect(await probed.refused("preferences", "get", ada.id, "pp_probe", "notifications")).toMatchObject({
      statusCode: 400,
    });
  });

  test("reads the configuration and saves its own", async () => {
    await call("configuration.savePlugin", { ClientSecret: "s", list: [1, "two", null], deep: { a: true } });
    expect(await call("configuration.load")).toMatchObject({
      clientsecret: "s",
      limit: 20,
      deep: { a: true },
    });
    expect(await call("configuration.getPlugin")).toMatchObject({ ClientSecret: "*".repeat(32) });
    const { configuration } = probed.mattermost.system;
    expect(configuration.pluginSettings(probeId).list).toEqual([1, "two", null]);
    expect(await call("configuration.get")).toMatchObject({ sqlSettings: { dataSource: "*".repeat(32) } });
    expect(await call("configuration.getUnsanitized")).toMatchObject({
      sqlSettings: { dataSource: "postgres://unused" },
      serviceSettings: { siteURL: probed.mattermost.url },
      pluginSettings: { enable: true, pluginStates: { [probeId]: { enable: true } } },
    });
  });

  test("speaks to one person, whose clients alone see it", async () => {
    const { ada, townSquare, mattermost } = probed;
    const seen: string[] = [];
    using _watching = mattermost.system.events.subscribe(({ event, broadcast }) => {
      if (broadcast.userId === ada.id) seen.push(event);
    });
    const draft = { userId: ada.id, channelId: townSquare, message: "x" };
    const { id } = await call("posts.sendEphemeral", ada.id, draft);
    await call("posts.updateEphemeral", ada.id, { ...draft, id, message: "y" });
    await call("posts.deleteEphemeral", ada.id, id);
    expect(seen).toEqual(["ephemeral_message", "post_edited", "post_deleted"]);
  });

  test("speaks to browsers, to its siblings and to other plugins", async () => {
    const { ada, mattermost } = probed;
    const published = mattermost.system.events.next(({ event }) => event === `custom_${probeId}_refresh`);
    await call(
      "websocket.publish",
      "refresh",
      { state: { on: true } },
      { userId: ada.id, omitUsers: { x: true, y: false } },
    );
    expect(await published).toMatchObject({
      data: { state: { on: true } },
      broadcast: { userId: ada.id, omitUsers: ["x"] },
    });
    await call("cluster.publish", { id: "event", data: bytes("1") }, { sendType: "reliable" });
    expect(await call("plugins.fetch", `/${probeId}/x`)).toMatchObject({ status: 200 });
    expect(await call<JsonObject[]>("plugins.list")).toMatchObject([{ id: probeId, version: "1.0.0" }]);
    expect(await call("plugins.getStatus", probeId)).toMatchObject({ state: 2 });
    expect(await probed.refused("plugins", "disable", "not.installed")).toMatchObject({ statusCode: 404 });
  });

  test("has commands, runs them and opens dialogs with what they bring", async () => {
    const { ada, townSquare, mattermost } = probed;
    await call("commands.register", { trigger: "second", teamId: mattermost.team.id });
    await call("commands.unregister", mattermost.team.id, "Second");
    expect((await probed.command("/second")).status).toBe(404);
    const place = { userId: ada.id, channelId: townSquare, teamId: mattermost.team.id };
    const ran = probed.nextHook("ExecuteCommand");
    expect(await call("commands.execute", { ...place, command: "/probe x" })).toMatchObject({
      text: "You said /probe x",
    });
    const opened = mattermost.system.events.next(({ event }) => event === "open_dialog");
    const [{ triggerId }] = (await ran).args as readonly [{ triggerId: string }];
    await call("dialogs.open", {
      triggerId,
      url: "/plugins/x/dialog",
      dialog: { callbackId: "c", title: "T" },
    });
    const { data, broadcast } = await opened;
    expect(broadcast).toEqual({ userId: ada.id });
    expect(JSON.parse(String(data.dialog))).toMatchObject({
      url: "/plugins/x/dialog",
      dialog: { callback_id: "c", title: "T" },
    });
  });

  test("sends attachments as Go's structs and gets them back as what was stored", async () => {
    const attachments = new GoValue(ATTACHMENTS_GO_TYPE, [{ titleLink: "l", actions: [{ name: "Go" }] }]);
    const { ada, townSquare } = probed;
    const draft = { userId: ada.id, channelId: townSquare, message: "", props: { attachments } };
    const { id, type, props } = await call("posts.create", draft);
    expect(type).toBe("slack_attachment");
    expect(props).toMatchObject({
      from_plugin: "true",
      attachments: [{ title_link: "l", actions: [{ name: "Go" }] }],
    });
    expect((await call("posts.get", id)).props).toEqual(props ?? null);
  });
});

describe("what this server has of Mattermost's plugin interface", () => {
  const listed = JSON.parse(readFileSync(new URL("../../plugin-api.json", import.meta.url), "utf8")) as {
    readonly answered: string[];
    readonly refused: string[];
    readonly called: string[];
    readonly neverCalled: string[];
  };

  test("is listed, and each listed method was driven by these tests", () => {
    const { system, nodes } = probed.mattermost;
    const [node] = nodes;
    if (!node) throw new Error("There is a node.");
    const caller = { manifest: parseManifest('{"id":"any"}'), root: "", nodeId: node.id, system };
    const { activity, plugins } = node;
    const api = pluginApi({ ...caller, activity, plugins, commands: new CommandRegistry() });
    expect(Object.keys(api).toSorted()).toEqual(listed.answered);
    expect([...system.faults.calls.keys()].toSorted()).toEqual(listed.answered);
    const known = [...Object.keys(apiTable), "PluginHTTP"];
    expect([...listed.answered, ...listed.refused].toSorted()).toEqual(known.toSorted());
  });

  test("is said to be missing where it is, with the method's name", async () => {
    expect(await probed.refused("mail", "send", "ada@contoso.example", "s", "b")).toMatchObject({
      id: "api.not_implemented",
      statusCode: 501,
      message: expect.stringContaining("SendMail"),
    });
  });

  test("is listed for hooks as well", () => {
    expect(calledHooks.toSorted()).toEqual(listed.called as (typeof calledHooks)[number][]);
    const known = [...Object.keys(hookTable), "OnActivate", "ServeHTTP", "ServeMetrics"];
    expect([...listed.called, ...listed.neverCalled].toSorted()).toEqual(known.toSorted());
  });
});
