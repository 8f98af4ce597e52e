import { expect, test } from "bun:test";
import {
  Browser,
  chooseAccount,
  clientSecret,
  type LoginHost,
  loginHostInProcess,
  redirectUri,
} from "@msteams-notifications/teams-simulator/testing";
import { MemoryFileGrants } from "../../application/testing/memory-file-grants.ts";
import { fileScopes, ReaderTokens } from "./reader-tokens.ts";
import { EntraSignIn } from "./sign-in.ts";

/** Grace has agreed to files being read as her, and the plugin holds what she agreed to. */
async function world() {
  const host = loginHostInProcess();
  host.app.grantedDelegatedScopes = ["openid", "profile", "email", "Files.Read.All"];
  const { loginUrl, graphUrl, tenant, app, clock } = host;
  const settings = { loginUrl, graphUrl, tenantId: tenant.id, clientId: app.clientId, clientSecret };
  const requests: string[] = [];
  const send = (url: string, init: RequestInit) => {
    requests.push(url);
    return host.fetch(new Request(url, init));
  };
  const grants = new MemoryFileGrants();
  await grants.put("grace", { refreshToken: await agreed(host, settings), grantedAtMs: 1 });
  const readers = new ReaderTokens(settings, grants, clock, send);
  return { host, grants, readers, requests };
}

async function agreed(host: LoginHost, settings: ConstructorParameters<typeof EntraSignIn>[0]) {
  const signIn = new EntraSignIn({ ...settings, furtherScopes: fileScopes(settings) }, (url, init) =>
    host.fetch(new Request(url, init)),
  );
  const secrets = { nonce: "n", codeVerifier: "v".repeat(43), redirectUri };
  const url = await signIn.authorizationUrl({ ...secrets, state: "s" });
  expect(new URL(url).searchParams.get("scope")).toBe(
    `openid profile email offline_access ${settings.graphUrl}/Files.Read.All`,
  );
  const back = await chooseAccount(new Browser(host.fetch), url, "Grace Hopper");
  const signedIn = await signIn.redeem({ ...secrets, code: back.searchParams.get("code") ?? "" });
  return signedIn.refreshToken ?? "";
}

test("a person's token opens files as that person, and is held until it nears its end", async () => {
  const { host, readers, requests } = await world();
  const token = await readers.of("grace").current();
  const verified = host.identity.verifyAccessToken(token);
  expect(verified).toMatchObject({ kind: "user", oid: host.grace.id, scopes: ["Files.Read.All"] });
  expect(await readers.of("grace").current()).toBe(token);
  if (verified.kind === "refused") throw new Error(verified.reason);
  await host.clock.advance(verified.expiresAt - host.clock.now() - 4 * 60_000);
  expect(await readers.of("grace").current()).not.toBe(token);
  expect(requests).toHaveLength(2);
});

test("each renewal replaces the stored token", async () => {
  const { grants, readers } = await world();
  const first = grants.all.get("grace");
  const token = await readers.of("grace").current();
  const second = grants.all.get("grace");
  await readers.of("grace").renew(token);
  const third = grants.all.get("grace");
  expect(new Set([first, second, third].map((grant) => grant?.refreshToken)).size).toBe(3);
  expect(third?.grantedAtMs).toBe(1);
});

test("who never agreed is not asked for at Microsoft", async () => {
  const { readers, requests } = await world();
  await expect(readers.of("ann").current()).rejects.toMatchObject({ failure: "sign-in-missing" });
  expect(requests).toEqual([]);
});

test("what Microsoft ended is removed", async () => {
  const { host, grants, readers } = await world();
  host.identity.revokeTokens(host.grace.id);
  await expect(readers.of("grace").current()).rejects.toMatchObject({ failure: "sign-in-missing" });
  expect(grants.all.size).toBe(0);
});

test("an outage removes nothing", async () => {
  const { host, grants } = await world();
  const { loginUrl, graphUrl, tenant, app, clock } = host;
  const settings = { loginUrl, graphUrl, tenantId: tenant.id, clientId: app.clientId, clientSecret };
  const readers = new ReaderTokens(settings, grants, clock, () => Promise.reject(new TypeError("no route")));
  await expect(readers.of("grace").current()).rejects.toMatchObject({
    name: "TokenError",
    code: "unreachable",
  });
  expect(grants.all.size).toBe(1);
});

test("who connects again, perhaps with another account, does not get the earlier token", async () => {
  const { grants, readers } = await world();
  const earlier = await readers.of("grace").current();
  const grant = await grants.find("grace");
  await grants.put("grace", { refreshToken: grant?.refreshToken ?? "", grantedAtMs: 2 });
  expect(await readers.of("grace").current()).not.toBe(earlier);
  await grants.remove("grace", 2);
  await expect(readers.of("grace").current()).rejects.toMatchObject({ failure: "sign-in-missing" });
});
