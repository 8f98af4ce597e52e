import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { AppError } from "../app-error.ts";
import type { JsonObject } from "../json.ts";
import {
  effectiveSettings,
  executableFor,
  goPlatform,
  incompatibility,
  parseManifest,
  secretKeysOf,
} from "./manifest.ts";

const parsed = (more: JsonObject = {}) => parseManifest(JSON.stringify({ id: "com.example.p", ...more }));
const refusal = (text: string): AppError => {
  try {
    parseManifest(text);
  } catch (error) {
    return error as AppError;
  }
  throw new Error("It was not refused.");
};

describe("a manifest", () => {
  test("has its id in lower case, in the copy for clients too", () => {
    const manifest = parseManifest('{"id":"Com.Example.P","version":"1.2.3","props":{"a":1}}');
    expect(manifest.id).toBe("com.example.p");
    expect(manifest.raw).toEqual({ id: "com.example.p", version: "1.2.3", props: { a: 1 } });
  });

  test("needs an id of 3 to 190 letters, digits, dots, underscores and hyphens", () => {
    for (const id of ["abc", "a-b_c.d", "x".repeat(190)]) expect(parsed({ id }).id).toBe(id);
    for (const id of ["", "ab", "x".repeat(191), "a b c", "a/b/c", "äöü", "../..", 7]) {
      expect(refusal(JSON.stringify({ id }))).toMatchObject({
        code: "app.plugin.invalid_id.app_error",
        statusCode: 400,
      });
    }
  });

  test("is an object in JSON", () => {
    for (const text of ["", "{", "[]", "null", '"text"']) {
      expect(refusal(text).code).toBe("app.plugin.manifest.app_error");
    }
  });

  test("has empty places for what it leaves out or writes as something else", () => {
    expect(parsed({ name: 7, settings_schema: { settings: "none" } })).toMatchObject({
      name: "",
      version: "",
      server: undefined,
      webapp: undefined,
      settings: [],
      sectionSettings: [],
    });
  });
});

describe("the server's version", () => {
  const wanting = (min_server_version: string) => incompatibility(parsed({ min_server_version }), "11.6.0");

  test("is new enough when it is the wanted one, a later one, or none is wanted", () => {
    for (const version of ["", "11.6.0", "11.5.9", "10.99.99", "11.6.0-rc1"]) {
      expect(wanting(version)).toBeUndefined();
    }
  });

  test("is too old for a later one", () => {
    expect(wanting("11.6.1")).toBe("plugin requires Mattermost 11.6.1: com.example.p");
    for (const version of ["11.7.0", "12.0.0", "11.10.0"]) expect(wanting(version)).toBeDefined();
  });

  test("is not compared with what is no version of three parts", () => {
    for (const version of ["11", "11.6", "v11.6.0", "11.06.0", "11.6.0.0"]) {
      expect(wanting(version)).toContain("is no version of three parts");
    }
  });

  test("is compared number by number", () => {
    const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(version, version, (wanted, have) => {
        const manifest = parsed({ min_server_version: wanted.join(".") });
        const weight = ([major, minor, patch]: readonly number[]) =>
          (major ?? 0) * 10_000 + (minor ?? 0) * 100 + (patch ?? 0);
        const fits = incompatibility(manifest, have.join(".")) === undefined;
        expect(fits).toBe(weight(have) >= weight(wanted));
      }),
    );
  });
});

describe("the executable", () => {
  test("is the one of the platform, else the one of all", () => {
    const server = { executables: { "linux-amd64": "l", "windows-amd64": "" }, executable: "any" };
    expect(executableFor(server, "linux-amd64")).toBe("l");
    expect(executableFor(server, "windows-amd64")).toBe("any");
    expect(executableFor(server, "darwin-arm64")).toBe("any");
    expect(executableFor({ ...server, executable: "" }, "darwin-arm64")).toBe("");
  });

  test("is chosen by Go's name of the platform", () => {
    expect(goPlatform("linux", "x64")).toBe("linux-amd64");
    expect(goPlatform("win32", "x64")).toBe("windows-amd64");
    expect(goPlatform("darwin", "arm64")).toBe("darwin-arm64");
  });
});

describe("settings", () => {
  const manifest = parsed({
    settings_schema: {
      settings: [
        { key: "TenantID", type: "text", default: "common" },
        { key: "Secret", type: "text", secret: true },
      ],
      sections: [{ key: "s", settings: [{ key: "Inner", type: "text", default: "x", secret: true }] }],
    },
  });

  test("have the defaults outside sections under what is stored, all keys in lower case", () => {
    expect(effectiveSettings(manifest, { Secret: "s", other: 1 })).toEqual({
      tenantid: "common",
      secret: "s",
      other: 1,
    });
    expect(effectiveSettings(manifest, { TENANTID: null })).toEqual({ tenantid: null, secret: null });
  });

  test("are secret in and outside sections", () => {
    expect([...secretKeysOf(manifest)]).toEqual(["secret", "inner"]);
  });
});
