import { expect, test } from "bun:test";
import { here, RecordedIntegration } from "../../application/commands/testing/recorded-integration.ts";
import { served } from "./testing/served.ts";

const path = "/api/v1/snooze";

function world() {
  const integration = new RecordedIntegration();
  integration.account = "ann@example.com";
  return { integration, ...served(integration) };
}

test("a snooze is told as one says it in the person's time zone", async () => {
  const { integration, ask } = world();
  expect(await (await ask("GET", path, { as: "ann" })).json()).toEqual({ snooze: {} });
  integration.snoozed = { kind: "is", untilMs: here.nowMs + 3_600_000, here };
  expect(await (await ask("GET", path, { as: "ann" })).json()).toEqual({ snooze: { until: "22:15" } });
  expect(integration.asked).toEqual([
    ["snooze", "ann", undefined],
    ["snooze", "ann", undefined],
  ]);
});

test("a person snoozes until a time in words", async () => {
  const { integration, ask } = world();
  integration.snoozed = { kind: "became", untilMs: here.nowMs + 3_600_000, here };
  const answer = await ask("PUT", path, { as: "ann", body: JSON.stringify({ until: "1h" }) });
  expect(await answer.json()).toEqual({ snooze: { until: "22:15" } });
  expect(integration.asked).toEqual([["snooze", "ann", "1h"]]);
});

test("what is no time is refused in words, and so is what is no request", async () => {
  const { integration, ask } = world();
  integration.snoozed = { kind: "past", typed: "14:00" };
  const past = await ask("PUT", path, { as: "ann", body: JSON.stringify({ until: "14:00" }) });
  expect(past.status).toBe(400);
  expect((await past.json()).message).toContain("is over today");
  for (const body of ["{}", "no json", JSON.stringify({ until: "x".repeat(51) })])
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
