import { expect, test } from "bun:test";
import { type Contoso, contoso } from "../testing/contoso.ts";
import { receiver } from "../testing/receiver.ts";

async function send(
  tenant: Contoso,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${tenant.controlUrl}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? null : JSON.parse(text) };
}

test("a person, a chat and a message are made by hand, and Graph shows them", async () => {
  await using tenant = await contoso();
  const dora = await send(tenant, "POST", "/users", {
    displayName: "Dora Dean",
    mail: null,
    password: "hidden",
  });
  expect([dora.status, dora.body.userPrincipalName, dora.body.hasPassword]).toEqual([
    201,
    "dora.dean@contoso.example",
    true,
  ]);
  expect(JSON.stringify(dora.body)).not.toContain("hidden");
  const memberIds = [tenant.alice.id, dora.body.id];
  const chat = await send(tenant, "POST", "/chats", { chatType: "group", topic: "Launch", memberIds });
  const path = `/chats/${encodeURIComponent(chat.body.id)}/messages`;
  const message = await send(tenant, "POST", path, {
    from: { userId: dora.body.id },
    html: "<p>Ready <b>now</b></p>",
    importance: "high",
    hostedContents: [{ id: "a", contentType: "text/plain", bytesBase64: "aGk=" }],
    files: [{ name: "plan.txt", contentType: "text/plain", bytesBase64: "aGk=" }],
  });
  expect(message.status).toBe(201);
  const read = await tenant.call("GET", `${path}/${message.body.id}`);
  expect(read.body).toMatchObject({
    importance: "high",
    body: { contentType: "html", content: expect.stringMatching(/^<p>Ready <b>now<\/b><\/p><attachment/) },
    attachments: [{ contentType: "reference", name: "plan.txt" }],
  });
  const edited = await send(tenant, "PATCH", `${path}/${message.body.id}`, { text: "Soon" });
  expect(edited.body.lastEditedDateTime).not.toBeNull();
  const reacted = await send(tenant, "POST", `${path}/${message.body.id}/reactions`, {
    userId: tenant.alice.id,
    reactionType: "like",
  });
  expect(reacted.body.reactions).toHaveLength(1);
  const deleted = await send(tenant, "DELETE", `${path}/${message.body.id}`);
  expect(deleted.body.deletedDateTime).not.toBeNull();
  expect(deleted.body.from).toEqual(message.body.from);
  const restored = await send(tenant, "POST", `${path}/${message.body.id}/undelete`);
  expect([restored.body.deletedDateTime, restored.body.body.content]).toEqual([null, "Soon"]);
  expect((await send(tenant, "GET", path)).body).toHaveLength(1);
});

test("rosters and topics change by hand", async () => {
  await using tenant = await contoso();
  const chat = await send(tenant, "POST", "/chats", {
    chatType: "group",
    memberIds: [tenant.alice.id, tenant.bob.id],
  });
  const path = `/chats/${encodeURIComponent(chat.body.id)}`;
  expect(
    (await send(tenant, "POST", `${path}/members`, { userId: tenant.carol.id })).body.members,
  ).toHaveLength(3);
  expect((await send(tenant, "DELETE", `${path}/members/${tenant.bob.id}`)).status).toBe(204);
  expect((await send(tenant, "PATCH", path, { topic: "New" })).body.topic).toBe("New");
  const { body } = await send(tenant, "GET", path);
  expect([body.members.length, body.messageCount]).toEqual([2, 3]);
});

test("presence and account change by hand", async () => {
  await using tenant = await contoso();
  const put = await send(tenant, "PUT", `/users/${tenant.bob.id}/presence`, {
    availability: "Busy",
    activity: "InAMeeting",
  });
  expect(put.body).toMatchObject({ availability: "Busy", activity: "InAMeeting" });
  await send(tenant, "PATCH", `/users/${tenant.bob.id}`, { accountEnabled: false });
  const { body } = await send(tenant, "GET", "/users");
  expect(body[1]).toMatchObject({
    displayName: "Bob Brown",
    accountEnabled: false,
    presence: { activity: "InAMeeting" },
  });
});

test.each([
  ["POST", "/users", { displayName: "" }, 400, "invalid"],
  ["POST", "/users", { displayName: "Bob Brown" }, 409, "conflict"],
  ["POST", "/users", { displayName: "X", admin: true }, 400, "invalid"],
  ["POST", "/chats", { chatType: "oneOnOne", memberIds: ["nobody"] }, 404, "unknown-user"],
  ["GET", "/chats/none", undefined, 404, "unknown-chat"],
  ["PUT", "/users/nobody/presence", { availability: "Away" }, 404, "unknown-user"],
  ["PUT", "/faults/notifications", { lostShare: 2 }, 400, "invalid"],
  ["POST", "/faults/graph", { kind: "earthquake" }, 400, "invalid"],
  ["POST", "/faults/identity", { at: "token", case: "earthquake" }, 400, "invalid"],
  ["POST", "/clock/advance", { ms: -1 }, 400, "invalid"],
  ["POST", "/apps/none/revoke-consent", undefined, 404, "unknown-app"],
])("%s %s with %j is refused with %i %s", async (method, path, body, status, code) => {
  await using tenant = await contoso();
  const refused = await send(tenant, method, path, body);
  expect([refused.status, refused.body.error.code]).toEqual([status, code]);
});

