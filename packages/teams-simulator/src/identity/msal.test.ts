import { describe, expect, test } from "bun:test";
import { createHash, X509Certificate } from "node:crypto";
import {
  type AuthorizationCodeRequest,
  ConfidentialClientApplication,
  CryptoProvider,
  type NetworkResponse,
} from "@azure/msal-node";
import { selfSignedCertificate } from "../testing/certificate.ts";
import {
  Browser,
  chooseAccount,
  clientSecret,
  type LoginHost,
  loginHostInProcess,
  redirectUri,
} from "../testing/login-host.ts";

// MSAL trusts hosts by built-in lists and insists on https. `knownAuthorities` and a network client of our own let it talk
// to the simulator in this process: no certificate authority has to be invented, and MSAL's own code stays untouched.
async function exchange<Body>(host: LoginHost, request: Request): Promise<NetworkResponse<Body>> {
  const response = await host.fetch(request);
  return {
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as Body,
    status: response.status,
  };
}

type Credential =
  | { readonly clientSecret: string }
  | { readonly clientCertificate: { readonly privateKey: string; readonly thumbprintSha256: string } };

function msal(host: LoginHost, credential: Credential = { clientSecret }, tenant = host.tenant.id) {
  return new ConfidentialClientApplication({
    auth: {
      clientId: host.app.clientId,
      authority: `${host.loginUrl}/${tenant}`,
      knownAuthorities: [new URL(host.loginUrl).host],
      ...credential,
    },
    system: {
      disableInternalRetries: true,
      networkClient: {
        sendGetRequestAsync: (url, options) =>
          exchange(host, new Request(url, { headers: options?.headers ?? {} })),
        sendPostRequestAsync: (url, options) =>
          exchange(
            host,
            new Request(url, { method: "POST", headers: options?.headers ?? {}, body: options?.body ?? "" }),
          ),
      },
    },
  });
}

const scopes = ["User.Read"];
const appScopes = (host: LoginHost) => [`${host.graphUrl}/.default`];

async function codeFor(host: LoginHost, client: ConfidentialClientApplication, account = "Grace Hopper") {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const url = await client.getAuthCodeUrl({
    scopes,
    redirectUri,
    codeChallenge: challenge,
    codeChallengeMethod: "S256",
    nonce: "n-1",
    state: "s-1",
  });
  const back = await chooseAccount(new Browser(host.fetch), url, account);
  return { code: back.searchParams.get("code") ?? "", state: back.searchParams.get("state"), verifier };
}

/** MSAL compares the id token's nonce with the one it is given here. */
function redeem(client: ConfidentialClientApplication, request: AuthorizationCodeRequest) {
  return client.acquireTokenByCode({ ...request, nonce: "n-1" });
}

/** What MSAL makes of a refusal: the OAuth error and Entra's number. */
async function refusal(
  attempt: Promise<unknown>,
): Promise<{ readonly error: unknown; readonly number: unknown }> {
  const failure = await attempt.then(
    () => ({}),
    (error: unknown) => error as object,
  );
  return {
    error: "errorCode" in failure ? failure.errorCode : undefined,
    number: "errorNo" in failure ? Number(failure.errorNo) : undefined,
  };
}

