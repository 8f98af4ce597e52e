import { expect, test } from "bun:test";
import { type RunningTenant, startTenant } from "@msteams-notifications/teams-simulator";
import { GraphClient } from "./adapters/graph/client.ts";
import { RichNotificationDecryption } from "./adapters/graph/notification-decryption.ts";
import { GraphSubscriptionRoutes } from "./adapters/graph/subscriptions.ts";
import { ApplicationTokens } from "./adapters/graph/tokens.ts";
import { GraphValidationTokens } from "./adapters/graph/validation-tokens.ts";
import { openStorage, type Storage } from "./adapters/postgres/storage.ts";
import { migratedDatabase, silentLog } from "./adapters/postgres/testing/database.ts";
import { RecordedTasks } from "./adapters/postgres/testing/recorded-tasks.ts";
import { RememberedConnections } from "./application/connections/remembered-connections.ts";
import { InboxRoom } from "./application/inbox/inbox-room.ts";
import { InboxWorker } from "./application/inbox/inbox-worker.ts";
import { noMetrics } from "./application/metrics.ts";
import { chatMessageRules } from "./application/notifications/chat-message-rules.ts";
import type { OpenedMessage } from "./application/notifications/opened-message.ts";
import { receiveChanges } from "./application/notifications/receive-changes.ts";
import { receiveLifecycle } from "./application/notifications/receive-lifecycle.ts";
import { Triage } from "./application/notifications/triage.ts";
import { Subscriptions } from "./application/subscriptions/subscriptions.ts";
import { CountingRandomness } from "./application/testing/randomness.ts";
import { systemTimers } from "./application/timers.ts";
import type { ChatMessage } from "./domain/chat-message.ts";

/** From a message typed in a tenant to the work behind our inbox, over HTTP, encryption and a real database. */

const clock = { now: () => Date.now() };
const webhookSecret = "the webhook secret";

function appIn(tenant: RunningTenant) {
  const secret = "client secret";
  const app = tenant.tenant.directory.addApp({
    secrets: [{ value: secret, expiresAt: Date.now() + 86_400_000 }],
    grantedApplicationRoles: ["Chat.Read.All", "Presence.Read.All"],
  });
  const { loginUrl, graphUrl, tenantId } = tenant;
  return { loginUrl, graphUrl, tenantId, clientId: app.clientId, clientSecret: secret };
}

function subscriptionsOver(
  storage: Storage,
  tenant: RunningTenant,
  settings: ReturnType<typeof appIn>,
  pluginUrl: string,
) {
  const tokens = new ApplicationTokens(settings, clock);
  const client = new GraphClient({ graphUrl: tenant.graphUrl, tokens, clock, log: silentLog });
  return new Subscriptions({
    clock,
    randomness: new CountingRandomness(),
    log: silentLog,
    metrics: noMetrics,
    graph: new GraphSubscriptionRoutes(client),
    store: storage.subscriptions,
    problems: storage.problems,
    resync: storage.reading,
    connections: storage.connections,
    certificates: storage.certificates,
    settings: { scope: "users", syncNotifications: true, webhookSecret, pluginUrl },
  });
}

test("messages typed in Teams arrive decrypted, once, in order; a removed subscription comes back", async () => {
  await using tenant = await startTenant();
  await using fresh = await migratedDatabase();
  const options = {
    dataSource: fresh.url,
    encryptionKey: "k".repeat(32),
    clock,
    timers: systemTimers,
    randomness: new CountingRandomness(),
    log: silentLog,
  };
  await using storage = await openStorage(options);
  const { inbox: store, shares, connections } = storage;
  await using inbox = new InboxWorker<OpenedMessage<ChatMessage>>({
    ...{ store, shares, clock },
    timers: systemTimers,
  });
  const people = new RememberedConnections(connections);
  storage.connectionNews.follow(people);
  const settings = appIn(tenant);
  const lifecycleDone = Promise.withResolvers<void>();
  await using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const url = new URL(request.url);
      const validation = url.searchParams.get("validationToken");
      if (validation !== null) return new Response(validation, { headers: { "content-type": "text/plain" } });
      const json: unknown = await request.json();
      if (url.pathname.endsWith("/lifecycle")) {
        const parts = { store: storage.subscriptions, subscriptions, resync: storage.reading };
        const received = await receiveLifecycle(
          { ...parts, clock, log: silentLog, metrics: noMetrics, webhookSecret },
          json,
        );
        if (received.kind === "accepted") void received.followUp.then(() => lifecycleDone.resolve());
        return new Response(null, { status: 202 });
      }
      const received = await receiveChanges(
        {
          subscriptions: storage.subscriptions,
          tokens: new GraphValidationTokens(settings, { clock }),
          triage,
          inbox,
          room: new InboxRoom({ pending: (limit) => storage.inbox.pending(limit), clock, log: silentLog }),
          clock,
          timers: systemTimers,
          log: silentLog,
          metrics: noMetrics,
          webhookSecret,
          tenantId: tenant.tenantId,
        },
        json,
      );
      return new Response(null, { status: received.kind === "stored" ? 202 : 503 });
    },
  });
  const subscriptions = subscriptionsOver(storage, tenant, settings, `http://127.0.0.1:${server.port}`);
  const rules = chatMessageRules({
    render: () => ({ message: "" }),
    renderThread: () => "",
  });
  const unknownChats = { known: () => undefined, forget() {} };
  const decryption = new RichNotificationDecryption((id) => storage.certificates.privateKey(id));
  const triage = new Triage({ rules, decryption, connections: people, chats: unknownChats, clock });
  const texts: unknown[] = [];
  const tasks = new RecordedTasks(async ({ encryptedContent }) => {
    if (encryptedContent === undefined) throw new Error("the notification came without content");
    texts.push(await decryption.decrypt(encryptedContent));
  });
  await inbox.start(tasks);

  const { directory, conversations } = tenant.tenant;
  const [alice, bob] = [
    directory.addUser({ displayName: "Alice" }),
    directory.addUser({ displayName: "Bob" }),
  ];
  const connection = {
    userId: "a".repeat(26),
    tenantId: tenant.tenantId,
    teamsUserId: alice.id,
    teamsAccount: "alice",
    connectedAtMs: 1,
  };
  await storage.connections.add(connection);
  await subscriptions.ensureFor(connection);
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [alice.id, bob.id] });
  for (const text of ["one", "two", "three"]) conversations.send(chat.id, { from: { userId: bob.id }, text });
  await tasks.ended(3);
  expect(texts.map(contentOf)).toEqual(["one", "two", "three"]);

  const [before] = await storage.subscriptions.list();
  tenant.tenant.lifecycle.remove(before?.id ?? "");
  await lifecycleDone.promise;
  const [after] = await storage.subscriptions.list();
  expect(after?.id).not.toBe(before?.id);
  const due = await storage.reading.due(Date.now(), Number.MAX_SAFE_INTEGER, 10);
  expect(due.map((reader) => reader.connection.userId)).toEqual([connection.userId]);
  conversations.send(chat.id, { from: { userId: bob.id }, text: "four" });
  await tasks.ended(4);
  expect(contentOf(texts.at(-1))).toBe("four");

  await subscriptions.removeFor(connection.userId);
  expect(await storage.subscriptions.list()).toEqual([]);
}, 20_000);

function contentOf(message: unknown): unknown {
  if (typeof message !== "object" || message === null || !("body" in message)) return undefined;
  const { body } = message;
  return typeof body === "object" && body !== null && "content" in body ? body.content : undefined;
}