test("a body that is no JSON is refused", async () => {
  await using tenant = await contoso();
  const answer = await fetch(`${tenant.controlUrl}/users`, { method: "POST", body: "{" });
  expect(answer.status).toBe(400);
});

test("faults are armed, listed and ended by hand", async () => {
  await using tenant = await contoso();
  const armed = await send(tenant, "POST", "/faults/graph", {
    kind: "status",
    status: 503,
    route: "GET /v1.0/users",
  });
  await send(tenant, "PUT", "/faults/notifications", { lostShare: 0.1 });
  await send(tenant, "POST", "/faults/identity", { at: "token", case: "unavailable", times: 1 });
  expect((await tenant.call("GET", "/users")).status).toBe(503);
  const listed = (await send(tenant, "GET", "/faults")).body;
  expect([listed.graph.length, listed.notifications.lostShare, listed.identity.length]).toEqual([1, 0.1, 1]);
  expect((await send(tenant, "DELETE", `/faults/graph/${armed.body.id}`)).status).toBe(204);
  expect((await send(tenant, "DELETE", `/faults/graph/${armed.body.id}`)).status).toBe(404);
  expect((await tenant.call("GET", "/users")).status).toBe(200);
  await send(tenant, "DELETE", "/faults");
  const after = (await send(tenant, "GET", "/faults")).body;
  expect([after.notifications.lostShare, after.identity]).toEqual([0, []]);
});

test("subscriptions are shown without their client state, reminded and removed", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const { id } = await tenant.subscribe({
    notificationUrl: endpoint.url,
    lifecycleNotificationUrl: endpoint.url,
  });
  const listed = await send(tenant, "GET", "/subscriptions");
  expect(listed.body).toMatchObject([{ id, hasClientState: true, authorized: true }]);
  expect(JSON.stringify(listed.body)).not.toContain("client-state");
  await send(tenant, "POST", `/subscriptions/${id}/lifecycle`, { event: "missed" });
  await send(tenant, "POST", "/settled");
  expect((await send(tenant, "DELETE", `/subscriptions/${id}`)).status).toBe(204);
  await send(tenant, "POST", "/settled");
  const events = endpoint.received.map(
    ({ body }) => (body as { value: { lifecycleEvent: string }[] }).value[0]?.lifecycleEvent,
  );
  expect(events).toEqual(["missed", "subscriptionRemoved"]);
  const kinds = (await send(tenant, "GET", "/deliveries")).body.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(["attempted", "delivered", "attempted", "delivered"]);
});

test("apps are registered and shown without secrets, and lose consent and tokens by hand", async () => {
  await using tenant = await contoso();
  const secrets = [{ value: "s3cret-value", expiresAt: tenant.tenant.clock.now() + 1_000 }];
  const app = await send(tenant, "POST", "/apps", { displayName: "Other", secrets });
  expect(app.status).toBe(201);
  expect(JSON.stringify((await send(tenant, "GET", "/apps")).body)).not.toContain("s3cret-value");
  await send(tenant, "POST", `/apps/${tenant.clientId}/revoke-consent`);
  expect(tenant.tenant.directory.app(tenant.clientId).grantedApplicationRoles).toEqual([]);
  await send(tenant, "POST", `/tokens/${tenant.clientId}/revoke`);
  expect((await tenant.call("GET", "/users")).status).toBe(401);
});

test("the clock moves, and the requests that Graph answered are listed until forgotten", async () => {
  await using tenant = await contoso();
  const before = (await send(tenant, "GET", "/")).body;
  expect(before).toMatchObject({ tenantId: tenant.tenantId, graphUrl: tenant.graphUrl });
  expect((await send(tenant, "POST", "/clock/advance", { ms: 5_000 })).body).toEqual({
    now: before.now + 5_000,
  });
  await tenant.call("GET", `/users/${tenant.bob.id}`);
  await tenant.call("GET", "/nothing");
  const seen = (await send(tenant, "GET", "/requests")).body;
  expect(seen).toMatchObject([
    {
      method: "GET",
      route: "GET /v1.0/users/:userId",
      status: 200,
      clientId: tenant.clientId,
      at: before.now + 5_000,
    },
    { method: "GET", path: "/v1.0/nothing", route: null, status: 501, clientId: null },
  ]);
  await send(tenant, "DELETE", "/requests");
  expect((await send(tenant, "GET", "/requests")).body).toEqual([]);
});

test("a page of another origin may not act, one that was named may", async () => {
  const origin = "http://127.0.0.1:4000";
  await using tenant = await contoso({ controlOrigins: [origin] });
  const user = { displayName: "Mallory" };
  const foreign = await send(tenant, "POST", "/users", user, { origin: "https://evil.example" });
  expect([foreign.status, foreign.body.error.code]).toEqual([403, "foreign-origin"]);
  expect(tenant.tenant.directory.users).toHaveLength(3);
  const preflight = await send(tenant, "OPTIONS", "/users", undefined, { origin });
  expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, origin]);
  const named = await send(tenant, "POST", "/users", user, { origin });
  expect([named.status, named.headers.get("access-control-allow-origin")]).toEqual([201, origin]);
});
