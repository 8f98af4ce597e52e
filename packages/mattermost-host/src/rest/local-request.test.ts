import { describe, expect, test } from "bun:test";
import { pluginAddress } from "./local-request.ts";

describe("a plugin's address", () => {
  const site = "https://chat.example/sub";
  test.each([
    ["/plugins/p/a?x=1", { pluginId: "p", path: "/a?x=1" }],
    ["plugins/p/a", { pluginId: "p", path: "/a" }],
    ["/plugins/p", { pluginId: "p", path: "/" }],
    [`${site}/plugins/p/a`, { pluginId: "p", path: "/a" }],
    ["https://elsewhere.example/plugins/p/a", undefined],
    ["/api/v4/users", undefined],
    ["/plugins/", undefined],
  ])("of %s is %p", (url, expected) => {
    expect(pluginAddress(url, site)).toEqual(expected);
  });

  test("is never found in an absolute address when the site has none", () => {
    expect(pluginAddress("https://chat.example/plugins/p/a", "")).toBeUndefined();
  });
});
