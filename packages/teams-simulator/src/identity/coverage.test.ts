import { expect, test } from "bun:test";
import { loginHostInProcess } from "../testing/login-host.ts";
import { identityCoverage } from "./coverage.ts";

test("the coverage table and the registered routes are the same", () => {
  const { identity } = loginHostInProcess();
  const registered = identity.routes.map(({ method, path }) => `${method} ${path}`).sort();
  expect(identityCoverage.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(registered);
});

test("an unknown route answers 501 and names itself", async () => {
  const { fetch, loginUrl } = loginHostInProcess();
  const response = await fetch(new Request(`${loginUrl}/common/oauth2/v2.0/devicecode`, { method: "POST" }));
  expect(response.status).toBe(501);
  expect(await response.json()).toEqual({
    error: "not_simulated",
    route: "POST /common/oauth2/v2.0/devicecode",
  });
});
