import { expect, test } from "bun:test";
import { coverage } from "./coverage.ts";
import { contoso } from "./testing/contoso.ts";

const names = (routes: readonly { surface: string; method: string; path: string }[]): string[] =>
  routes.map(({ surface, method, path }) => `${surface} ${method} ${path}`).sort();

test("the coverage table and the registered routes are the same", async () => {
  await using tenant = await contoso();
  expect(names(coverage)).toEqual(names(tenant.routes));
});

test("an unknown route of Graph answers 501 and names itself", async () => {
  await using tenant = await contoso();
  const { status, body } = await tenant.call("GET", "/teams/1/channels");
  expect(status).toBe(501);
  expect(body.error?.message).toBe("The simulated tenant does not implement GET /v1.0/teams/1/channels.");
});

test("an unknown route of the control API and of Teams answers 501", async () => {
  await using tenant = await contoso();
  expect((await fetch(`${tenant.controlUrl}/teams`)).status).toBe(501);
  expect((await fetch(`${tenant.teamsUrl}/l/channel/1`)).status).toBe(501);
});

test("a query option that is not simulated answers 501 instead of being ignored", async () => {
  await using tenant = await contoso();
  const { status, body } = await tenant.call("GET", "/users?$search=x");
  expect([status, body.error?.code]).toEqual([501, "NotImplemented"]);
});

test("a stopped tenant leaves no listener and no timer behind", async () => {
  const tenant = await contoso();
  tenant.tenant.clock.after(1_000, () => {});
  await tenant.stop();
  expect(tenant.tenant.clock.pendingTimers).toBe(0);
  expect(tenant.tenant.events.listeners).toBe(0);
  for (const url of [tenant.loginUrl, tenant.graphUrl, tenant.teamsUrl, tenant.controlUrl]) {
    await expect(fetch(url)).rejects.toThrow();
  }
});
