import { expect, test } from "bun:test";
import { contoso } from "../testing/contoso.ts";

test.each([
  ["/users?$filter=mail gt 'a'", 400],
  ["/users?$filter=jobTitle eq 'Cook'", 400],
  ["/users?$filter=(mail eq 'a')", 501],
  ["/users?$top=0", 400],
  ["/users?$top=1000", 400],
  ["/users?$skiptoken=AAAA", 400],
  ["/users/{bob}?$expand=manager", 501],
  ["/users/{bob}/chats?$expand=lastMessagePreview", 501],
  ["/users/{bob}/chats?$filter=topic eq 'x'", 501],
  ["/users/{bob}/chats?$top=51", 400],
  ["/users/{bob}/chats/getAllMessages?$filter=createdDateTime gt 2026-01-01T00:00:00Z", 400],
  ["/users/{bob}/chats/getAllMessages?$filter=lastModifiedDateTime ge 2026-01-01T00:00:00Z", 400],
  ["/users/{bob}/chats/getAllMessages?$filter=lastModifiedDateTime gt yesterday", 400],
  ["/users/{bob}/chats/getAllMessages?$orderby=createdDateTime desc", 501],
  ["/users/{bob}/chats/getAllMessages?model=B", 200],
  ["/users/nobody/chats", 404],
  ["/users/nobody/presence", 404],
  ["/chats/19:none@thread.v2", 404],
  ["/chats/19:none@thread.v2/messages/1", 404],
  ["/chats/{chat}/messages/1", 404],
  ["/chats/{chat}/messages/1?$expand=replies", 501],
  [
    "/chats/{chat}/messages?$orderby=lastModifiedDateTime desc&$filter=lastModifiedDateTime gt 2026-01-01T00:00:00Z or lastModifiedDateTime lt 2025-01-01T00:00:00Z",
    400,
  ],
  ["/chats/{chat}/messages/{message}/hostedContents/none/$value", 404],
  ["/chats/{chat}/messages/{message}/hostedContents", 501],
  ["/chats/{chat}/members?$top=1", 501],
  ["/subscriptions?$top=1", 501],
])("GET %s is answered %i", async (template, status) => {
  await using tenant = await contoso();
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const message = conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "hello" });
  const path = template
    .replace("{bob}", tenant.bob.id)
    .replace("{chat}", encodeURIComponent(chat.id))
    .replace("{message}", message.id);
  expect((await tenant.call("GET", path)).status).toBe(status);
});

test.each([
  ["no requests", {}],
  ["an empty list", { requests: [] }],
  ["a request without a method", { requests: [{ id: "a", url: "/users" }] }],
  ["a request that is no object", { requests: ["GET /users"] }],
  [
    "a dependency on a later request",
    {
      requests: [
        { id: "a", method: "GET", url: "/users", dependsOn: ["b"] },
        { id: "b", method: "GET", url: "/users" },
      ],
    },
  ],
])("a batch with %s is refused as a whole", async (_case, body) => {
  await using tenant = await contoso();
  expect((await tenant.call("POST", "/$batch", body)).status).toBe(400);
});

test("inside a batch, faults and unknown routes strike single requests", async () => {
  await using tenant = await contoso();
  tenant.tenant.faults.arm({ kind: "reset", route: "GET /v1.0/users" });
  tenant.tenant.faults.arm({ kind: "throttled", retryAfterSeconds: 9, route: "GET /v1.0/users/:userId" });
  const { status, body } = await tenant.call("POST", "/$batch", {
    requests: ["/users", `/users/${tenant.bob.id}`, "/teams", "/subscriptions"].map((url, at) => ({
      id: String(at),
      method: "GET",
      url,
    })),
  });
  const responses = body.responses as { status: number; headers: Record<string, string> }[];
  expect([status, ...responses.map((response) => response.status)]).toEqual([200, 502, 429, 501, 200]);
  expect(responses[1]?.headers["retry-after"]).toBe("9");
});

test("ids that need no presence list are refused", async () => {
  await using tenant = await contoso();
  for (const ids of [undefined, "x", [1]]) {
    expect((await tenant.call("POST", "/communications/getPresencesByUserId", { ids })).status).toBe(400);
  }
});
