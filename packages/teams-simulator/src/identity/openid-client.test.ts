import { describe, expect, test } from "bun:test";
import { decodeJwt, importPKCS8 } from "jose";
import * as client from "openid-client";
import { selfSignedCertificate } from "../testing/certificate.ts";
import {
  Browser,
  chooseAccount,
  clientSecret,
  type LoginHost,
  loginHostInProcess,
  redirectUri,
} from "../testing/login-host.ts";

async function discover(
  host: LoginHost,
  authentication: client.ClientAuth = client.ClientSecretPost(clientSecret),
) {
  const configuration = await client.discovery(
    new URL(`${host.loginUrl}/${host.tenant.id}/v2.0`),
    host.app.clientId,
    undefined,
    authentication,
    { [client.customFetch]: (url, options) => host.fetch(new Request(url, options as RequestInit)) },
  );
  client.enableNonRepudiationChecks(configuration);
  return configuration;
}

async function signIn(
  host: LoginHost,
  configuration: client.Configuration,
  scope = "openid profile email offline_access",
  method: "S256" | "plain" = "S256",
) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope,
    nonce: "n",
    state: "s",
    code_challenge:
      method === "plain" ? pkceCodeVerifier : await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: method,
  });
  const back = await chooseAccount(new Browser(host.fetch), url, "Grace");
  return client.authorizationCodeGrant(configuration, back, {
    pkceCodeVerifier,
    expectedNonce: "n",
    expectedState: "s",
  });
}

async function refusal(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof client.ResponseBodyError))
    throw new Error("The attempt was not refused.", { cause: error });
  return { error: error.error, numbers: error.cause.error_codes, status: error.status };
}

