import { describe, expect, test } from "bun:test";
import { probeId } from "../testing/plugin-archive.ts";
import { isAlive, Probed } from "../testing/probed.ts";
import { TestSocket } from "../testing/test-socket.ts";

const pidsOf = async (probed: Probed) => [await probed.pid(0), await probed.pid(1)];

describe("a plugin on two nodes", () => {
  test("runs in a process on each, and either shows the status of both, its own first", async () => {
    await using probed = await Probed.active({ nodes: 2 });
    const { nodes } = probed.mattermost;
    expect(new Set(await pidsOf(probed)).size).toBe(2);
    const [here, there] = nodes.map(({ id }) => id);
    expect(await probed.statuses()).toMatchObject([
      { cluster_id: here, state: 2 },
      { cluster_id: there, state: 2 },
    ]);
    const seenThere = nodes[1]?.plugins.statuses().map(({ clusterId }) => clusterId);
    expect(seenThere).toEqual([there ?? "", here ?? ""]);
  });

  test("is stopped, replaced and removed on both", async () => {
    await using probed = await Probed.active({ nodes: 2 });
    const old = await pidsOf(probed);
    await probed.upload({ manifest: { version: "2.0.0" } }, true);
    expect(old.map(isAlive)).toEqual([false, false]);
    expect(await probed.statuses()).toMatchObject([{ version: "2.0.0" }, { version: "2.0.0" }]);
    const current = await pidsOf(probed);
    await probed.admin.delete(`/plugins/${probeId}`);
    expect(current.map(isAlive)).toEqual([false, false]);
    expect(await probed.statuses()).toEqual([]);
  });

  test("is announced to open web apps once, when both nodes can serve it", async () => {
    await using probed = await Probed.start({ nodes: 2 });
    const { system, nodes } = probed.mattermost;
    const told: (readonly [string, ...boolean[]])[] = [];
    using _watching = system.events.subscribe(({ event }) => {
      told.push([event, ...nodes.map(({ plugins }) => plugins.isRunning(probeId))]);
    });
    await probed.upload();
    await probed.enable();
    await probed.upload({ manifest: { version: "2.0.0" } }, true);
    await probed.disable();
    expect(told).toEqual([
      ["plugin_enabled", true, true],
      ["plugin_enabled", true, true],
      ["plugin_disabled", false, false],
    ]);
  });

  test("hears of a change of the settings in both processes before the save returns", async () => {
    await using probed = await Probed.active({ nodes: 2 });
    const before = probed.hooks("OnConfigurationChange").length;
    await probed.call("configuration", "savePlugin", { limit: 5 });
    const told = probed.hooks("OnConfigurationChange").slice(before);
    expect(told.map(({ pid }) => pid).toSorted()).toEqual((await pidsOf(probed)).toSorted());
    for (const { args } of told) expect(args).toMatchObject([{ limit: 5 }]);
    await probed.call("configuration", "savePlugin", { limit: 5 });
    expect(probed.hooks("OnConfigurationChange")).toHaveLength(before + 2);
  });

  test("speaks to its sibling, or to the node it names", async () => {
    await using probed = await Probed.active({ nodes: 2 });
    const [here, there] = probed.mattermost.nodes.map(({ id }) => id);
    const heard = probed.nextHook("OnPluginClusterEvent");
    await probed.call("cluster", "publish", { id: "one", data: new Uint8Array([1]) }, {});
    expect(await heard).toMatchObject({
      pid: await probed.pid(1),
      args: [{ id: "one", data: new Uint8Array([1]) }],
    });
    const named = probed.nextHook("OnPluginClusterEvent");
    await probed.call("cluster", "publish", { id: "to myself" }, { targetId: here });
    await probed.call("cluster", "publish", { id: "two" }, { targetId: there });
    expect((await named).args).toMatchObject([{ id: "two" }]);
    expect(probed.hooks("OnPluginClusterEvent")).toHaveLength(2);
  });

  test("hears of what happened only where it happened, while clients of both see its events", async () => {
    await using probed = await Probed.active({ nodes: 2 });
    const { nodes } = probed.mattermost;
    const connected = probed.nextHook("OnWebSocketConnect");
    using socket = await TestSocket.open(nodes[1]?.url ?? "", {
      authorization: `Bearer ${probed.ada.token}`,
    });
    await socket.event("hello");
    expect((await connected).pid).toBe(await probed.pid(1));
    expect(probed.hooks("OnWebSocketConnect")).toHaveLength(1);
    await probed.call("websocket", "publish", "refresh", { now: true }, { userId: probed.ada.id });
    expect((await socket.event(`custom_${probeId}_refresh`)).data).toEqual({ now: true });
  });

  test("may save settings in both OnActivates at once", async () => {
    await using probed = await Probed.start({ nodes: 2 });
    await probed.settings({ onactivate: "save" });
    await probed.upload();
    await probed.enable();
    expect(await probed.statuses()).toMatchObject([{ state: 2 }, { state: 2 }]);
  });

  test("goes on when the other node dies", async () => {
    await using probed = await Probed.active({ nodes: 2 });
    const gone = await probed.pid(1);
    await probed.mattermost.nodes[1]?.[Symbol.asyncDispose]();
    expect(isAlive(gone)).toBe(false);
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
    await probed.settings({ limit: 1 });
    await probed.call("cluster", "publish", { id: "to nobody" }, {});
    const disabled = probed.mattermost.system.events.next(({ event }) => event === "plugin_disabled");
    await probed.disable();
    await disabled;
  });
});
