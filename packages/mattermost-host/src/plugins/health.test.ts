import { describe, expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { isAlive, Probed } from "../testing/probed.ts";
import { healthCheckMs } from "./process-plugins.ts";

async function active() {
  const clock = new ManualClock();
  const probed = await Probed.active({ clock });
  /** Lets the time pass until the next check and waits for the restart. */
  const restarted = async () => {
    const activated = probed.nextLog("Plugin activated");
    clock.advance(healthCheckMs);
    await activated;
  };
  return { clock, probed, restarted };
}

describe("a plugin that has crashed", () => {
  test("fails requests, commands and hooks until somebody looks, and lets posts through", async () => {
    const { probed } = await active();
    await using _ = probed;
    await probed.crash();
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
    expect((await probed.fetch("/")).status).toBe(500);
    expect(await probed.command("/probe x")).toMatchObject({
      status: 500,
      json: { id: "model.plugin_command_error.error.app_error" },
    });
    const post = { channel_id: probed.townSquare, message: "shout" };
    expect(await probed.ada.post("/posts", post)).toMatchObject({ status: 201, json: { message: "shout" } });
    const failed = probed.mattermost.log.records.filter(({ message }) => message === "Plugin hook failed");
    expect(failed.map(({ fields }) => fields.hook)).toContain("MessageWillBePosted");
  });

  test("is started again by the next health check", async () => {
    const { probed, restarted } = await active();
    await using _ = probed;
    const old = await probed.pid();
    await probed.crash();
    await restarted();
    expect(await probed.statuses()).toMatchObject([{ state: 2, error: "" }]);
    expect(await probed.pid()).not.toBe(old);
    expect((await probed.command("/probe x")).status).toBe(200);
  });

  test("by a command says so to who typed it", async () => {
    const { probed } = await active();
    await using _ = probed;
    expect(await probed.command("/probe exit")).toMatchObject({
      status: 500,
      json: { id: "model.plugin_command_crash.error.app_error" },
    });
  });

  test("three times within an hour stays off, with its command refused, until it is enabled again", async () => {
    const { clock, probed, restarted } = await active();
    await using _ = probed;
    for (let time = 0; time < 2; time += 1) {
      await probed.crash();
      await restarted();
    }
    await probed.crash();
    const given = probed.nextLog("Deactivating plugin due to multiple crashes");
    clock.advance(healthCheckMs);
    await given;
    expect(await probed.statuses()).toMatchObject([{ state: 4, error: "" }]);
    expect((await probed.fetch("/")).status).toBe(404);
    expect(await probed.command("/probe x")).toMatchObject({
      status: 500,
      json: { id: "model.plugin_command.error.app_error" },
    });
    await probed.mattermost.nodes[0]?.checkHealth();
    expect(await probed.statuses()).toMatchObject([{ state: 4 }]);

    await probed.disable();
    expect(await probed.statuses()).toMatchObject([{ state: 0 }]);
    await probed.enable();
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
    await probed.crash();
    await restarted();
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
  });

  test("and then refuses to start shows why and is not looked at any more", async () => {
    const { clock, probed } = await active();
    await using _ = probed;
    await probed.settings({ refuse: "Broken now." });
    await probed.crash();
    const failed = probed.nextLog("Unable to activate plugin");
    clock.advance(healthCheckMs);
    await failed;
    expect(await probed.statuses()).toMatchObject([{ state: 3, error: "Broken now." }]);
    await probed.mattermost.nodes[0]?.checkHealth();
    expect(await probed.statuses()).toMatchObject([{ state: 3 }]);
  });

  test("is left alone where the health check is off", async () => {
    const { clock, probed } = await active();
    await using _ = probed;
    await probed.admin.put("/config/patch", { PluginSettings: { EnableHealthCheck: false } });
    await probed.crash();
    clock.advance(3 * healthCheckMs);
    await probed.mattermost.nodes[0]?.checkHealth();
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
  });
});

describe("a plugin that blocks its own event loop", () => {
  test("keeps the health check waiting until it dies, and is then started again", async () => {
    const { probed } = await active();
    await using _ = probed;
    const pid = await probed.pid();
    const blocked = probed.fetch("/block").catch(() => undefined);
    const checking = probed.mattermost.nodes[0]?.checkHealth();
    process.kill(pid, "SIGKILL");
    await Promise.all([blocked, checking]);
    expect(isAlive(pid)).toBe(false);
    expect(await probed.statuses()).toMatchObject([{ state: 2 }]);
    expect(await probed.pid()).not.toBe(pid);
  });
});
