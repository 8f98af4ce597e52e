import { describe, expect, test } from "bun:test";
import {
  Browser,
  type BrowserPage,
  chooseAccount,
  formsOf,
  type LoginHost,
  loginHostInProcess,
  redirectUri,
} from "../testing/login-host.ts";

const challenge = "c".repeat(43);

function address(
  host: LoginHost,
  changed: Readonly<Record<string, string | undefined>> = {},
  tenant = host.tenant.id,
): URL {
  const url = new URL(`${host.loginUrl}/${tenant}/oauth2/v2.0/authorize`);
  const parameters = {
    client_id: host.app.clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: "openid profile",
    state: "state 1&2",
    nonce: "n",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...changed,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

const open = (host: LoginHost, changed?: Readonly<Record<string, string | undefined>>, tenant?: string) =>
  new Browser(host.fetch).open(address(host, changed, tenant));

/** `error` and Entra's number on a redirect back to the app. */
function errorOn(page: BrowserPage) {
  const parameters = page.location?.searchParams;
  return [
    parameters?.get("error"),
    Number(/^AADSTS(\d+)/.exec(parameters?.get("error_description") ?? "")?.[1]),
  ];
}

describe("what must not travel to the redirect URI", () => {
  test.each([
    ["an unregistered redirect URI", 50011, { redirect_uri: `${redirectUri}/` }],
    ["no redirect URI", 900144, { redirect_uri: undefined }],
    ["no client", 900144, { client_id: undefined }],
    ["an unknown client", 700016, { client_id: "11111111-2222-4333-8444-555555555555" }],
  ] as const)("%s is shown on a page with AADSTS%d", async (_, number, changed) => {
    const page = await open(loginHostInProcess(), changed);
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect(page.html).toContain(`AADSTS${number}`);
  });

  test.each([
    ["an unknown tenant", 90002, "fabrikam.example"],
    ["an app of one tenant on common", 50194, "common"],
  ] as const)("%s is shown on a page with AADSTS%d", async (_, number, tenant) => {
    const page = await open(loginHostInProcess(), {}, tenant);
    expect(page.status).toBe(400);
    expect(page.html).toContain(`AADSTS${number}`);
  });

  test("a disabled account is told so on a page", async () => {
    const host = loginHostInProcess();
    host.grace.accountEnabled = false;
    const browser = new Browser(host.fetch);
    const page = await browser.press(await browser.open(address(host)), "Grace");
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect(page.html).toContain("AADSTS50057");
  });
});

describe("what travels back as an error", () => {
  test.each([
    ["no response type", "invalid_request", 900144, { response_type: undefined }],
    ["an implicit response", "unsupported_response_type", 700054, { response_type: "id_token" }],
    ["an unknown response type", "unsupported_response_type", 70005, { response_type: "cookie" }],
    ["an unknown response mode", "invalid_request", 90023, { response_mode: "pigeon" }],
    ["an unknown prompt", "invalid_request", 90023, { prompt: "loudly" }],
    ["no scope", "invalid_request", 900144, { scope: undefined }],
    ["another resource", "invalid_resource", 500011, { scope: "openid https://else.example/Read" }],
    ["an unknown challenge method", "invalid_request", 501491, { code_challenge_method: "S512" }],
    ["a short challenge", "invalid_request", 501491, { code_challenge: "short" }],
    ["nobody signed in for prompt=none", "login_required", 50058, { prompt: "none" }],
  ] as const)("%s is %s, AADSTS%d", async (_, error, number, changed) => {
    const page = await open(loginHostInProcess(), changed);
    expect(errorOn(page)).toEqual([error, number]);
    expect(page.location?.searchParams.get("state")).toBe("state 1&2");
  });

  test("cancelling the account picker is access_denied with AADSTS65004", async () => {
    const host = loginHostInProcess();
    const browser = new Browser(host.fetch);
    const page = await browser.press(await browser.open(address(host)), "Cancel");
    expect(errorOn(page)).toEqual(["access_denied", 65004]);
  });

  test("a fault at sign-in strikes the chosen person only", async () => {
    const host = loginHostInProcess();
    host.tenant.directory.addUser({ displayName: "Ada Lovelace" });
    host.identity.faults.add({ at: "sign-in", case: "blocked-by-policy", userId: host.grace.id });
    const browser = new Browser(host.fetch);
    const picker = await browser.open(address(host));
    expect(errorOn(await browser.press(picker, "Grace"))).toEqual(["access_denied", 53003]);
    expect((await browser.press(picker, "Ada")).location?.searchParams.get("code")).toBeString();
  });
});

describe("response modes", () => {
  test("fragment puts the answer behind the hash", async () => {
    const host = loginHostInProcess();
    const back = await chooseAccount(
      new Browser(host.fetch),
      address(host, { response_mode: "fragment" }),
      "Grace",
    );
    expect(back.search).toBe("");
    expect(new URLSearchParams(back.hash.slice(1)).get("state")).toBe("state 1&2");
  });

  test("form_post answers a form that posts the code, the state and the session", async () => {
    const host = loginHostInProcess();
    const browser = new Browser(host.fetch);
    const page = await browser.press(
      await browser.open(address(host, { response_mode: "form_post" })),
      "Grace",
    );
    const [form] = formsOf(page);
    expect(form?.action).toBe(redirectUri);
    expect([...(form?.fields.keys() ?? [])]).toEqual(["code", "session_state", "state"]);
    expect(form?.fields.get("state")).toBe("state 1&2");
  });

  test("a request sent as a form is the same request", async () => {
    const host = loginHostInProcess();
    const url = address(host);
    const response = await host.fetch(
      new Request(url.origin + url.pathname, { method: "POST", body: url.searchParams }),
    );
    expect(await response.text()).toContain("Choose an account");
  });
});

describe("accounts", () => {
  test("the picker shows hostile names as text", async () => {
    const host = loginHostInProcess();
    host.tenant.directory.addUser({
      displayName: "<script>alert(1)</script>",
      userPrincipalName: "x@contoso.example",
    });
    const page = await open(host);
    expect(page.html).toContain("&lt;script&gt;alert(1)");
    expect(page.html).not.toContain("<script>alert");
  });

  test("the hinted account comes first and has the focus", async () => {
    const host = loginHostInProcess();
    const ada = host.tenant.directory.addUser({ displayName: "Ada Lovelace" });
    const page = await open(host, { login_hint: ada.userPrincipalName.toUpperCase() });
    expect(formsOf(page)[0]?.buttons[0]?.value).toBe(ada.id);
    expect(page.html).toContain(`value="${ada.id}" autofocus`);
  });

  test("another account is typed; an unknown one is told so and can be typed again", async () => {
    const host = loginHostInProcess();
    const browser = new Browser(host.fetch);
    const form = await browser.press(await browser.open(address(host)), "Use another account");
    expect((await browser.press(form, "Next", { username: "nobody@contoso.example" })).html).toContain(
      "AADSTS50034",
    );
    const foreign = await browser.press(form, "Next", { username: "nobody@elsewhere.example" });
    expect(foreign.html).toContain("AADSTS50020");
    const back = await browser.press(foreign, "Next", { username: " grace.hopper@contoso.example " });
    expect(back.location?.searchParams.get("code")).toBeString();
  });

  test("a password is asked for where the account has one", async () => {
    const host = loginHostInProcess();
    host.grace.password = "correct horse";
    const browser = new Browser(host.fetch);
    const form = await browser.press(await browser.open(address(host)), "Grace");
    const wrong = await browser.press(form, "Next", { password: "battery" });
    expect(wrong.html).toContain("AADSTS50126");
    expect((await browser.press(wrong, "Next", { password: "correct horse" })).location).toBeDefined();
  });

  test("a signed-in browser goes on without a page, until select_account, 24 idle hours, or logout", async () => {
    const host = loginHostInProcess();
    const browser = new Browser(host.fetch);
    await chooseAccount(browser, address(host), "Grace");
    expect((await browser.open(address(host))).location).toBeDefined();
    expect(
      (await browser.open(address(host, { prompt: "none" }))).location?.searchParams.get("code"),
    ).toBeString();
    expect((await browser.open(address(host, { prompt: "select_account" }))).html).toContain(
      "Choose an account",
    );
    expect((await browser.open(address(host, { login_hint: "ada@contoso.example" }))).html).toContain(
      "Choose an account",
    );
    await browser.open(`${host.loginUrl}/${host.tenant.id}/oauth2/v2.0/logout`);
    expect((await browser.open(address(host))).html).toContain("Choose an account");
    await chooseAccount(browser, address(host), "Grace");
    await host.clock.advance(24 * 60 * 60_000);
    expect((await browser.open(address(host))).html).toContain("Choose an account");
  });

  test("two signed-in accounts make prompt=none ask for a choice, unless a hint decides", async () => {
    const host = loginHostInProcess();
    const ada = host.tenant.directory.addUser({ displayName: "Ada Lovelace" });
    const browser = new Browser(host.fetch);
    await chooseAccount(browser, address(host, { prompt: "select_account" }), "Grace");
    await chooseAccount(browser, address(host, { prompt: "select_account" }), "Ada");
    expect(errorOn(await browser.open(address(host, { prompt: "none" })))).toEqual([
      "interaction_required",
      16000,
    ]);
    const hinted = await browser.open(address(host, { prompt: "none", login_hint: ada.userPrincipalName }));
    expect(hinted.location?.searchParams.get("code")).toBeString();
  });
});

describe("consent", () => {
  const scope = "openid profile Mail.Read";

  test("is asked for once where a permission is missing", async () => {
    const host = loginHostInProcess();
    const browser = new Browser(host.fetch);
    const page = await browser.press(await browser.open(address(host, { scope })), "Grace");
    expect(page.html).toContain("Permissions requested");
    expect((await browser.press(page, "Accept")).location?.searchParams.get("code")).toBeString();
    expect(host.app.grantedDelegatedScopes).toContain("Mail.Read");
    expect((await browser.open(address(host, { scope }))).location?.searchParams.get("code")).toBeString();
  });

  test("declined is access_denied and grants nothing", async () => {
    const host = loginHostInProcess();
    const browser = new Browser(host.fetch);
    const page = await browser.press(await browser.open(address(host, { scope })), "Grace");
    expect(errorOn(await browser.press(page, "Cancel"))).toEqual(["access_denied", 65004]);
    expect(host.app.grantedDelegatedScopes).not.toContain("Mail.Read");
  });

  test("that only administrators may give sends the person back with consent_required", async () => {
    const host = loginHostInProcess();
    host.identity.userConsent = "administrators-only";
    const browser = new Browser(host.fetch);
    const page = await browser.press(await browser.open(address(host, { scope })), "Grace");
    expect(page.html).toContain("Approval required");
    expect(errorOn(await browser.press(page, "Return"))).toEqual(["consent_required", 90094]);
  });

  test("of an administrator grants what the registration asks for", async () => {
    const host = loginHostInProcess();
    host.app.requestedApplicationRoles = ["Chat.Read.All", "Presence.Read.All"];
    const browser = new Browser(host.fetch);
    const url = new URL(`${host.loginUrl}/organizations/v2.0/adminconsent`);
    url.search = new URLSearchParams({
      client_id: host.app.clientId,
      redirect_uri: redirectUri,
      scope: `${host.graphUrl}/.default`,
      state: "s",
    }).toString();
    const page = await browser.open(url);
    const declined = await browser.press(page, "Cancel");
    expect(declined.location?.searchParams.get("error")).toBe("access_denied");
    expect(declined.location?.searchParams.get("admin_consent")).toBe("True");
    const accepted = await browser.press(page, "Accept");
    expect(Object.fromEntries(accepted.location?.searchParams ?? [])).toMatchObject({
      admin_consent: "True",
      tenant: host.tenant.id,
      state: "s",
    });
    expect(accepted.location?.searchParams.has("error")).toBe(false);
    expect(host.app.grantedApplicationRoles).toEqual(["Chat.Read.All", "Presence.Read.All"]);
  });
});

test("logout goes back to a registered address only", async () => {
  const host = loginHostInProcess();
  const logout = (target: string) =>
    new Browser(host.fetch).open(
      `${host.loginUrl}/common/oauth2/v2.0/logout?state=s&post_logout_redirect_uri=${encodeURIComponent(target)}`,
    );
  expect((await logout(redirectUri)).location?.href).toBe(`${redirectUri}?state=s`);
  const elsewhere = await logout("https://elsewhere.example/");
  expect(elsewhere.location).toBeUndefined();
  expect(elsewhere.html).toContain("Signed out");
});

test("error_uri explains the number", async () => {
  const host = loginHostInProcess();
  const page = await new Browser(host.fetch).open(`${host.loginUrl}/error?code=7000215`);
  expect(page.html).toContain("Invalid client secret");
});
