import { expect, test } from "bun:test";
import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { loginHostInProcess } from "../testing/login-host.ts";

const publisher = "0bf30f3b-4a52-48df-9a82-234910c4a086";

test.each([
  ["1.0", "appid", "azp", (tenantId: string) => `https://sts.windows.net/${tenantId}/`],
  ["2.0", "azp", "appid", (tenantId: string) => `https://login.contoso.test/${tenantId}/v2.0`],
] as const)(
  "version %s names the publisher in %s and verifies with the published keys",
  async (version, claim, absent, issuer) => {
    const host = loginHostInProcess();
    const token = await host.identity.issueValidationToken({ audience: host.app.clientId, version });
    const keys = createRemoteJWKSet(new URL(`${host.loginUrl}/common/discovery/v2.0/keys`), {
      [customFetch]: (url, init) => host.fetch(new Request(url, init as RequestInit)),
    });
    const { payload } = await jwtVerify(token, keys, {
      audience: host.app.clientId,
      issuer: issuer(host.tenant.id),
    });
    expect(payload).toMatchObject({ ver: version, tid: host.tenant.id, [claim]: publisher });
    expect(payload).not.toHaveProperty(absent);
  },
);

test("tokens of one tenant come from one service principal", async () => {
  const host = loginHostInProcess();
  const subjects = await Promise.all(
    (["1.0", "2.0"] as const).map(async (version) => {
      const token = await host.identity.issueValidationToken({ audience: host.app.clientId, version });
      return (
        JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as { oid: string }
      ).oid;
    }),
  );
  expect(subjects[0]).toBe(subjects[1] ?? "");
});
