import { afterEach, describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import { maskedSecret } from "../system/server-configuration.ts";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});
const start = async (): Promise<TestInstallation> => resources.use(await startTestInstallation());

function upload(manifest: JsonObject, force = false): FormData {
  const form = new FormData();
  form.set("plugin", new Blob([JSON.stringify(manifest)]), "plugin.tar.gz");
  if (force) form.set("force", "true");
  return form;
}

describe("plugins", () => {
  test("are uploaded, enabled, disabled and removed by administrators", async () => {
    const { admin, plugins } = await start();
    const uploaded = await admin.post("/plugins", upload({ id: "Teams.Plugin", version: "1.0.0" }));
    expect(uploaded).toMatchObject({ status: 201, json: { id: "teams.plugin", version: "1.0.0" } });
    expect((await admin.post("/plugins/teams.plugin/enable", {})).json).toEqual({ status: "OK" });
    expect(plugins.isRunning("teams.plugin")).toBe(true);
    expect((await admin.get("/plugins/statuses")).json).toMatchObject([
      { plugin_id: "teams.plugin", state: 2, version: "1.0.0", error: "" },
    ]);
    await admin.post("/plugins/teams.plugin/disable", {});
    expect((await admin.get("/plugins/statuses")).json).toMatchObject([{ state: 0 }]);
    expect((await admin.delete("/plugins/teams.plugin")).status).toBe(200);
    expect((await admin.post("/plugins/teams.plugin/enable", {})).status).toBe(404);
  });

  test("replace one another only by force", async () => {
    const { admin } = await start();
    await admin.post("/plugins", upload({ id: "teams.plugin" }));
    expect(await admin.post("/plugins", upload({ id: "teams.plugin" }))).toMatchObject({
      status: 400,
      json: { id: "app.plugin.install_id.app_error" },
    });
    expect((await admin.post("/plugins", upload({ id: "teams.plugin" }, true))).status).toBe(201);
  });

  test("are no business of ordinary people", async () => {
    const { ada } = await start();
    const answers = [
      await ada.post("/plugins", upload({ id: "teams.plugin" })),
      await ada.get("/plugins"),
      await ada.get("/plugins/statuses"),
      await ada.post("/plugins/teams.plugin/enable", {}),
      await ada.delete("/plugins/teams.plugin"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });

  test("are refused while uploads are off, signatures are required or the file is too large", async () => {
    const { admin, mattermost } = await start();
    const send = () => admin.post("/plugins", upload({ id: "teams.plugin", padding: "x".repeat(70_000) }));
    const { configuration } = mattermost.system;
    await configuration.patch({ FileSettings: { MaxFileSize: 1_000 } });
    expect((await send()).status).toBe(413);
    await configuration.patch({ PluginSettings: { RequirePluginSignature: true } });
    expect((await send()).status).toBe(501);
    await configuration.patch({ PluginSettings: { RequirePluginSignature: false, EnableUploads: false } });
    expect((await send()).status).toBe(501);
  });

  test("need a form with a file", async () => {
    const { admin } = await start();
    expect((await admin.post("/plugins", new FormData())).status).toBe(400);
    expect((await admin.post("/plugins", { plugin: "x" })).status).toBe(400);
  });
});

describe("the configuration", () => {
  test("shows administrators everything but the secrets, which survive being sent back", async () => {
    const { admin, mattermost } = await start();
    const shown = (await admin.get("/config")).json as { SqlSettings: { DataSource: string } };
    expect(shown.SqlSettings.DataSource).toBe(maskedSecret);
    const saved = await admin.put("/config", { ...shown, TeamSettings: { SiteName: "Contoso" } });
    expect(saved.json).toMatchObject({ TeamSettings: { SiteName: "Contoso" } });
    expect(mattermost.system.configuration.current.SqlSettings.DataSource).toBe("postgres://unused");
  });

  test("is patched key by key", async () => {
    const { admin, mattermost } = await start();
    const settings = { tenantid: "t", clientid: "c" };
    await admin.put("/config/patch", { PluginSettings: { Plugins: { p: settings } } });
    await admin.put("/config/patch", { PluginSettings: { Plugins: { p: { clientid: "d" } } } });
    expect(mattermost.system.configuration.pluginSettings("p")).toEqual({ tenantid: "t", clientid: "d" });
    expect(mattermost.system.configuration.current.PluginSettings.EnableUploads).toBe(true);
  });

  test("is refused with the path of what is wrong, and to everybody else", async () => {
    const { admin, ada } = await start();
    const wrong = await admin.put("/config/patch", { PluginSettings: { Enable: "yes" } });
    expect(wrong).toMatchObject({
      status: 400,
      json: { detailed_error: "PluginSettings.Enable must be true or false." },
    });
    expect((await ada.get("/config")).status).toBe(403);
    expect((await ada.put("/config/patch", {})).status).toBe(403);
  });
});