describe("openid-client", () => {
  test.each(["S256", "plain"] as const)(
    "signs in by discovery, code and PKCE %s, and verifies the signature",
    async (method) => {
      const host = loginHostInProcess();
      const tokens = await signIn(host, await discover(host), "openid profile email", method);
      expect(tokens.claims()).toMatchObject({
        iss: `${host.loginUrl}/${host.tenant.id}/v2.0`,
        aud: host.app.clientId,
        tid: host.tenant.id,
        oid: host.grace.id,
        ver: "2.0",
        email: "grace.hopper@contoso.example",
        preferred_username: "grace.hopper@contoso.example",
      });
      expect(tokens.refresh_token).toBeUndefined();
    },
  );

  test("gets no object id without profile, and no address without email", async () => {
    const host = loginHostInProcess();
    const claims = (await signIn(host, await discover(host), "openid")).claims();
    expect([claims?.oid, claims?.email, claims?.preferred_username]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("sees the same person under another subject in another app", async () => {
    const host = loginHostInProcess();
    const other = host.tenant.directory.addApp({ ...host.app, clientId: host.tenant.randomness.guid() });
    const first = (await signIn(host, await discover(host))).claims();
    const otherHost = { ...host, app: other };
    const second = (await signIn(otherHost, await discover(otherHost))).claims();
    expect(second?.oid).toBe(first?.oid ?? "");
    expect(second?.sub).not.toBe(first?.sub ?? "");
  });

  test("renews with a refresh token that stays alive beside its successor", async () => {
    const host = loginHostInProcess();
    const configuration = await discover(host);
    const first = await signIn(host, configuration);
    const old = first.refresh_token ?? "";
    const renewed = await client.refreshTokenGrant(configuration, old);
    expect(renewed.refresh_token).toBeString();
    expect(renewed.refresh_token).not.toBe(old);
    expect((await client.refreshTokenGrant(configuration, old)).access_token).toBeString();
  });

  test("cannot use another app's refresh token", async () => {
    const host = loginHostInProcess();
    const { refresh_token = "" } = await signIn(host, await discover(host));
    const other = {
      ...host,
      app: host.tenant.directory.addApp({ ...host.app, clientId: host.tenant.randomness.guid() }),
    };
    const attempt = client.refreshTokenGrant(await discover(other), refresh_token);
    expect(await refusal(attempt)).toEqual({ error: "invalid_grant", numbers: [70000], status: 400 });
  });

  test("sends a secret full of signs in the form and by Basic", async () => {
    const host = loginHostInProcess();
    for (const authentication of [
      client.ClientSecretPost(clientSecret),
      client.ClientSecretBasic(clientSecret),
    ]) {
      const configuration = await discover(host, authentication);
      const { access_token } = await client.clientCredentialsGrant(configuration, {
        scope: `${host.graphUrl}/.default`,
      });
      expect(host.identity.verifyAccessToken(access_token)).toMatchObject({ kind: "app" });
    }
  });

  test("gets a token of 60 to 90 minutes even without any role, which then has none", async () => {
    const host = loginHostInProcess();
    host.app.grantedApplicationRoles = [];
    const answer = await client.clientCredentialsGrant(await discover(host), {
      scope: `${host.graphUrl}/.default`,
    });
    expect(answer.expires_in).toBeWithin(3600, 5401);
    expect(host.identity.verifyAccessToken(answer.access_token)).toMatchObject({ roles: [] });
    expect(decodeJwt(answer.access_token)).not.toHaveProperty("roles");
  });

  test("is recognised by a certificate's assertion in RS256 (x5t)", async () => {
    const host = loginHostInProcess();
    const { pem, privateKeyPem } = await selfSignedCertificate();
    host.app.certificates.push({ pem });
    const key = await importPKCS8(privateKeyPem, "RS256");
    const { createHash, X509Certificate } = await import("node:crypto");
    const x5t = createHash("sha1").update(new X509Certificate(pem).raw).digest("base64url");
    const authentication = client.PrivateKeyJwt(key, {
      [client.modifyAssertion]: (header) => {
        header.x5t = x5t;
      },
    });
    const { access_token } = await client.clientCredentialsGrant(await discover(host, authentication), {
      scope: `${host.graphUrl}/.default`,
    });
    expect(host.identity.verifyAccessToken(access_token)).toMatchObject({ kind: "app" });
  });

  const refusals: readonly (readonly [string, string, number, number, Record<string, string>])[] = [
    [
      "one permission instead of .default",
      "invalid_scope",
      1002012,
      400,
      { scope: "https://graph.contoso.test/Chat.Read.All" },
    ],
    ["another resource", "invalid_resource", 500011, 400, { scope: "https://else.example/.default" }],
    ["no scope", "invalid_request", 900144, 400, {}],
  ];
  test.each(refusals)("is refused %s as %s, AADSTS%d", async (_, error, number, status, parameters) => {
    const host = loginHostInProcess();
    const attempt = client.clientCredentialsGrant(await discover(host), parameters);
    expect(await refusal(attempt)).toEqual({ error, numbers: [number], status });
  });

  test("without a secret is refused as AADSTS7000218", async () => {
    const host = loginHostInProcess();
    const attempt = client.clientCredentialsGrant(await discover(host, client.None()), {
      scope: `${host.graphUrl}/.default`,
    });
    expect(await refusal(attempt)).toEqual({ error: "invalid_client", numbers: [7000218], status: 401 });
  });

  test("with an unknown grant is refused as AADSTS70003", async () => {
    const host = loginHostInProcess();
    const attempt = client.genericGrantRequest(await discover(host), "password", { username: "grace" });
    expect(await refusal(attempt)).toEqual({
      error: "unsupported_grant_type",
      numbers: [70003],
      status: 400,
    });
  });

  test("on common is refused an application token as AADSTS9001023", async () => {
    const host = loginHostInProcess();
    host.app.signInAudience = "AzureADMultipleOrgs";
    const server = {
      issuer: `${host.loginUrl}/${host.tenant.id}/v2.0`,
      token_endpoint: `${host.loginUrl}/common/oauth2/v2.0/token`,
    };
    const common = new client.Configuration(server, host.app.clientId, clientSecret);
    common[client.customFetch] = (url, options) => host.fetch(new Request(url, options as RequestInit));
    const attempt = client.clientCredentialsGrant(common, { scope: `${host.graphUrl}/.default` });
    expect(await refusal(attempt)).toEqual({ error: "invalid_request", numbers: [9001023], status: 400 });
  });
});
