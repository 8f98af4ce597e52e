import { describe, expect, test } from "bun:test";
import { type ParsedConfig, parseConfig, sameConfig, storedValue } from "./config.ts";

const siteUrl = "https://chat.example.com";
const complete = {
  tenantid: "8a1c2b3d-0000-4000-8000-00000000AAAA",
  clientid: "8a1c2b3d-0000-4000-8000-00000000bbbb",
  clientsecret: "a~secret.value",
  webhooksecret: "w".repeat(32),
  encryptionkey: "k".repeat(32),
};

function configOf(parsed: ParsedConfig) {
  if (parsed.kind === "incomplete") throw new Error(parsed.problems.map(({ what }) => what).join(" "));
  return parsed.config;
}

function problemsOf(stored: unknown, url: string | undefined = siteUrl) {
  const parsed = parseConfig(stored, url);
  return parsed.kind === "incomplete" ? parsed.problems : [];
}

describe("a complete configuration", () => {
  test("takes defaults for what nobody set", () => {
    const config = configOf(parseConfig(complete, siteUrl));
    expect(config).toMatchObject({ syncNotifications: true, subscriptionScope: "users", siteUrl });
    expect(config.cloud.login).toBe("https://login.microsoftonline.com");
  });

  test("compares identifiers in lower case, as Microsoft writes them in tokens", () => {
    expect(configOf(parseConfig(complete, siteUrl)).tenantId).toBe("8a1c2b3d-0000-4000-8000-00000000aaaa");
  });

  test.each([
    ["false", false],
    ["true", true],
    [false, false],
    [true, true],
    [null, true],
    ["", true],
  ])("reads a switch stored as %p as %p", (syncnotifications, expected) => {
    expect(configOf(parseConfig({ ...complete, syncnotifications }, siteUrl)).syncNotifications).toBe(
      expected,
    );
  });

  test.each([
    [50, 50],
    ["50", 50],
    [null, 20],
    ["", 20],
  ])("reads a number stored as %p as %p", (largestcopymegabytes, expected) => {
    const stored = { ...complete, largestcopymegabytes };
    expect(configOf(parseConfig(stored, siteUrl)).largestCopyMegabytes).toBe(expected);
  });

  test("is read whatever the case of its keys", () => {
    const stored = { ...complete, subscriptionScope: "tenant" };
    expect(configOf(parseConfig(stored, siteUrl)).subscriptionScope).toBe("tenant");
  });

  test("keeps the path of a Site URL and drops its trailing slash", () => {
    expect(configOf(parseConfig(complete, "https://example.com/chat/")).siteUrl).toBe(
      "https://example.com/chat",
    );
  });

  test("uses the addresses of a custom cloud", () => {
    const addresses = {
      loginurl: "http://127.0.0.1:4001/",
      graphurl: "http://localhost:4002",
      teamsurl: "https://teams.example.com",
    };
    const config = configOf(
      parseConfig({ ...complete, ...addresses, cloud: "custom" }, "http://127.0.0.1:8065"),
    );
    expect(config.cloud).toMatchObject({ login: "http://127.0.0.1:4001", graph: "http://localhost:4002" });
  });

  test("stays the same when something else of Mattermost is saved", () => {
    const one = configOf(parseConfig(complete, siteUrl));
    expect(sameConfig(one, configOf(parseConfig({ ...complete, other: 1 }, siteUrl)))).toBe(true);
    expect(
      sameConfig(one, configOf(parseConfig({ ...complete, subscriptionscope: "tenant" }, siteUrl))),
    ).toBe(false);
  });
});

describe("an incomplete configuration", () => {
  test("names everything that is missing, in the System Console's order", () => {
    const settings = problemsOf({}, "").map(({ setting }) => setting);
    expect(settings).toEqual([
      "Tenant ID",
      "Client ID",
      "Client secret",
      "Webhook secret",
      "Encryption key",
      "Site URL",
    ]);
  });

  test("is what anything but an object makes", () => {
    for (const stored of [null, undefined, "text", 7, []]) expect(problemsOf(stored)).toHaveLength(5);
  });

  test.each([
    ["cloud", "mars", "Microsoft cloud"],
    ["tenantid", "contoso.onmicrosoft.com", "Tenant ID"],
    ["clientid", "app", "Client ID"],
    ["clientsecret", complete.clientid, "Client secret"],
    ["clientsecret", "*".repeat(32), "Client secret"],
    ["webhooksecret", "short", "Webhook secret"],
    ["encryptionkey", "k".repeat(31), "Encryption key"],
    ["encryptionkey", null, "Encryption key"],
    ["syncnotifications", "perhaps", "Sync notifications"],
    ["subscriptionscope", "everyone", "Subscription scope"],
    ["copyattachments", "sometimes", "Copy attachments"],
    ["largestcopymegabytes", "many", "Largest copied file (MB)"],
    ["largestcopymegabytes", 0, "Largest copied file (MB)"],
    ["largestcopymegabytes", "101", "Largest copied file (MB)"],
    ["largestcopymegabytes", 2.5, "Largest copied file (MB)"],
    ["graphurl", "http://graph.example.com", "Custom Graph address"],
    ["loginurl", "https://login.example.com/common", "Custom sign-in address"],
    ["teamsurl", "javascript:alert(1)", "Custom Teams address"],
  ])("comes of %s = %p and is said of %s", (key, value, setting) => {
    const problems = problemsOf({ ...complete, [key]: value });
    expect(problems.map((problem) => problem.setting)).toEqual([setting]);
    expect(problems[0]?.what).toStartWith(setting);
    expect(problems[0]?.doThis).toEndWith(".");
  });

  test("asks for all addresses of a custom cloud", () => {
    const settings = problemsOf({ ...complete, cloud: "custom" }).map(({ setting }) => setting);
    expect(settings).toEqual(["Custom sign-in address", "Custom Graph address", "Custom Teams address"]);
  });

  test.each(["http://chat.example.com", "chat.example.com", "", undefined])(
    "comes of the Site URL %p",
    (url) => {
      expect(parseConfig(complete, url)).toMatchObject({
        kind: "incomplete",
        problems: [{ setting: "Site URL" }],
      });
    },
  );

  test("never repeats a secret", () => {
    const stored = { ...complete, encryptionkey: "hunter2", webhooksecret: "hunter3", tenantid: "" };
    expect(JSON.stringify(problemsOf(stored))).not.toMatch(/hunter|secret\.value/);
  });
});

describe("a stored value", () => {
  test("is unset when it is a secret's mask, blank or null", () => {
    expect(storedValue({ clientsecret: "*".repeat(32) }, "clientSecret")).toBeUndefined();
    expect(storedValue({ clientsecret: "  " }, "clientSecret")).toBeUndefined();
    expect(storedValue({ clientsecret: null }, "clientSecret")).toBeUndefined();
  });

  test("loses the blanks around it", () => {
    expect(storedValue({ tenantid: " x\n" }, "tenantId")).toBe("x");
  });
});
