import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type RunningTenant, startTenant } from "@msteams-notifications/teams-simulator";
import type { Log } from "../../application/log.ts";
import { noMetrics } from "../../application/metrics.ts";
import { PresenceBatch } from "../../application/notifications/presence-batch.ts";
import { systemTimers } from "../../application/timers.ts";
import { decideByPresence } from "../../domain/delivery-policy.ts";
import { GraphChats } from "./chats.ts";
import { GraphClient } from "./client.ts";
import { GraphPresences } from "./presences.ts";
import { GraphSubscriptionRoutes } from "./subscriptions.ts";
import { ApplicationTokens } from "./tokens.ts";

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => Date.now() };

let running: RunningTenant;
let graph: GraphClient;
let people: string[] = [];

beforeAll(async () => {
  running = await startTenant();
  const { tenant, tenantId, loginUrl, graphUrl } = running;
  const app = tenant.directory.addApp({
    secrets: [{ value: "secret", expiresAt: Date.now() + 86_400_000 }],
    grantedApplicationRoles: ["Chat.Read.All", "Presence.Read.All"],
  });
  const settings = { loginUrl, graphUrl, tenantId, clientId: app.clientId, clientSecret: "secret" };
  graph = new GraphClient({ graphUrl, tokens: new ApplicationTokens(settings, clock), clock, log });
  people = Array.from(
    { length: 30 },
    (_, index) => tenant.directory.addUser({ displayName: `Person ${index}` }).id,
  );
});
afterAll(() => running.stop());

describe("presence", () => {
  test("comes back under the ids that were asked for", async () => {
    const [one = "", other = ""] = people;
    running.tenant.presences.set(one, { availability: "Away" });
    running.tenant.presences.set(other, { availability: "Busy", activity: "InACall" });
    const found = await new GraphPresences(graph).presencesOf([one, other]);
    expect(found.get(one)).toMatchObject({ availability: "away" });
    expect(found.get(other)).toMatchObject({ availability: "busy", activity: "inACall" });
  });

  test("of somebody whom Graph leaves out is missing, and their message is delivered", async () => {
    const [present = "", gone = ""] = [
      people[2],
      running.tenant.directory.addUser({ displayName: "Gone" }).id,
    ];
    running.tenant.presences.set(present, { availability: "Available" });
    running.tenant.directory.removeUser(gone);
    const timers = systemTimers;
    const batch = new PresenceBatch({ source: new GraphPresences(graph), clock, timers, metrics: noMetrics });
    const [presence, missing] = await Promise.all([batch.presenceOf(present), batch.presenceOf(gone)]);
    expect(decideByPresence(presence)).toEqual({ kind: "suppress", reason: "available" });
    expect(missing).toBe("missing");
    expect(decideByPresence(missing)).toEqual({ kind: "deliver", because: "presence-missing" });
  });

  test("is never asked for more people than Graph takes", async () => {
    const tooMany = Array.from({ length: 651 }, (_, index) => String(index));
    await expect(new GraphPresences(graph).presencesOf(tooMany)).rejects.toThrow("650");
  });
});

describe("a chat", () => {
  test("has its topic and all its members, also when the roster is long", async () => {
    const chat = running.tenant.conversations.create({
      chatType: "group",
      memberIds: people,
      topic: "Everyone",
    });
    const read = await new GraphChats(graph).chat(chat.id);
    expect(read).toMatchObject({ id: chat.id, kind: "group", topic: "Everyone" });
    expect(read.members.map((member) => member.teamsUserId).toSorted()).toEqual(people.toSorted());
  });

  test("that is gone is not found", async () => {
    await expect(new GraphChats(graph).chat("19:0@thread.v2")).rejects.toMatchObject({ code: "not-found" });
  });

  test("gives one of its messages", async () => {
    const [one = "", other = ""] = people;
    const chat = running.tenant.conversations.create({ chatType: "oneOnOne", memberIds: [one, other] });
    const sent = running.tenant.conversations.send(chat.id, { from: { userId: one }, html: "<p>hello</p>" });
    const read = await new GraphChats(graph).message(chat.id, sent.id);
    expect(read).toMatchObject({
      chatId: chat.id,
      id: sent.id,
      body: { format: "html", content: "<p>hello</p>" },
    });
  });
});

describe("subscriptions", () => {
  test("that Graph does not know are gone already when they are removed", async () => {
    await new GraphSubscriptionRoutes(graph).remove(crypto.randomUUID(), { kind: "person" });
  });

  test("cannot be renewed once they are gone", async () => {
    const untilMs = Date.now() + 3_600_000;
    const renewal = new GraphSubscriptionRoutes(graph).renew(crypto.randomUUID(), untilMs, {
      kind: "person",
    });
    await expect(renewal).rejects.toMatchObject({ code: "not-found" });
  });
});
