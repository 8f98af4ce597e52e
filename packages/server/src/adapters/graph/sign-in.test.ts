import { describe, expect, test } from "bun:test";
import {
  Browser,
  chooseAccount,
  clientSecret,
  type LoginHost,
  loginHostInProcess,
  loginHostListening,
  redirectUri,
} from "@msteams-notifications/teams-simulator/testing";
import {
  type SignInAccount,
  SignInError,
  type SignInErrorCode,
} from "../../application/connections/sign-in-port.ts";
import { EntraSignIn } from "./sign-in.ts";

const codeVerifier = "v".repeat(43);

function settingsOf(host: LoginHost, secret = clientSecret) {
  const { loginUrl, graphUrl, tenant, app } = host;
  return { loginUrl, graphUrl, tenantId: tenant.id, clientId: app.clientId, clientSecret: secret };
}

function signInAt(host: LoginHost, secret?: string): EntraSignIn {
  return new EntraSignIn(settingsOf(host, secret), (url, init) => host.fetch(new Request(url, init)));
}

async function codeFor(
  host: LoginHost,
  signIn: EntraSignIn,
  account = "Grace Hopper",
  nonce = "nonce-1",
): Promise<string> {
  const url = await signIn.authorizationUrl({ state: "state-1", nonce, codeVerifier, redirectUri });
  const back = await chooseAccount(new Browser(host.fetch), url, account);
  expect(back.searchParams.get("state")).toBe("state-1");
  return back.searchParams.get("code") ?? "";
}

const redemption = (code: string) => ({ code, nonce: "nonce-1", codeVerifier, redirectUri });

async function accountOf(host: LoginHost, account?: string): Promise<SignInAccount> {
  const signIn = signInAt(host);
  return signIn.redeem(redemption(await codeFor(host, signIn, account)));
}

async function failureOf(attempt: Promise<unknown>): Promise<SignInError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SignInError))
    throw new Error("The attempt did not end in a SignInError.", { cause: error });
  return error;
}

