import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import ownPackage from "../../package.json" with { type: "json" };
import { configurationPage } from "./configuration-page.ts";
import { executablePath, manifest, pluginId } from "./manifest.ts";
import { settings } from "./settings.ts";

const settingTypes = ["bool", "dropdown", "generated", "number", "text"];

interface WrittenSetting {
  key: string;
  type: string;
  display_name: string;
  help_text: string;
  default: unknown;
  secret?: boolean;
  options?: { display_name: string; value: string }[];
}

function writtenSettings(): WrittenSetting[] {
  const { settings_schema } = JSON.parse(JSON.stringify(manifest("1.2.3")));
  return settings_schema.settings;
}

describe("the manifest", () => {
  test("names the plugin, its version and the oldest server", () => {
    expect(manifest("1.2.3")).toMatchObject({ id: pluginId, version: "1.2.3", min_server_version: "10.7.0" });
  });

  test("as written has the version that the running plugin calls its own", () => {
    const written = JSON.parse(readFileSync(new URL("../../../../plugin.json", import.meta.url), "utf8"));
    expect(written.version).toBe(ownPackage.version);
  });

  test("keeps the plugin's preference category within Mattermost's 32 bytes", () => {
    expect(Buffer.byteLength(`pp_${pluginId}`)).toBeLessThanOrEqual(32);
  });

  test("has one executable per platform, with .exe on Windows only", () => {
    expect(executablePath("linux-amd64")).toBe("server/dist/plugin-linux-amd64");
    expect(executablePath("windows-amd64")).toBe("server/dist/plugin-windows-amd64.exe");
    expect(manifest("1.2.3")).toMatchObject({
      server: { executables: { "darwin-arm64": "server/dist/plugin-darwin-arm64" } },
    });
  });

  test("offers every setting in the schema's order with a type the System Console knows", () => {
    const written = writtenSettings();
    expect(written.map(({ key }) => key)).toEqual(Object.keys(settings));
    for (const { type, display_name, help_text } of written) {
      expect(settingTypes).toContain(type);
      expect(display_name).not.toBe("");
      expect(help_text).not.toBe("");
    }
  });

  test("marks exactly the three secrets as secret", () => {
    const secrets = writtenSettings().filter(({ secret }) => secret === true);
    expect(secrets.map(({ key }) => key)).toEqual(["clientSecret", "webhookSecret", "encryptionKey"]);
  });

  test("offers each choice's default among its options", () => {
    for (const { type, default: value, options } of writtenSettings()) {
      if (type === "dropdown") expect(options?.map((option): unknown => option.value)).toContain(value);
    }
  });

  test("is what plugin.json holds", () => {
    const root = new URL("../../../../", import.meta.url);
    const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
    expect(JSON.parse(readFileSync(new URL("plugin.json", root), "utf8"))).toEqual(manifest(version));
  });
});

describe("the configuration page", () => {
  test("describes every setting under its display name and stored key", () => {
    const page = configurationPage();
    for (const [key, { displayName }] of Object.entries(settings)) {
      expect(page).toContain(`## ${displayName}\n`);
      expect(page).toContain(`Key: \`${key.toLowerCase()}\``);
    }
  });

  test("says of secrets that nobody sees them again", () => {
    expect(configurationPage().match(/Secret: shown to nobody/g)).toHaveLength(3);
  });
});
