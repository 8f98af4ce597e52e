import { describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { type ProbeOptions, probeId } from "../testing/plugin-archive.ts";
import { isAlive, Probed } from "../testing/probed.ts";
import { goPlatform } from "./manifest.ts";
import { shutdownLimitMs } from "./plugin-lifecycle.ts";

/** Enables a plugin and answers what the administrator sees of it. */
async function started(probe: ProbeOptions, settings: JsonObject = {}) {
  await using probed = await Probed.start();
  await probed.settings(settings);
  await probed.upload(probe);
  const { status } = await probed.enable();
  const [shown] = await probed.statuses();
  return { status, state: shown?.state, error: String(shown?.error) };
}

describe("a plugin that can not start", () => {
  test("is enabled all the same and shows why: its own words when it refuses", async () => {
    const refusal = "Enter the tenant id in the System Console.";
    expect(await started({}, { refuse: refusal })).toEqual({ status: 200, state: 3, error: refusal });
  });

  test("shows that the server is too old", async () => {
    const { state, error } = await started({ manifest: { min_server_version: "11.7.0" } });
    expect([state, error]).toEqual([3, `plugin requires Mattermost 11.7.0: ${probeId}`]);
  });

  test("shows that it has nothing for this platform, even with a web half", async () => {
    const { state, error } = await started({ manifest: { server: { executables: { "plan9-mips": "x" } } } });
    const platform = goPlatform().replace("-", "/");
    expect(state).toBe(3);
    expect(error).toBe(
      `unable to start plugin: ${probeId}: backend executable not found for environment: ${platform}`,
    );
  });

  test("shows what is wrong with its executable", async () => {
    const cases: readonly (readonly [ProbeOptions, string])[] = [
      [{ manifest: { server: { executable: "../../bin/sh" } } }, "invalid backend executable: ../../bin/sh"],
      [{ manifest: { server: { executable: "public/icon.svg" } } }, "could not be started"],
      [{ program: `#!${process.execPath}\nprocess.exit(3)\n` }, "ended before it was ready (exit code 3)"],
    ];
    for (const [probe, words] of cases) {
      const { state, error } = await started(probe);
      expect(state).toBe(3);
      expect(error).toStartWith(`unable to start plugin: ${probeId}: `);
      expect(error).toContain(words);
    }
  });

  test("shows that it has neither half", async () => {
    const { error } = await started({ web: false, manifest: { server: null } });
    expect(error).toBe("unable to start plugin: must at least have a web app or server component");
  });

  test("serves nothing and has no command", async () => {
    await using probed = await Probed.active();
    await probed.settings({ refuse: "Not now." });
    await probed.upload({}, true);
    expect((await probed.fetch("/")).status).toBe(404);
    // The old version's command went with it, and the new one came no further than its refusal.
    expect((await probed.command("/probe x")).status).toBe(404);
  });

  test("is tried again with every save of the configuration", async () => {
    await using probed = await Probed.start();
    await probed.settings({ refuse: "Not configured." });
    await probed.upload();
    await probed.enable();
    expect(await probed.statuses()).toMatchObject([{ state: 3, error: "Not configured." }]);
    await probed.settings({ refuse: "" });
    expect(await probed.statuses()).toMatchObject([{ state: 2, error: "" }]);
  });
});

describe("a plugin with a web half only", () => {
  test("runs without a process", async () => {
    await using probed = await Probed.active({}, { manifest: { server: null } });
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
    await probed.mattermost.nodes[0]?.checkHealth();
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
    expect((await probed.fetch("/")).status).toBe(404);
  });
});

describe("while it starts, a plugin", () => {
  test("may save its settings, of which it is told only once it runs", async () => {
    await using probed = await Probed.start();
    await probed.settings({ onactivate: "save" });
    await probed.upload();
    await probed.enable();
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
    expect(probed.hooks().map(({ hook }) => hook)).toEqual(["OnActivate", "OnConfigurationChange"]);
    expect(probed.mattermost.system.configuration.pluginSettings(probeId)).toEqual({ saved: true });
  });

  test("may disable itself and is then stopped", async () => {
    await using probed = await Probed.start();
    await probed.settings({ onactivate: "disable" });
    await probed.upload();
    await probed.enable();
    expect(await probed.statuses()).toMatchObject([{ state: 0 }]);
    expect(probed.hooks().map(({ hook }) => hook)).toEqual(["OnActivate", "OnDeactivate"]);
  });

  test("answers neither requests nor commands, and ends with the server", async () => {
    await using probed = await Probed.start();
    await probed.settings({ onactivate: "hang" });
    await probed.upload();
    const activating = probed.nextHook("OnActivate");
    const enabling = probed.enable().catch(() => "cut off");
    const { pid } = await activating;
    expect(await probed.statuses()).toMatchObject([{ state: 1 }]);
    expect((await probed.fetch("/")).status).toBe(404);
    expect(await probed.command("/probe x")).toMatchObject({
      status: 500,
      json: { id: "model.plugin_command.error.app_error" },
    });
    await probed.mattermost.stop();
    await enabling;
    expect(isAlive(pid)).toBe(false);
  });
});

describe("a plugin that does not return from OnDeactivate", () => {
  test("has ten seconds when the server stops", async () => {
    const clock = new ManualClock();
    await using probed = await Probed.active({ clock });
    await probed.settings({ ondeactivate: "hang" });
    const deactivating = probed.nextHook("OnDeactivate");
    const late = probed.nextLog("Plugin OnDeactivate() failed to complete in time");
    const stopping = probed.mattermost.stop();
    const { pid } = await deactivating;
    clock.advance(shutdownLimitMs - 1);
    expect(isAlive(pid)).toBe(true);
    clock.advance(1);
    await stopping;
    expect((await late).fields).toEqual({ plugin_id: probeId });
    expect(clock.pending).toBe(0);
  });
});
