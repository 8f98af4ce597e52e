import { expect, test } from "bun:test";
import { type Contoso, contoso } from "../testing/contoso.ts";

async function tokenWithRoles(tenant: Contoso, grantedApplicationRoles: string[]): Promise<string> {
  const expiresAt = tenant.tenant.clock.now() + 86_400_000;
  const secrets = [{ value: "contoso-secret", expiresAt }];
  const { clientId } = tenant.tenant.directory.addApp({ secrets, grantedApplicationRoles });
  return `Bearer ${await tenant.newAccessToken(clientId)}`;
}

test("without a token, with a foreign one and with an expired one Graph answers 401 and says why", async () => {
  await using tenant = await contoso();
  const answerTo = async (authorization: string) => {
    const { status, body, headers } = await tenant.call("GET", "/users", undefined, { authorization });
    return [status, body.error?.code, headers.get("www-authenticate")?.startsWith("Bearer")];
  };
  const refusal = [401, "InvalidAuthenticationToken", true];
  expect(await answerTo("")).toEqual(refusal);
  expect(await answerTo("Basic abc")).toEqual(refusal);
  expect(await answerTo("Bearer abc")).toEqual(refusal);
  await tenant.tenant.clock.advance(91 * 60_000);
  expect(await answerTo(`Bearer ${tenant.accessToken}`)).toEqual(refusal);
});

test("a revoked token is refused with a claims challenge", async () => {
  await using tenant = await contoso();
  tenant.tenant.identity.revokeTokens(tenant.clientId);
  const { status, headers } = await tenant.call("GET", "/users");
  expect([status, headers.get("www-authenticate")]).toEqual([
    401,
    expect.stringContaining("insufficient_claims"),
  ]);
});

test.each([
  ["GET", "/users", "User.Read.All"],
  ["GET", "/users/{bob}/chats", "Chat.ReadBasic.All"],
  ["GET", "/users/{bob}/chats/getAllMessages", "Chat.Read.All"],
  ["GET", "/users/{bob}/presence", "Presence.Read.All"],
  ["POST", "/communications/getPresencesByUserId", "Presence.Read.All"],
])("%s %s needs %s", async (method, template, role) => {
  await using tenant = await contoso();
  const path = template.replace("{bob}", tenant.bob.id);
  const body = method === "POST" ? { ids: [] } : undefined;
  const without = await tokenWithRoles(tenant, ["Files.Read.All"]);
  const refused = await tenant.call(method, path, body, { authorization: without });
  expect([refused.status, refused.body.error?.code]).toEqual([403, "Forbidden"]);
  expect(refused.body.error?.message).toContain(role);
  const allowed = await tenant.call(method, path, body, {
    authorization: await tokenWithRoles(tenant, [role]),
  });
  expect(allowed.status).toBe(200);
});

test("an application has no /me", async () => {
  await using tenant = await contoso();
  expect((await tenant.call("GET", "/me")).status).toBe(403);
});

test("an error carries the request's ids in its body and its headers", async () => {
  await using tenant = await contoso();
  const mine = "0f0f0f0f-0000-4000-8000-000000000000";
  const { body, headers } = await tenant.call("GET", "/users/nobody", undefined, {
    "client-request-id": mine,
  });
  const requestId = headers.get("request-id");
  expect(headers.get("client-request-id")).toBe(mine);
  expect(body.error).toEqual({
    code: "Request_ResourceNotFound",
    message: expect.stringContaining("nobody"),
    innerError: { date: "2026-11-23T14:00:00", "request-id": requestId, "client-request-id": mine },
  } as never);
});

test("a body that is no JSON object is a 400", async () => {
  await using tenant = await contoso();
  const authorization = `Bearer ${tenant.accessToken}`;
  for (const body of ["{", "[]", "null", ""]) {
    const url = `${tenant.graphUrl}/v1.0/communications/getPresencesByUserId`;
    expect((await fetch(url, { method: "POST", headers: { authorization }, body })).status).toBe(400);
  }
});