describe("the authorization address", () => {
  test("carries S256, state, nonce and hint, and never the verifier", async () => {
    const host = loginHostInProcess();
    const url = new URL(
      await signInAt(host).authorizationUrl({
        state: "s",
        nonce: "n",
        codeVerifier,
        redirectUri,
        loginHint: "grace@contoso.example",
      }),
    );
    expect(url.origin + url.pathname).toBe(`${host.loginUrl}/${host.tenant.id}/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: host.app.clientId,
      response_type: "code",
      redirect_uri: redirectUri,
      state: "s",
      nonce: "n",
      code_challenge_method: "S256",
      login_hint: "grace@contoso.example",
      prompt: "select_account",
    });
    expect(url.href).not.toContain(codeVerifier);
    expect(url.href).not.toContain("secret");
  });
});

describe("a redeemed code", () => {
  test("names the account of the tenant", async () => {
    const host = loginHostInProcess();
    expect(await accountOf(host)).toEqual({
      tenantId: host.tenant.id,
      objectId: host.grace.id,
      email: "grace.hopper@contoso.example",
      emailVerified: "unknown",
      preferredUsername: "grace.hopper@contoso.example",
      name: "Grace Hopper",
      isGuest: false,
    });
  });

  test("names it over a real socket on loopback too", async () => {
    await using host = await loginHostListening();
    const signIn = new EntraSignIn(settingsOf(host));
    const account = await signIn.redeem(redemption(await codeFor(host, signIn)));
    expect(account.objectId).toBe(host.grace.id);
  });

  test.each([
    [true, "verified"],
    [false, "unverified"],
  ] as const)("reads a mail domain verified %p as %s", async (mailDomainVerified, expected) => {
    const host = loginHostInProcess();
    host.tenant.directory.addUser({ displayName: "Ada", mail: "ada@contoso.example", mailDomainVerified });
    expect((await accountOf(host, "Ada")).emailVerified).toBe(expected);
  });

  test("has no address where the directory has none", async () => {
    const host = loginHostInProcess();
    host.tenant.directory.addUser({ displayName: "Ada", mail: null });
    expect((await accountOf(host, "Ada")).email).toBeUndefined();
  });

  test("tells guests from members", async () => {
    const host = loginHostInProcess();
    host.tenant.directory.addUser({ displayName: "Alan", userType: "Guest", mail: "alan@elsewhere.example" });
    expect(await accountOf(host, "Alan")).toMatchObject({ isGuest: true, email: "alan@elsewhere.example" });
  });

  test.each([
    [(tenantId: string) => `https://sts.windows.net/${tenantId}/`, false],
    [(tenantId: string) => `https://sts.windows.net/${tenantId.toUpperCase()}`, false],
    [(tenantId: string) => `https://login.microsoftonline.com/${tenantId}/v2.0`, false],
    [() => "https://sts.windows.net/20000000-0000-4000-8000-000000000002/", true],
    [(tenantId: string) => `https://sts.windows.net/20000000-0000-4000-8000-000000000002/${tenantId}/`, true],
    [() => "live.com", true],
    [(tenantId: string) => tenantId, true],
  ])("takes the identity provider of row %# for what it is", async (provider, isGuest) => {
    const host = loginHostInProcess();
    // The simulated tenant names an identity provider for guests alone; Entra does for members too, in either version's form.
    const named = { userType: "Guest", homeIdentityProvider: provider(host.tenant.id) } as const;
    host.tenant.directory.addUser({ displayName: "Ida", mail: "ida@contoso.example", ...named });
    expect((await accountOf(host, "Ida")).isGuest).toBe(isGuest);
  });

  test("is verified with a key that the tenant began to use a moment ago", async () => {
    const host = loginHostInProcess();
    const signIn = signInAt(host);
    const code = await codeFor(host, signIn);
    await host.identity.keys.rotate();
    expect((await signIn.redeem(redemption(code))).objectId).toBe(host.grace.id);
  });
});

describe("a refused sign-in", () => {
  const refusals: readonly (readonly [string, SignInErrorCode, (host: LoginHost) => unknown])[] = [
    ["a late code", "expired-code", (host) => host.clock.advance(10 * 60_000)],
    [
      "a disabled account",
      "blocked-by-policy",
      (host) => Object.assign(host.grace, { accountEnabled: false }),
    ],
    [
      "an expired secret",
      "misconfigured-client",
      (host) => Object.assign(host.app, { secrets: [{ value: clientSecret, expiresAt: 1 }] }),
    ],
    ["a disabled app", "misconfigured-client", (host) => Object.assign(host.app, { enabled: false })],
    [
      "a second factor",
      "blocked-by-policy",
      (host) => host.identity.faults.add({ at: "token", case: "mfa-required" }),
    ],
    [
      "a policy",
      "blocked-by-policy",
      (host) => host.identity.faults.add({ at: "token", case: "blocked-by-policy" }),
    ],
    [
      "missing consent",
      "consent-missing",
      (host) => host.identity.faults.add({ at: "token", case: "consent-missing" }),
    ],
    ["an outage", "unreachable", (host) => host.identity.faults.add({ at: "token", case: "unavailable" })],
    [
      "keys out of reach",
      "unreachable",
      (host) => host.identity.faults.add({ at: "keys", case: "unavailable" }),
    ],
  ];
  test.each(refusals)("%s is %s", async (_, code, arrange) => {
    const host = loginHostInProcess();
    const signIn = signInAt(host);
    const authorizationCode = await codeFor(host, signIn);
    await arrange(host);
    const error = await failureOf(signIn.redeem(redemption(authorizationCode)));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain(clientSecret);
  });

  test("a wrong secret is misconfigured-client and its message names Entra's number, not the secret", async () => {
    const host = loginHostInProcess();
    const signIn = signInAt(host, "not the secret");
    const error = await failureOf(signIn.redeem(redemption(await codeFor(host, signIn))));
    expect(error.code).toBe("misconfigured-client");
    expect(error.message).toContain("AADSTS7000215");
    expect(Bun.inspect(error)).not.toContain("not the secret");
  });

  test("a code is redeemed once", async () => {
    const host = loginHostInProcess();
    const signIn = signInAt(host);
    const code = await codeFor(host, signIn);
    await signIn.redeem(redemption(code));
    expect((await failureOf(signIn.redeem(redemption(code)))).code).toBe("expired-code");
  });

  test("another nonce is refused", async () => {
    const host = loginHostInProcess();
    const signIn = signInAt(host);
    const code = await codeFor(host, signIn, "Grace Hopper", "someone else's nonce");
    expect((await failureOf(signIn.redeem(redemption(code)))).code).toBe("unexpected");
  });

  test("an id token whose key is not published is refused", async () => {
    const host = loginHostInProcess();
    const forged = loginHostInProcess();
    const signIn = new EntraSignIn(settingsOf(host), (url, init) =>
      (url.endsWith("/keys") ? forged : host).fetch(
        new Request(url.replace(host.tenant.id, url.endsWith("/keys") ? "common" : host.tenant.id), init),
      ),
    );
    const code = await codeFor(host, signIn);
    await forged.identity.keys.rotate();
    expect((await failureOf(signIn.redeem(redemption(code)))).code).toBe("unexpected");
  });

  test("a login host that cannot be reached is unreachable", async () => {
    const host = loginHostInProcess();
    const signIn = new EntraSignIn(settingsOf(host), () => Promise.reject(new TypeError("no route")));
    expect((await failureOf(signIn.redeem(redemption("code")))).code).toBe("unreachable");
  });

  test("plain http away from this machine is refused before the secret is sent", async () => {
    const host = loginHostInProcess();
    let requests = 0;
    const signIn = new EntraSignIn({ ...settingsOf(host), loginUrl: "http://login.contoso.test" }, () => {
      requests += 1;
      return Promise.resolve(new Response());
    });
    expect((await failureOf(signIn.redeem(redemption("code")))).code).toBe("misconfigured-client");
    expect(requests).toBe(0);
  });

  test("an answer that is a proxy's page is unreachable", async () => {
    const host = loginHostInProcess();
    const page = () =>
      Promise.resolve(
        new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "content-type": "text/html" } }),
      );
    const signIn = new EntraSignIn(settingsOf(host), page);
    expect((await failureOf(signIn.redeem(redemption("code")))).code).toBe("unreachable");
  });
});
