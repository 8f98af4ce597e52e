import { expect, test } from "bun:test";
import { here, RecordedIntegration } from "../../application/commands/testing/recorded-integration.ts";
import { served } from "./testing/served.ts";

const path = "/api/v1/quiet-hours";
const nights = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 1200, to: 480 }];

function world() {
  const integration = new RecordedIntegration();
  integration.account = "ann@example.com";
  return { integration, ...served(integration) };
}

test("quiet hours are told as they are typed", async () => {
  const { integration, ask } = world();
  expect(await (await ask("GET", path, { as: "ann" })).json()).toEqual({ quiet: { hours: "" } });
  integration.quiet = { kind: "is", hours: nights, untilMs: undefined, here };
  const told = await (await ask("GET", path, { as: "ann" })).json();
  expect(told).toEqual({ quiet: { hours: "daily 20:00-08:00" } });
});

test("a person types quiet hours, and nothing for none", async () => {
  const { integration, ask } = world();
  for (const hours of ["daily 20:00-08:00", " "])
    expect((await ask("PUT", path, { as: "ann", body: JSON.stringify({ hours }) })).status).toBe(200);
  expect(integration.asked).toEqual([
    ["quietHours", "ann", "daily 20:00-08:00"],
    ["quietHours", "ann", "off"],
  ]);
});

test("what says no hours is refused in words, and so is what is no request", async () => {
  const { integration, ask } = world();
  integration.quiet = { kind: "not-understood", part: "nights" };
  const refused = await ask("PUT", path, { as: "ann", body: JSON.stringify({ hours: "nights" }) });
  expect(refused.status).toBe(400);
  expect((await refused.json()).message).toContain("`nights` says no hours of days.");
  for (const body of ["{}", "no json", JSON.stringify({ hours: "x".repeat(501) })])
    expect((await ask("PUT", path, { as: "ann", body })).status).toBe(400);
});

test("who is not connected is told so, and nobody else is answered", async () => {
  const { integration, ask } = world();
  integration.account = undefined;
  expect(await (await ask("GET", path, { as: "ann" })).json()).toEqual({});
  for (const method of ["GET", "PUT"]) {
    const body = method === "PUT" ? { body: "{}" } : {};
    expect((await ask(method, path, body)).status).toBe(401);
    expect((await served().ask(method, path, { as: "ann", ...body })).status).toBe(503);
  }
});
