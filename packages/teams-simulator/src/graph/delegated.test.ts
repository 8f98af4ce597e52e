import { expect, test } from "bun:test";
import { type Contoso, contoso, inMinutes } from "../testing/contoso.ts";
import { tokenOf } from "../testing/delegated-token.ts";
import { receiver } from "../testing/receiver.ts";

/** Bob signs in to the app, and the app holds a token of his. */
async function bobsAuthorization(
  tenant: Contoso,
  scopes: readonly string[],
): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await tokenOf(tenant, tenant.bob, scopes)}` };
}

test("a signed-in person reads what is theirs and nobody else's", async () => {
  await using tenant = await contoso();
  const { conversations } = tenant.tenant;
  const own = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const foreign = conversations.create({
    chatType: "oneOnOne",
    memberIds: [tenant.alice.id, tenant.carol.id],
  });
  const bob = await bobsAuthorization(tenant, ["User.Read", "Chat.Read", "Presence.Read"]);
  const statusOf = async (path: string) => (await tenant.call("GET", path, undefined, bob)).status;
  expect((await tenant.call("GET", "/me", undefined, bob)).body.id).toBe(tenant.bob.id);
  expect(await statusOf(`/users/${tenant.alice.id}`)).toBe(403);
  expect(await statusOf(`/users/${tenant.bob.id}/chats`)).toBe(200);
  expect(await statusOf(`/users/${tenant.alice.id}/chats`)).toBe(403);
  expect(await statusOf(`/chats/${encodeURIComponent(own.id)}/messages`)).toBe(200);
  expect(await statusOf(`/chats/${encodeURIComponent(foreign.id)}/messages`)).toBe(403);
  expect(await statusOf(`/users/${tenant.bob.id}/presence`)).toBe(200);
  expect(await statusOf(`/users/${tenant.alice.id}/presence`)).toBe(403);
});

test("getAllMessages of a person is for applications only", async () => {
  await using tenant = await contoso();
  const bob = await bobsAuthorization(tenant, ["Chat.Read"]);
  const { status } = await tenant.call("GET", `/users/${tenant.bob.id}/chats/getAllMessages`, undefined, bob);
  expect(status).toBe(403);
});

test("a signed-in person subscribes to their own chats with /me, and not to those of others", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const bob = await bobsAuthorization(tenant, ["Chat.Read"]);
  const body = { changeType: "created", notificationUrl: endpoint.url, expirationDateTime: inMinutes(50) };
  const own = await tenant.call(
    "POST",
    "/subscriptions",
    { ...body, resource: "/me/chats/getAllMessages" },
    bob,
  );
  expect([own.status, own.body.creatorId]).toEqual([201, tenant.bob.id]);
  const foreign = { ...body, resource: `/users/${tenant.alice.id}/chats/getAllMessages` };
  expect((await tenant.call("POST", "/subscriptions", foreign, bob)).status).toBe(403);
  const everyone = { ...body, resource: "/chats/getAllMessages" };
  expect((await tenant.call("POST", "/subscriptions", everyone, bob)).status).toBe(403);
});

test("presence is watched with a person's token, for at most an hour, once per app and person", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const bob = await bobsAuthorization(tenant, ["Presence.Read.All"]);
  const create = (body: Record<string, unknown>) =>
    tenant.call(
      "POST",
      "/subscriptions",
      { changeType: "updated", notificationUrl: endpoint.url, expirationDateTime: inMinutes(60), ...body },
      bob,
    );
  const several = `/communications/presences?$filter=id in ('${tenant.alice.id}','${tenant.carol.id}')`;
  expect((await create({ resource: several, expirationDateTime: inMinutes(61) })).status).toBe(400);
  expect((await create({ resource: several, changeType: "created" })).status).toBe(400);
  expect((await create({ resource: several })).status).toBe(201);
  expect((await create({ resource: `/communications/presences/${tenant.alice.id}` })).status).toBe(403);
  tenant.tenant.presences.set(tenant.bob.id, { availability: "Busy" });
  tenant.tenant.presences.set(tenant.carol.id, { availability: "Away" });
  const [posted] = await endpoint.first(1);
  expect(posted?.body).toMatchObject({
    value: [
      {
        changeType: "updated",
        organizationId: tenant.tenantId,
        resource: `communications/presences/${tenant.carol.id}`,
        resourceData: { id: tenant.carol.id, "@odata.id": `users/${tenant.carol.id}/presence` },
      },
    ],
  });
});
