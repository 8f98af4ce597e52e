import { expect, test } from "bun:test";
import { contoso } from "../testing/contoso.ts";
import type { GraphFault } from "./fault.ts";

test.each<[GraphFault, number, string]>([
  [{ kind: "status", status: 500 }, 500, "InternalServerError"],
  [{ kind: "status", status: 502 }, 502, "UnknownError"],
  [{ kind: "status", status: 503 }, 503, "ServiceUnavailable"],
  [{ kind: "status", status: 504 }, 504, "GatewayTimeout"],
  [{ kind: "throttled" }, 429, "TooManyRequests"],
  [{ kind: "unauthorized", reason: "expired" }, 401, "InvalidAuthenticationToken"],
  [{ kind: "unauthorized", reason: "revoked" }, 401, "InvalidAuthenticationToken"],
  [{ kind: "forbidden", reason: "consentLost" }, 403, "Forbidden"],
  [{ kind: "forbidden", reason: "protectedApi" }, 403, "Forbidden"],
])("fault %#, as often as it was armed for, strikes and is gone", async (fault, status, code) => {
  await using tenant = await contoso();
  tenant.tenant.faults.arm({ ...fault, times: 1 });
  const struck = await tenant.call("GET", "/users");
  expect([struck.status, struck.body.error?.code]).toEqual([status, code]);
  expect((await tenant.call("GET", "/users")).status).toBe(200);
  expect(tenant.tenant.faults.graph).toEqual([]);
});

test("Retry-After is there when given and absent otherwise", async () => {
  await using tenant = await contoso();
  tenant.tenant.faults.arm({ kind: "throttled", retryAfterSeconds: 17, times: 1 });
  tenant.tenant.faults.arm({ kind: "throttled", times: 1 });
  const answers = [await tenant.call("GET", "/users"), await tenant.call("GET", "/users")];
  expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(["17", null]);
});

test("a reset drops the connection without an answer", async () => {
  await using tenant = await contoso();
  tenant.tenant.faults.arm({ kind: "reset", times: 1 });
  await expect(tenant.call("GET", "/users")).rejects.toThrow();
  expect(tenant.tenant.requests.all.map(({ status }) => status)).toEqual([null]);
  expect((await tenant.call("GET", "/users")).status).toBe(200);
});

test("latency holds an answer back by the tenant's clock", async () => {
  await using tenant = await contoso();
  const { clock, faults, requests } = tenant.tenant;
  faults.arm({ kind: "latency", ms: 80, route: "GET /v1.0/users/:userId" });
  const slow = tenant.call("GET", `/users/${tenant.bob.id}`);
  await tenant.call("GET", "/users");
  while (clock.pendingTimers === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  await clock.advance(80);
  expect((await slow).status).toBe(200);
  expect(requests.all.map(({ route, elapsedMs }) => [route, elapsedMs])).toEqual([
    ["GET /v1.0/users", 0],
    ["GET /v1.0/users/:userId", 80],
  ]);
});

test("a fault strikes only the routes that its pattern names, until it is disposed", async () => {
  await using tenant = await contoso();
  const status = async (path: string) => (await tenant.call("GET", path)).status;
  {
    using _fault = tenant.tenant.faults.arm({
      kind: "status",
      status: 503,
      route: "GET /v1.0/users/*/chats*",
    });
    expect(await status(`/users/${tenant.bob.id}/chats`)).toBe(503);
    expect(await status(`/users/${tenant.bob.id}/chats/getAllMessages`)).toBe(503);
    expect(await status(`/users/${tenant.bob.id}`)).toBe(200);
  }
  expect(await status(`/users/${tenant.bob.id}/chats`)).toBe(200);
});

test("a share of 30 % strikes about 30 % of requests, and the same ones for the same seed", async () => {
  const run = async () => {
    await using tenant = await contoso({ seed: 42 });
    tenant.tenant.faults.arm({ kind: "throttled", share: 0.3 });
    const statuses = [];
    for (let at = 0; at < 100; at += 1) statuses.push((await tenant.call("GET", "/me")).status);
    return statuses;
  };
  const first = await run();
  const struck = first.filter((status) => status === 429).length;
  expect(struck).toBeGreaterThan(15);
  expect(struck).toBeLessThan(45);
  expect(await run()).toEqual(first);
});
