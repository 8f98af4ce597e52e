import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { probeId } from "../testing/plugin-archive.ts";
import { isAlive, Probed } from "../testing/probed.ts";

describe("a plugin", () => {
  test("is uploaded, enabled, disabled and removed", async () => {
    await using probed = await Probed.start();
    expect(await probed.upload()).toMatchObject({ status: 201, json: { id: probeId, version: "1.0.0" } });
    const [uploaded] = await probed.statuses();
    expect(uploaded).toMatchObject({ plugin_id: probeId, name: "Probe", state: 0, error: "" });
    expect((await probed.fetch("/")).status).toBe(404);

    expect(await probed.enable()).toMatchObject({ status: 200, json: { status: "OK" } });
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
    const pid = await probed.pid();
    expect((await probed.command("/probe hello")).json).toMatchObject({ text: "You said /probe hello" });

    await probed.disable();
    expect(await probed.statuses()).toMatchObject([{ state: 0 }]);
    expect(probed.hooks().at(-1)).toMatchObject({ hook: "OnDeactivate", pid });
    expect(isAlive(pid)).toBe(false);
    expect((await probed.fetch("/")).status).toBe(404);
    expect((await probed.fetch("/public/icon.svg")).status).toBe(404);
    expect((await probed.command("/probe hello")).status).toBe(404);

    expect((await probed.admin.delete(`/plugins/${probeId}`)).status).toBe(200);
    expect(await probed.statuses()).toEqual([]);
    expect(existsSync(String(uploaded?.plugin_path))).toBe(false);
    expect((await probed.enable()).status).toBe(404);
  });

  test("that is removed while it runs stops, stays off when it comes back and finds its things again", async () => {
    await using probed = await Probed.active();
    await probed.settings({ limit: 7 });
    await probed.call("kv", "set", "kept", new Uint8Array([1]));
    const botId = await probed.call("bots", "ensure", { username: "probe-bot" });
    const pid = await probed.pid();
    await probed.admin.delete(`/plugins/${probeId}`);
    expect(isAlive(pid)).toBe(false);

    await probed.upload();
    expect(await probed.statuses()).toMatchObject([{ state: 0 }]);
    await probed.enable();
    expect(await probed.call("kv", "get", "kept")).toEqual(new Uint8Array([1]));
    expect(await probed.call("bots", "ensure", { username: "probe-bot" })).toBe(botId);
    expect(await probed.call("configuration", "load")).toMatchObject({ limit: 7 });
  });

  test("is addressed by its id in any case", async () => {
    await using probed = await Probed.start();
    await probed.upload();
    await probed.admin.post(`/plugins/${probeId.toUpperCase()}/enable`, {});
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
  });

  test("is replaced by force only, and an enabled one starts again with its new version", async () => {
    await using probed = await Probed.active();
    const old = await probed.pid();
    const version = { manifest: { version: "2.0.0" } };
    expect(await probed.upload(version)).toMatchObject({
      status: 400,
      json: { id: "app.plugin.install_id.app_error" },
    });
    expect(await probed.pid()).toBe(old);
    expect((await probed.upload(version, true)).status).toBe(201);
    expect(await probed.statuses()).toMatchObject([{ state: 2, version: "2.0.0" }]);
    expect(isAlive(old)).toBe(false);
    expect(probed.hooks().map(({ hook, pid }) => [hook, pid === old])).toEqual([
      ["OnActivate", true],
      ["OnConfigurationChange", true],
      ["OnDeactivate", true],
      ["OnActivate", false],
    ]);
    expect((await probed.command("/probe x")).status).toBe(200);
  });

  test("whose new version does not start fails the upload, and the administrator reads why", async () => {
    await using probed = await Probed.active();
    const broken = { manifest: { version: "2.0.0", min_server_version: "99.0.0" } };
    expect(await probed.upload(broken, true)).toMatchObject({
      status: 500,
      json: { id: "app.plugin.restart.app_error" },
    });
    expect(await probed.statuses()).toMatchObject([
      { state: 3, version: "2.0.0", error: `plugin requires Mattermost 99.0.0: ${probeId}` },
    ]);
  });

  test("without its web bundle, or broken, is not installed at all", async () => {
    await using probed = await Probed.start();
    const noBundle = { manifest: { webapp: { bundle_path: "webapp/dist/other.js" } } };
    expect(await probed.upload(noBundle)).toMatchObject({
      status: 500,
      json: { id: "app.plugin.webapp_bundle.app_error" },
    });
    expect((await probed.uploadArchive(new Uint8Array([1, 2, 3]))).status).toBe(400);
    expect(await probed.statuses()).toEqual([]);
  });
});

describe("open web apps", () => {
  test("are told to load and drop the web half when a plugin comes and goes, however that was said", async () => {
    await using probed = await Probed.start();
    const { system } = probed.mattermost;
    const told: string[] = [];
    using _watching = system.events.subscribe(({ event, data }) => {
      if (event.startsWith("plugin_")) told.push(`${event} ${JSON.stringify(data.manifest).length > 2}`);
    });
    await probed.upload();
    expect(told).toEqual([]);
    const states = (Enable: boolean) => ({ PluginSettings: { PluginStates: { [probeId]: { Enable } } } });
    await probed.admin.put("/config/patch", states(true));
    await probed.admin.put("/config/patch", states(false));
    await probed.enable();
    await probed.upload({}, true);
    await probed.admin.put("/config/patch", { PluginSettings: { Enable: false } });
    await probed.admin.put("/config/patch", { PluginSettings: { Enable: true } });
    await probed.admin.delete(`/plugins/${probeId}`);
    expect(told.map((line) => line.replace(/^plugin_| true$/g, ""))).toEqual([
      "enabled",
      "disabled",
      "enabled",
      "enabled",
      "disabled",
      "enabled",
      "disabled",
    ]);
  });

  test("get the web half of running plugins only", async () => {
    await using probed = await Probed.active();
    const { url } = probed.mattermost;
    const [listed] = (await (await fetch(`${url}/api/v4/plugins/webapp`)).json()) as [
      { id: string; webapp: { bundle_path: string } },
    ];
    expect(listed.id).toBe(probeId);
    const bundle = () => fetch(`${url}${listed.webapp.bundle_path}`);
    expect(await (await bundle()).text()).toBe("registerPlugin()");
    expect((await probed.fetch("/public/icon.svg")).status).toBe(200);
    await probed.disable();
    expect((await bundle()).status).toBe(404);
    expect(await (await fetch(`${url}/api/v4/plugins/webapp`)).json()).toEqual([]);
  });

  test("are not bothered with a plugin that has no web half", async () => {
    await using probed = await Probed.start();
    const { events } = probed.mattermost.system;
    const told: string[] = [];
    using _watching = events.subscribe(({ event }) => told.push(event));
    await probed.upload({ web: false });
    await probed.enable();
    await probed.disable();
    expect(told).toEqual([]);
  });
});
