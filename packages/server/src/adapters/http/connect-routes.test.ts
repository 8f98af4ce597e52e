import { describe, expect, test } from "bun:test";
import type { FinishRequest } from "../../application/connections/finish-connection.ts";
import type { OpenRequest } from "../../application/connections/open-link.ts";
import type { Refusal } from "../../application/connections/refusal.ts";
import { pageHeaders } from "./pages/page.ts";
import { served } from "./testing/served.ts";
import { toldIntegration } from "./testing/told-integration.ts";

const loginPage = "https://login.example.com/tenant/oauth2/v2.0/authorize?state=s1";
const redirect = (url = loginPage) =>
  ({ kind: "redirect", url, browserSecret: "b1", expiresAtMs: 1 }) as const;

const connected = { kind: "connected", conversationPath: undefined } as const;

function expectPage(answer: Response): void {
  for (const [name, value] of Object.entries(pageHeaders)) expect(answer.headers.get(name)).toBe(value);
}

describe("opening a link", () => {
  test("leads to Microsoft's sign-in and leaves the browser's secret in it", async () => {
    const asked: OpenRequest[] = [];
    const integration = toldIntegration({
      open: async (request) => {
        asked.push(request);
        return redirect();
      },
    });
    const answer = await served(integration).ask("GET", "/connect/start?state=s1", { as: "ann" });
    expect(asked).toEqual([{ state: "s1", sessionUserId: "ann" }]);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, loginPage]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^msteams-sign-in-[\w-]{16}=b1; Max-Age=600; Path=\/plugins\/msteams-notifications\/connect; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  test.each([
    "https://login.example.com.evil.test/",
    "https://evil.test/?https://login.example.com",
    "http://login.example.com/",
    "https://login.example.com:8443/",
    "https://login.example.com@evil.test/",
    "javascript:alert(1)",
    "//evil.test",
  ])("never leads to %s", async (url) => {
    const { ask } = served(toldIntegration({ open: async () => redirect(url) }));
    const answer = await ask("GET", "/connect/start?state=s1", { as: "ann" });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect([answer.headers.get("location"), answer.headers.get("set-cookie")]).toEqual([null, null]);
    expect(await answer.text()).not.toContain("evil");
  });

  test("by a mere look ahead does not use it up", async () => {
    const { ask, log } = served(toldIntegration({}));
    const answer = await ask("HEAD", "/connect/start?state=s1", { as: "ann" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET"]);
    expect(log.lines).toEqual([]);
  });

  test("while signed out shows the way to Mattermost below its subpath", async () => {
    const open = async () => ({ kind: "refused", refusal: { reason: "not-signed-in" } }) as const;
    const pluginUrl = "https://example.com/chat/plugins/msteams-notifications";
    const answer = await served(toldIntegration({ open }, pluginUrl)).ask("GET", "/connect/start?state=s1");
    expect(answer.status).toBe(401);
    expectPage(answer);
    expect(await answer.text()).toContain('<a href="https://example.com/chat">Go to Mattermost</a>');
  });
});

describe("coming back from Microsoft", () => {
  test("brings the browser's own secret, the code and the session, and ends connected", async () => {
    const asked: FinishRequest[] = [];
    const integration = toldIntegration({
      open: async () => redirect(),
      finish: async (request) => {
        asked.push(request);
        return { ...connected, username: "ann", account: "ann@example.com" };
      },
    });
    const { ask } = served(integration);
    const opened = await ask("GET", "/connect/start?state=s1", { as: "ann" });
    const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
    const headers = { cookie: `other=1; ${cookie}; last=2` };
    const answer = await ask("GET", "/connect/finish?state=s1&code=c1", { as: "ann", headers });
    expect(asked).toEqual([
      { state: "s1", code: "c1", error: undefined, browserSecret: "b1", sessionUserId: "ann" },
    ]);
    expect(answer.status).toBe(200);
    expectPage(answer);
    const name = cookie.split("=")[0];
    expect(answer.headers.get("set-cookie")).toStartWith(`${name}=; Max-Age=0; Path=/plugins/`);
    const html = await answer.text();
    expect(html).toContain("You are connected");
    expect(html).toContain("ann@example.com");
  });

  test.each([
    [
      "to the conversation with the bot",
      "/contoso/messages/@msteams",
      "https://example.com/chat/contoso/messages/@msteams",
    ],
    ["to Mattermost where no conversation is known", undefined, "https://example.com/chat"],
  ])("leads back %s, below its subpath", async (_, conversationPath, url) => {
    const finish = async () => ({
      ...connected,
      conversationPath,
      username: "ann",
      account: "ann@example.com",
    });
    const pluginUrl = "https://example.com/chat/plugins/msteams-notifications";
    const answer = await served(toldIntegration({ finish }, pluginUrl)).ask(
      "GET",
      "/connect/finish?state=s1",
    );
    expect(await answer.text()).toContain(`<a href="${url}">Back to Mattermost</a>`);
  });

  test("does not bring the secret of another sign-in, and says what Microsoft refused", async () => {
    const asked: FinishRequest[] = [];
    const finish = async (request: FinishRequest) => {
      asked.push(request);
      return { kind: "refused", refusal: { reason: "sign-in-failed", code: "declined" } } as const;
    };
    const { ask } = served(toldIntegration({ open: async () => redirect(), finish }));
    const opened = await ask("GET", "/connect/start?state=other", { as: "ann" });
    const headers = { cookie: opened.headers.get("set-cookie")?.split(";")[0] ?? "" };
    const answer = await ask("GET", "/connect/finish?state=s1&error=access_denied", { headers });
    expect(asked).toEqual([
      {
        state: "s1",
        code: undefined,
        error: "access_denied",
        browserSecret: undefined,
        sessionUserId: undefined,
      },
    ]);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("The sign-in was cancelled");
  });

  test.each([
    ["declined", { reason: "sign-in-failed", code: "declined" }, true],
    ["used by the wrong account", { reason: "email-differs", expected: "a@x", found: "b@x" }, true],
    ["opened by somebody else", { reason: "other-person" }, false],
    ["opened in another browser", { reason: "other-browser" }, false],
  ] as const)("leaves no cookie of a sign-in that is over: %s", async (_, refusal, isCleared) => {
    const finish = async () => ({ kind: "refused", refusal }) as const;
    const answer = await served(toldIntegration({ finish })).ask("GET", "/connect/finish?state=s1");
    expectPage(answer);
    expect(answer.headers.get("set-cookie")?.includes("Max-Age=0") ?? false).toBe(isCleared);
    expect(await answer.text()).toContain('<a href="https://chat.example.com">Go to Mattermost</a>');
  });

  test("shows names as text, never as markup", async () => {
    const name = '<script>alert("x")</script>';
    const finish = async () => ({ ...connected, username: name, account: name });
    const html = await (
      await served(toldIntegration({ finish })).ask("GET", "/connect/finish?state=s1")
    ).text();
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
  });

  test("shows addresses of a refusal as text", async () => {
    const refusal: Refusal = { reason: "email-differs", expected: "<b>a</b>@x", found: "<i>b</i>@x" };
    const finish = async () => ({ kind: "refused", refusal }) as const;
    const answer = await served(toldIntegration({ finish })).ask("GET", "/connect/finish?state=s1");
    expectPage(answer);
    expect(await answer.text()).not.toMatch(/<[bi]>/);
  });
});

test.each(["/connect/start", "/connect/finish"])("%s is a page while nothing is set up", async (path) => {
  const answer = await served().ask("GET", `${path}?state=s1`, { as: "ann" });
  expect(answer.status).toBe(503);
  expectPage(answer);
  expect(await answer.text()).toContain("Not set up yet");
});

test.each(["/connect/start", "/connect/finish"])("%s is a page when the work fails", async (path) => {
  const { ask, log } = served(toldIntegration({}));
  const answer = await ask("GET", `${path}?state=secret-state&code=secret-code`, { as: "ann" });
  expect(answer.status).toBe(503);
  expectPage(answer);
  expect(await answer.text()).toContain("Please try again in a minute");
  expect(log.lines).toHaveLength(1);
  expect(log.lines.join()).not.toContain("secret");
});
