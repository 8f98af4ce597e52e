import { afterAll, beforeAll, expect, test } from "bun:test";
import { type RunningTenant, startTenant } from "@msteams-notifications/teams-simulator";
import { historicMessage } from "../../application/catch-up/historic-message.ts";
import { GraphClient } from "./client.ts";
import { GraphMessageHistory } from "./message-history.ts";
import { ApplicationTokens } from "./tokens.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => Date.now() };
const startAt = Date.UTC(2026, 10, 23, 14);

let running: RunningTenant;
let history: GraphMessageHistory;
beforeAll(async () => {
  running = await startTenant({ clock: { startAt, running: false } });
  const { tenant, tenantId, loginUrl, graphUrl } = running;
  const app = tenant.directory.addApp({
    secrets: [{ value: "secret", expiresAt: startAt + 86_400_000 }],
    grantedApplicationRoles: ["Chat.Read.All"],
  });
  const settings = { loginUrl, graphUrl, tenantId, clientId: app.clientId, clientSecret: "secret" };
  const tokens = new ApplicationTokens(settings, clock);
  history = new GraphMessageHistory(new GraphClient({ graphUrl, tokens, clock, log }));
});
afterAll(() => running.stop());

async function read(userId: string, fromMs: number, untilMs: number) {
  const pages: (readonly unknown[])[] = [];
  for await (const page of history.pages(userId, { fromMs, untilMs })) pages.push(page);
  const ids = pages.flat().flatMap((json) => historicMessage(json)?.message.id ?? []);
  return { pages: pages.length, ids };
}

test("all messages of a person's chats within the window come, page by page, and no other", async () => {
  const { directory, conversations, clock: tenantTime } = running.tenant;
  const [ann, ben, carol] = ["Ann", "Ben", "Carol"].map((displayName) => directory.addUser({ displayName }));
  if (ann === undefined || ben === undefined || carol === undefined) throw new Error("nobody");
  const one = conversations.create({ chatType: "oneOnOne", memberIds: [ann.id, ben.id] });
  const group = conversations.create({
    chatType: "group",
    memberIds: [ann.id, ben.id, carol.id],
    topic: "Plans",
  });
  const elsewhere = conversations.create({ chatType: "oneOnOne", memberIds: [ben.id, carol.id] });
  conversations.send(one.id, { from: { userId: ben.id }, text: "too early" });
  await tenantTime.advance(1_000);
  const fromMs = tenantTime.now();
  const expected: string[] = [];
  for (let number = 0; number < 60; number += 1) {
    const chat = number % 2 === 0 ? one : group;
    expected.push(conversations.send(chat.id, { from: { userId: ben.id }, text: `${number}` }).id);
    conversations.send(elsewhere.id, { from: { userId: ben.id }, text: "not hers" });
    await tenantTime.advance(10);
  }
  const untilMs = tenantTime.now();
  conversations.send(one.id, { from: { userId: ben.id }, text: "too late" });
  const found = await read(ann.id, fromMs, untilMs);
  expect(found.pages).toBe(2);
  expect(found.ids.toSorted()).toEqual(expected.toSorted());
});

test("a window without messages is one empty page", async () => {
  const lonely = running.tenant.directory.addUser({ displayName: "Lonely" });
  expect(await read(lonely.id, startAt, startAt + 1_000)).toEqual({ pages: 1, ids: [] });
});

test("a person whom the tenant does not know is not found", async () => {
  await expect(read(crypto.randomUUID(), startAt, startAt + 1)).rejects.toMatchObject({ code: "not-found" });
});

test("a reading that waits for its turn ends when it is to stop", async () => {
  const stopping = new AbortController();
  const refused = async () => {
    queueMicrotask(() => stopping.abort());
    return new Response("{}", { status: 429, headers: { "retry-after": "600" } });
  };
  const tokens = { current: async () => "token", renew: async () => "token" };
  const options = { graphUrl: "https://graph.example", tokens, clock, log };
  const client = new GraphClient({ ...options, fetch: refused as unknown as typeof fetch });
  const pages = new GraphMessageHistory(client, stopping.signal).pages("ann", { fromMs: 1, untilMs: 2 });
  await expect(pages.next()).rejects.toMatchObject({ code: "throttled" });
});
