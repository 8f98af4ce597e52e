import { expect, test } from "bun:test";
import { type LoginHost, loginHostInProcess } from "../testing/login-host.ts";

async function read(host: LoginHost, path: string) {
  const response = await host.fetch(new Request(`${host.loginUrl}${path}`));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("a tenant's metadata names its id, also when asked for by domain", async () => {
  const host = loginHostInProcess();
  for (const name of [host.tenant.id, host.tenant.domain]) {
    const { body } = await read(host, `/${name}/v2.0/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      issuer: `${host.loginUrl}/${host.tenant.id}/v2.0`,
      token_endpoint: `${host.loginUrl}/${host.tenant.id}/oauth2/v2.0/token`,
      userinfo_endpoint: `${host.graphUrl}/oidc/userinfo`,
      subject_types_supported: ["pairwise"],
    });
  }
});

test.each(["common", "organizations"])("%s has a placeholder for the tenant in its issuer", async (name) => {
  const host = loginHostInProcess();
  const { body } = await read(host, `/${name}/v2.0/.well-known/openid-configuration`);
  expect(body.issuer).toBe(`${host.loginUrl}/{tenantid}/v2.0`);
  expect(body.token_endpoint).toBe(`${host.loginUrl}/${name}/oauth2/v2.0/token`);
});

test("an unknown tenant has no metadata", async () => {
  const { status, body } = await read(
    loginHostInProcess(),
    "/fabrikam.example/v2.0/.well-known/openid-configuration",
  );
  expect([status, body.error_codes]).toEqual([400, [90002]]);
});

test("instance discovery knows its own host and no other", async () => {
  const host = loginHostInProcess();
  const ask = (authority: string) =>
    read(
      host,
      `/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(authority)}`,
    );
  const own = await ask(`${host.loginUrl}/${host.tenant.id}/oauth2/v2.0/authorize`);
  expect(own.body).toMatchObject({
    tenant_discovery_endpoint: `${host.loginUrl}/${host.tenant.id}/v2.0/.well-known/openid-configuration`,
    metadata: [{ preferred_network: "login.contoso.test", aliases: ["login.contoso.test"] }],
  });
  const other = await ask("https://login.evil.test/common/oauth2/v2.0/authorize");
  expect([other.status, other.body.error]).toEqual([400, "invalid_instance"]);
});

async function keyIds(host: LoginHost): Promise<readonly unknown[]> {
  const { body } = await read(host, "/common/discovery/v2.0/keys");
  return (body.keys as readonly Record<string, unknown>[]).map(({ kid }) => kid);
}

test("rotation puts a new key first, keeps two older ones, and forgets them on request", async () => {
  const host = loginHostInProcess();
  const [first] = await keyIds(host);
  await host.identity.keys.rotate();
  const [second, ...older] = await keyIds(host);
  expect(second).not.toBe(first);
  expect(older).toEqual([first]);
  await host.identity.keys.rotate();
  await host.identity.keys.rotate();
  expect(await keyIds(host)).toHaveLength(3);
  expect(await keyIds(host)).not.toContain(first);
  await host.identity.keys.forgetOld();
  expect(await keyIds(host)).toHaveLength(1);
});

test("no private part of a key is published", async () => {
  const { body } = await read(loginHostInProcess(), "/common/discovery/keys");
  const [key = {}] = body.keys as readonly Record<string, unknown>[];
  expect(Object.keys(key).sort()).toEqual(["e", "issuer", "kid", "kty", "n", "use", "x5t"]);
});

test("a fault that strikes twice is gone the third time, a disposed one at once", async () => {
  const host = loginHostInProcess();
  host.identity.faults.add({ at: "keys", case: "unavailable", times: 2 });
  const statuses = [];
  for (let attempt = 0; attempt < 3; attempt += 1)
    statuses.push((await read(host, "/common/discovery/keys")).status);
  expect(statuses).toEqual([503, 503, 200]);
  const fault = host.identity.faults.add({ at: "discovery", case: "unavailable" });
  expect((await read(host, "/common/v2.0/.well-known/openid-configuration")).status).toBe(503);
  fault[Symbol.dispose]();
  expect((await read(host, "/common/v2.0/.well-known/openid-configuration")).status).toBe(200);
  expect(host.identity.faults.active).toEqual([]);
});
