import { expect, test } from "bun:test";
import type { Integration } from "../../application/integration.ts";
import { defaultPreferences } from "../../domain/reader-preferences.ts";
import { paths } from "./contract.ts";
import { served } from "./testing/served.ts";
import { toldIntegration } from "./testing/told-integration.ts";

const asked = async (method: string, integration?: Integration) => {
  const answer = await served(integration).ask(method, paths.connection, { as: "ann" });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
};

test.each(["GET", "POST", "DELETE"])(
  "%s without a person of Mattermost is 401 and does nothing",
  async (method) => {
    for (const as of [undefined, ""]) {
      const { ask, log } = served(toldIntegration({}));
      const answer = await ask(method, paths.connection, as === undefined ? {} : { as });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ message: "Please sign in to Mattermost and try again." });
      expect(log.lines).toEqual([]);
    }
  },
);

test("Nobody's answer is kept or taken for anything but JSON", async () => {
  const answer = await served().ask("GET", paths.connection, { as: "ann" });
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

test("The state of a person's connection is one of three", async () => {
  const people: string[] = [];
  const none = toldIntegration({ connectionOf: async () => ({ kind: "not-connected" }) });
  const one = toldIntegration({
    connectionOf: async (userId) => {
      people.push(userId);
      const here = { nowMs: 0, timeZone: "UTC" };
      const preferences = { ...defaultPreferences, notifications: "off" } as const;
      const limits = { show: "sender" } as const;
      const since = { connectedAtMs: 1, preferences, limits, mutedChats: 0, files: "off", here } as const;
      return { kind: "connected", account: "ann@example.com", ...since };
    },
  });
  expect(await asked("GET")).toEqual({ status: 200, body: { state: "not-set-up" } });
  expect(await asked("GET", none)).toEqual({ status: 200, body: { state: "not-connected" } });
  const limits = { show: "sender" };
  const body = { state: "connected", account: "ann@example.com", notifications: false, limits };
  expect(await asked("GET", one)).toEqual({ status: 200, body });
  expect(people).toEqual(["ann"]);
});

test("Connecting makes a link for the person who asks", async () => {
  const requests: unknown[] = [];
  const start: Integration["start"] = async (request) => {
    requests.push(request);
    return { kind: "link", url: "https://chat.example.com/start" };
  };
  const body = { url: "https://chat.example.com/start" };
  expect(await asked("POST", toldIntegration({ start }))).toEqual({ status: 201, body });
  expect(requests).toEqual([{ userId: "ann" }]);
});

test("Connecting twice is a conflict that names the account", async () => {
  const start = async () => ({ kind: "already-connected", account: "ann@example.com" }) as const;
  const body = { message: "You are already connected to Teams as ann@example.com." };
  expect(await asked("POST", toldIntegration({ start }))).toEqual({ status: 409, body });
});

test.each([
  ["connected", { kind: "disconnected", account: "ann@example.com" }],
  ["not connected", { kind: "not-connected" }],
] as const)("Disconnecting a person who is %s leaves none", async (_, disconnected) => {
  const disconnect = async () => disconnected;
  expect(await asked("DELETE", toldIntegration({ disconnect }))).toEqual({ status: 204, body: undefined });
});

test.each(["POST", "DELETE"])(
  "%s sends people to their administrator while nothing is set up",
  async (method) => {
    const message = "Microsoft Teams Notifications is not set up yet. Please ask your system administrator.";
    expect(await asked(method)).toEqual({ status: 503, body: { message } });
  },
);

test.each(["GET", "POST", "DELETE"])("%s that fails says so without saying why", async (method) => {
  const { ask, log } = served(toldIntegration({}));
  const answer = await ask(method, `${paths.connection}?token=secret`, { as: "ann" });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ message: "This did not work. Please try again in a minute." });
  expect(log.lines).toEqual([
    `A request failed ${JSON.stringify({ path: paths.connection, cause: "Error" })}`,
  ]);
});

test("Other methods are refused with those there are", async () => {
  const answer = await served().ask("PUT", paths.connection, { as: "ann" });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST, DELETE"]);
  expect(await answer.json()).toEqual({ message: "This address cannot be asked that way." });
});

test.each(["/", "/api/v1/connections", "/connect", "/webhook", "/metrics"])(
  "There is nothing at %s",
  async (path) => {
    const answer = await served().ask("GET", path, { as: "ann" });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ message: "There is nothing at this address." });
  },
);
