import { expect, test } from "bun:test";
import type { DeliveryRecord } from "../../application/deliveries/delivery-log.ts";
import { administrator, served } from "./testing/served.ts";
import { toldIntegration } from "./testing/told-integration.ts";

const status = "/api/v1/admin/status";
const deliveries = "/api/v1/admin/deliveries";

test.each([status, deliveries])("%s is for system administrators alone", async (path) => {
  const { ask, log } = served(toldIntegration({}));
  expect((await ask("GET", path)).status).toBe(401);
  const answer = await ask("GET", path, { as: "ann" });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toEqual({ message: "Only system administrators can see this." });
  expect(log.lines).toEqual([]);
});

test("What is missing of the set-up is told", async () => {
  const answer = await served().ask("GET", status, { as: administrator });
  const problems = [{ what: "The client ID is missing.", doThis: "Enter it." }];
  expect([answer.status, await answer.json()]).toEqual([200, { state: "not-set-up", problems }]);
});

test("Counts of people and subscriptions are told", async () => {
  const overview = {
    connectedPeople: 2,
    subscriptions: { wanted: 2, active: 2, problems: [] },
    access: [],
    backlog: { pending: 1, held: 0, dead: 0 },
    waitingToCatchUp: 0,
    noCatchUp: undefined,
    peopleWithoutFiles: 0,
  };
  const integration = toldIntegration({ overview: async () => overview });
  const answer = await served(integration).ask("GET", status, { as: administrator });
  expect([answer.status, await answer.json()]).toEqual([200, { state: "ready", ...overview }]);
});

test("A delivery tells its message, its recipient, its end and its times", async () => {
  const record: DeliveryRecord = {
    chatId: "19:chat",
    messageId: "1700000000000",
    userId: "ann-id",
    outcome: { kind: "suppressed", reason: "busy" },
    channelId: undefined,
    intendedAtMs: undefined,
    changedAtMs: undefined,
    times: {
      sentAtMs: 1,
      receivedAtMs: 2,
      storedAtMs: 3,
      startedAtMs: 4,
      decryptedAtMs: 5,
      decidedAtMs: 6,
      endedAtMs: 7,
    },
  };
  const integration = toldIntegration({ recentDeliveries: async () => [record] });
  const answer = await served(integration).ask("GET", deliveries, { as: administrator });
  expect(answer.status).toBe(200);
  const { chatId, messageId, userId, outcome, times } = record;
  expect(await answer.json()).toEqual({ deliveries: [{ chatId, messageId, userId, outcome, times }] });
});

test.each([
  ["", 50],
  ["?limit=1", 1],
  ["?limit=500", 500],
])("Asking for deliveries with '%s' gives at most %d", async (query, expected) => {
  const limits: number[] = [];
  const integration = toldIntegration({
    recentDeliveries: async (limit) => {
      limits.push(limit);
      return [];
    },
  });
  const answer = await served(integration).ask("GET", `${deliveries}${query}`, { as: administrator });
  expect([answer.status, await answer.json()]).toEqual([200, { deliveries: [] }]);
  expect(limits).toEqual([expected]);
});

test.each(["0", "501", "-1", "1.5", "1e2", "", "all", "00000"])(
  "A limit of '%s' is refused",
  async (limit) => {
    const { ask } = served(toldIntegration({}));
    const answer = await ask("GET", `${deliveries}?limit=${limit}`, { as: administrator });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: "limit is a number from 1 to 500." });
  },
);

test("There are no deliveries to see while nothing is set up", async () => {
  const answer = await served().ask("GET", deliveries, { as: administrator });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ message: "The plugin is not set up yet; see /msteams status." });
});