describe("MSAL", () => {
  test("signs a person in with code and PKCE, and reads tenant, object id and nonce", async () => {
    const host = loginHostInProcess();
    const client = msal(host);
    const { code, state, verifier } = await codeFor(host, client);
    expect(state).toBe("s-1");
    const result = await redeem(client, { code, scopes, redirectUri, codeVerifier: verifier });
    expect(result.uniqueId).toBe(host.grace.id);
    expect(result.tenantId).toBe(host.tenant.id);
    expect(result.account?.homeAccountId).toBe(`${host.grace.id}.${host.tenant.id}`);
    expect(host.identity.verifyAccessToken(result.accessToken)).toMatchObject({
      kind: "user",
      oid: host.grace.id,
    });
  });

  test("renews silently with the refresh token once the access token is over", async () => {
    const host = loginHostInProcess();
    const client = msal(host);
    const { code, verifier } = await codeFor(host, client);
    const first = await redeem(client, { code, scopes, redirectUri, codeVerifier: verifier });
    if (first.account === null) throw new Error("MSAL knows no account.");
    const second = await client.acquireTokenSilent({ account: first.account, scopes, forceRefresh: true });
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(host.identity.verifyAccessToken(second.accessToken)).toMatchObject({ kind: "user" });
  });

  test("gets an application token with a secret", async () => {
    const host = loginHostInProcess();
    const result = await msal(host).acquireTokenByClientCredential({ scopes: appScopes(host) });
    expect(host.identity.verifyAccessToken(result?.accessToken ?? "")).toMatchObject({
      kind: "app",
      clientId: host.app.clientId,
      roles: ["Chat.Read.All"],
    });
  });

  test("gets an application token with a certificate (PS256)", async () => {
    const host = loginHostInProcess();
    const { pem, privateKeyPem } = await selfSignedCertificate();
    host.app.certificates.push({ pem });
    const thumbprintSha256 = createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
    const client = msal(host, { clientCertificate: { privateKey: privateKeyPem, thumbprintSha256 } });
    const result = await client.acquireTokenByClientCredential({ scopes: appScopes(host) });
    expect(host.identity.verifyAccessToken(result?.accessToken ?? "")).toMatchObject({ kind: "app" });
  });

  test("meets an unregistered certificate as invalid_client", async () => {
    const host = loginHostInProcess();
    const { pem, privateKeyPem } = await selfSignedCertificate();
    const thumbprintSha256 = createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
    const client = msal(host, { clientCertificate: { privateKey: privateKeyPem, thumbprintSha256 } });
    const attempt = client.acquireTokenByClientCredential({ scopes: appScopes(host) });
    expect(await refusal(attempt)).toEqual({ error: "invalid_client", number: 700027 });
  });

  const applicationRefusals: readonly (readonly [string, string, number, (host: LoginHost) => void])[] = [
    [
      "a wrong secret",
      "invalid_client",
      7000215,
      ({ app }) => Object.assign(app, { secrets: [{ value: "x", expiresAt: Number.MAX_SAFE_INTEGER }] }),
    ],
    [
      "an expired secret",
      "invalid_client",
      7000222,
      ({ app }) => Object.assign(app, { secrets: [{ value: clientSecret, expiresAt: 1 }] }),
    ],
    ["a disabled app", "unauthorized_client", 7000112, ({ app }) => Object.assign(app, { enabled: false })],
    [
      "a policy that blocks",
      "invalid_grant",
      53003,
      ({ identity }) => void identity.faults.add({ at: "token", case: "blocked-by-policy" }),
    ],
    [
      "an outage",
      "temporarily_unavailable",
      90033,
      ({ identity }) => void identity.faults.add({ at: "token", case: "unavailable" }),
    ],
    [
      "a request loop",
      "temporarily_unavailable",
      50196,
      ({ identity }) => void identity.faults.add({ at: "token", case: "request-loop" }),
    ],
  ];
  test.each(applicationRefusals)("meets %s as %s, AADSTS%d", async (_, error, number, arrange) => {
    const host = loginHostInProcess();
    arrange(host);
    const attempt = msal(host).acquireTokenByClientCredential({ scopes: appScopes(host) });
    expect(await refusal(attempt)).toEqual({ error, number });
  });

  test("meets an application that is not in the tenant as unauthorized_client", async () => {
    const host = loginHostInProcess();
    const stranger = { ...host, app: { ...host.app, clientId: host.tenant.randomness.guid() } };
    const attempt = msal(stranger).acquireTokenByClientCredential({ scopes: appScopes(host) });
    expect(await refusal(attempt)).toEqual({ error: "unauthorized_client", number: 700016 });
  });

  const userRefusals: readonly (readonly [string, string, number, (host: LoginHost) => void])[] = [
    [
      "missing consent",
      "invalid_grant",
      65001,
      ({ app }) => Object.assign(app, { grantedDelegatedScopes: [] }),
    ],
    [
      "a disabled user",
      "invalid_grant",
      50057,
      ({ grace }) => Object.assign(grace, { accountEnabled: false }),
    ],
    ["a revoked session", "invalid_grant", 50173, ({ identity, grace }) => identity.revokeTokens(grace.id)],
    [
      "a required second factor",
      "interaction_required",
      50076,
      ({ identity }) => void identity.faults.add({ at: "token", case: "mfa-required" }),
    ],
    [
      "a sign-in frequency policy",
      "invalid_grant",
      70043,
      ({ identity }) => void identity.faults.add({ at: "token", case: "sign-in-frequency" }),
    ],
    [
      "a changed password",
      "invalid_grant",
      50132,
      ({ identity }) => void identity.faults.add({ at: "token", case: "session-void" }),
    ],
    [
      "a device that does not comply",
      "interaction_required",
      53000,
      ({ identity }) => void identity.faults.add({ at: "token", case: "device-not-compliant" }),
    ],
  ];
  test.each(userRefusals)("meets %s at the renewal as %s, AADSTS%d", async (_, error, number, arrange) => {
    const host = loginHostInProcess();
    const client = msal(host);
    const { code, verifier } = await codeFor(host, client);
    const { account } = await redeem(client, {
      code,
      scopes,
      redirectUri,
      codeVerifier: verifier,
    });
    if (account === null) throw new Error("MSAL knows no account.");
    arrange(host);
    expect(await refusal(client.acquireTokenSilent({ account, scopes, forceRefresh: true }))).toEqual({
      error,
      number,
    });
  });

  test("meets ninety idle days as an expired refresh token", async () => {
    const host = loginHostInProcess();
    const client = msal(host);
    const { code, verifier } = await codeFor(host, client);
    const { account } = await redeem(client, {
      code,
      scopes,
      redirectUri,
      codeVerifier: verifier,
    });
    if (account === null) throw new Error("MSAL knows no account.");
    await host.clock.advance(90 * 24 * 60 * 60_000);
    host.app.secrets = [{ value: clientSecret, expiresAt: Number.MAX_SAFE_INTEGER }];
    const attempt = client.acquireTokenSilent({ account, scopes, forceRefresh: true });
    expect(await refusal(attempt)).toEqual({ error: "invalid_grant", number: 700082 });
  });

  test("meets a replayed code, a late code and a foreign verifier as invalid_grant", async () => {
    const host = loginHostInProcess();
    const client = msal(host);
    const used = await codeFor(host, client);
    const request = { code: used.code, scopes, redirectUri, codeVerifier: used.verifier };
    await redeem(client, request);
    expect(await refusal(redeem(client, request))).toEqual({
      error: "invalid_grant",
      number: 54005,
    });
    const fresh = await codeFor(host, client);
    const foreign = { ...request, code: fresh.code, codeVerifier: used.verifier };
    expect(await refusal(redeem(client, foreign))).toEqual({
      error: "invalid_grant",
      number: 501481,
    });
    await host.clock.advance(10 * 60_000);
    const late = { ...request, code: fresh.code, codeVerifier: fresh.verifier };
    expect(await refusal(redeem(client, late))).toEqual({ error: "invalid_grant", number: 70008 });
  });
});
