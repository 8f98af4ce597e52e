import { expect, test } from "bun:test";
import { generateKeyPairSync } from "node:crypto";
import { basicSubscription, contoso, encryptionCertificate, inMinutes } from "../testing/contoso.ts";
import { receiver } from "../testing/receiver.ts";

async function withEndpoint(options: Parameters<typeof contoso>[0] = {}) {
  const tenant = await contoso(options);
  const endpoint = await receiver();
  const create = (body: Record<string, unknown>, headers?: Record<string, string>) =>
    tenant.call(
      "POST",
      "/subscriptions",
      { ...basicSubscription(), notificationUrl: endpoint.url, ...body },
      headers,
    );
  const chat = tenant.tenant.conversations.create({
    chatType: "group",
    memberIds: [tenant.alice.id, tenant.bob.id],
  });
  return {
    ...tenant,
    ...{ endpoint, create, chat },
    [Symbol.asyncDispose]: async () => {
      await endpoint[Symbol.asyncDispose]();
      await tenant.stop();
    },
  };
}

test("many subscriptions are listed in pages, also when one ends between two of them", async () => {
  await using tenant = await withEndpoint({ subscriptionsPerPage: 2 });
  const people = [tenant.alice, tenant.bob, tenant.carol];
  const made = await Promise.all(
    people.map(
      async ({ id }) => (await tenant.create({ resource: `/users/${id}/chats/getAllMessages` })).body.id,
    ),
  );
  const first = await tenant.call("GET", "/subscriptions");
  const seen = first.body.value?.map((one) => one.id) ?? [];
  expect(seen).toHaveLength(2);
  await tenant.call("DELETE", `/subscriptions/${seen.at(-1)}`);
  const next = String(first.body["@odata.nextLink"]).replace(`${tenant.graphUrl}/v1.0`, "");
  const second = await tenant.call("GET", next);
  expect(second.body["@odata.nextLink"]).toBeUndefined();
  expect([...seen, ...(second.body.value?.map((one) => one.id) ?? [])].toSorted()).toEqual(made.toSorted());
});

test("a subscription comes back without its certificate, and its owner finds it by id and in the list", async () => {
  await using tenant = await withEndpoint();
  const { base64 } = await encryptionCertificate();
  const created = await tenant.create({
    includeResourceData: true,
    encryptionCertificate: base64,
    encryptionCertificateId: "key-1",
  });
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    applicationId: tenant.clientId,
    creatorId: tenant.clientId,
    changeType: "created,deleted,updated",
    clientState: "client-state",
    encryptionCertificate: null,
    encryptionCertificateId: "key-1",
    expirationDateTime: inMinutes(60),
    resource: "/chats/getAllMessages",
  });
  const found = await tenant.call("GET", `/subscriptions/${created.body.id}`);
  expect(found.body).toEqual(created.body);
  const list = await tenant.call("GET", "/subscriptions");
  expect(list.body.value?.map((one) => one.id)).toEqual([created.body.id]);
  expect((await tenant.call("DELETE", `/subscriptions/${created.body.id}`)).status).toBe(204);
  const gone = await tenant.call("PATCH", `/subscriptions/${created.body.id}`, {
    expirationDateTime: inMinutes(50),
  });
  expect([gone.status, gone.body.error?.code]).toEqual([404, "ResourceNotFound"]);
});

test("another app neither sees nor ends a subscription", async () => {
  await using tenant = await withEndpoint();
  const other = tenant.tenant.directory.addApp({
    secrets: [{ value: "contoso-secret", expiresAt: tenant.tenant.clock.now() + 86_400_000 }],
  });
  const authorization = `Bearer ${await tenant.newAccessToken(other.clientId)}`;
  const { body } = await tenant.create({});
  const path = `/subscriptions/${body.id}`;
  expect((await tenant.call("GET", "/subscriptions", undefined, { authorization })).body.value).toEqual([]);
  expect((await tenant.call("DELETE", path, undefined, { authorization })).status).toBe(404);
  const refused = await tenant.create({}, { authorization });
  expect([refused.status, refused.body.error?.code]).toEqual([403, "Forbidden"]);
});

test.each<[string, Record<string, unknown>, string]>([
  ["without changeType", { changeType: "" }, "changeType"],
  ["with an unknown changeType", { changeType: "created,moved" }, "moved"],
  ["without resource", { resource: null }, "resource"],
  ["without notificationUrl", { notificationUrl: null }, "notificationUrl"],
  ["with an http URL beyond loopback", { notificationUrl: "http://example.org/hook" }, "https"],
  ["with a notificationUrl that is no URL", { notificationUrl: "hook" }, "https"],
  ["with a clientState of 129 characters", { clientState: "x".repeat(129) }, "128"],
  ["without expirationDateTime", { expirationDateTime: null }, "expirationDateTime"],
  ["with an expiry that is no time", { expirationDateTime: "soon" }, "soon"],
  ["with an expiry in the past", { expirationDateTime: inMinutes(-1) }, "future"],
  ["with an expiry beyond three days", { expirationDateTime: inMinutes(4_321) }, "4320 minutes"],
  [
    "for more than an hour without a lifecycle URL",
    { expirationDateTime: inMinutes(61) },
    "lifecycleNotificationUrl is a required property",
  ],
  ["with resource contents but no certificate", { includeResourceData: true }, "encryptionCertificate"],
  ["with a certificate but no id", { encryptionCertificate: "AAAA" }, "together"],
  ["with a certificate id but no certificate", { encryptionCertificateId: "a" }, "together"],
  [
    "with a PEM certificate",
    { encryptionCertificate: "-----BEGIN CERTIFICATE-----", encryptionCertificateId: "a" },
    "PEM",
  ],
  [
    "with bytes that are no certificate",
    { encryptionCertificate: "AAAA", encryptionCertificateId: "a" },
    "cannot be read",
  ],
  ["with a web push key", { vapidPublicKey: "x" }, "vapidPublicKey"],
  ["with an unknown TLS version", { latestSupportedTlsVersion: "v1_4" }, "latestSupportedTlsVersion"],
])("a subscription %s is refused with 400 before anyone is called", async (_case, body, says) => {
  await using tenant = await withEndpoint();
  let handshakes = 0;
  tenant.endpoint.onHandshake = (token) => {
    handshakes += 1;
    return new Response(token);
  };
  const refused = await tenant.create(body);
  expect(refused.status).toBe(400);
  expect(refused.body.error?.message).toContain(says);
  expect(handshakes).toBe(0);
  expect(tenant.tenant.subscriptions.all).toEqual([]);
});

test("a public key in place of a certificate is refused", async () => {
  await using tenant = await withEndpoint();
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const encryptionCertificate = publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const refused = await tenant.create({ encryptionCertificate, encryptionCertificateId: "a" });
  expect(refused.status).toBe(400);
});

test("an expiry less than 45 minutes ahead is raised to 45 minutes, also by PATCH", async () => {
  await using tenant = await withEndpoint();
  const created = await tenant.create({ expirationDateTime: inMinutes(1) });
  expect(created.body.expirationDateTime).toBe(inMinutes(45));
  await tenant.tenant.clock.advance(60_000);
  const patched = await tenant.call("PATCH", `/subscriptions/${created.body.id}`, {
    expirationDateTime: inMinutes(2),
  });
  expect([patched.status, patched.body.expirationDateTime]).toEqual([200, inMinutes(46)]);
});

test("the handshake token is text that only decoding once gets right", async () => {
  await using tenant = await withEndpoint();
  const tokens: string[] = [];
  tenant.endpoint.onHandshake = (token, posted) => {
    tokens.push(token);
    expect(posted.contentType).toBe("text/plain; charset=utf-8");
    expect(posted.url.searchParams.get("own")).toBe("1");
    return new Response(token, { headers: { "content-type": "text/plain; charset=utf-8" } });
  };
  const url = `${tenant.endpoint.url}/hook?own=1`;
  const created = await tenant.create({ notificationUrl: url, lifecycleNotificationUrl: url });
  expect(created.status).toBe(201);
  expect(tokens).toHaveLength(2);
  expect(tokens[0]).toMatch(/^Validation: Testing client application reachability .+ <\+&=%41>$/);
});

test.each<[string, (token: string) => Response]>([
  ["answers 202", (token) => new Response(token, { status: 202, headers: { "content-type": "text/plain" } })],
  ["answers JSON", (token) => Response.json(token)],
  [
    "answers the encoded token",
    (token) => new Response(encodeURIComponent(token), { headers: { "content-type": "text/plain" } }),
  ],
  ["adds a line break", (token) => new Response(`${token}\n`, { headers: { "content-type": "text/plain" } })],
  ["redirects", () => new Response(null, { status: 302, headers: { location: "/elsewhere" } })],
])("an endpoint that %s fails the handshake", async (_case, answer) => {
  await using tenant = await withEndpoint();
  tenant.endpoint.onHandshake = answer;
  const refused = await tenant.create({});
  expect([refused.status, refused.body.error?.code]).toEqual([400, "InvalidRequest"]);
  expect(refused.body.error?.message).toStartWith("Subscription validation request failed.");
});

test("an endpoint that takes 10 seconds, and one that is not there, fail the handshake", async () => {
  await using tenant = await withEndpoint();
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const { promise: never, resolve } = Promise.withResolvers<Response>();
  tenant.endpoint.onHandshake = () => {
    isAsked();
    return never;
  };
  const answer = tenant.create({});
  await asked;
  await tenant.tenant.clock.advance(10_000);
  expect((await answer).body.error?.message).toContain("timed out");
  resolve(new Response(null));
  const nowhere = await receiver();
  await nowhere[Symbol.asyncDispose]();
  expect((await tenant.create({ notificationUrl: nowhere.url })).status).toBe(400);
});

test("the lifecycle URL must pass the handshake too", async () => {
  await using tenant = await withEndpoint();
  tenant.endpoint.onHandshake = (token, posted) =>
    posted.url.pathname === "/lifecycle"
      ? new Response(null, { status: 404 })
      : new Response(token, { headers: { "content-type": "text/plain" } });
  const refused = await tenant.create({ lifecycleNotificationUrl: `${tenant.endpoint.url}/lifecycle` });
  expect([refused.status, tenant.tenant.subscriptions.all.length]).toEqual([400, 0]);
});

test("the same changes of the same resource twice are a conflict that names the first, however they are written", async () => {
  await using tenant = await withEndpoint();
  const first = await tenant.create({
    changeType: "created,updated",
    resource: `users/${tenant.bob.id}/chats/getAllMessages`,
  });
  const again = await tenant.create({
    changeType: "updated,created",
    resource: `/users('${tenant.bob.userPrincipalName}')/chats/getAllMessages`,
  });
  expect(again.status).toBe(409);
  expect(again.body.error?.message).toBe(
    `Subscription Id ${first.body.id} already exists for the requested combination`,
  );
});

test("two creations at once leave one subscription", async () => {
  await using tenant = await withEndpoint();
  const answers = await Promise.all([tenant.create({}), tenant.create({})]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test("each documented limit is a 403 that names it", async () => {
  await using tenant = await withEndpoint({ subscriptionLimits: { organisation: 4, perAppAndUser: 2 } });
  const resource = `/chats/${tenant.chat.id}/messages`;
  const users = `/users/${tenant.bob.id}/chats/getAllMessages`;
  const statuses = async (bodies: readonly Record<string, unknown>[]) => {
    const answers = [];
    for (const body of bodies) answers.push(await tenant.create(body));
    return answers.map(({ status, body }) => [status, body.error?.message ?? ""]);
  };
  expect(
    await statuses([
      { resource, changeType: "created" },
      { resource, changeType: "updated" },
      { changeType: "created" },
      { changeType: "updated" },
      { resource: users, changeType: "created" },
      { resource: users, changeType: "updated" },
      { resource: users, changeType: "deleted" },
      { resource: `/users/${tenant.alice.id}/chats/getAllMessages` },
    ]),
  ).toEqual([
    [201, ""],
    [403, "Subscription limit reached: at most 1 for the application and chat."],
    [201, ""],
    [403, "Subscription limit reached: at most 1 for the application and tenant."],
    [201, ""],
    [201, ""],
    [403, "Subscription limit reached: at most 2 for the application and user."],
    [403, "Subscription limit reached: at most 4 for the organization."],
  ]);
});

test("PATCH and reauthorize exclude each other for 10 minutes, each may follow itself", async () => {
  await using tenant = await withEndpoint();
  const { body } = await tenant.create({});
  const patch = () =>
    tenant.call("PATCH", `/subscriptions/${body.id}`, { expirationDateTime: inMinutes(59) });
  const reauthorize = () => tenant.call("POST", `/subscriptions/${body.id}/reauthorize`);
  expect([(await patch()).status, (await patch()).status, (await reauthorize()).status]).toEqual([
    200, 200, 409,
  ]);
  await tenant.tenant.clock.advance(600_000);
  expect([(await reauthorize()).status, (await reauthorize()).status, (await patch()).status]).toEqual([
    204, 204, 409,
  ]);
});

test("PATCH moves the notification URL after a handshake, and refuses what cannot change", async () => {
  await using tenant = await withEndpoint({ certificateUpdate: "refused" });
  await using second = await receiver();
  const { body } = await tenant.create({});
  const path = `/subscriptions/${body.id}`;
  expect((await tenant.call("PATCH", path, { notificationUrl: `${second.url}/new` })).status).toBe(200);
  expect(tenant.tenant.subscriptions.get(String(body.id))?.notificationUrl).toBe(`${second.url}/new`);
  second.onHandshake = () => new Response(null, { status: 500 });
  expect((await tenant.call("PATCH", path, { notificationUrl: `${second.url}/other` })).status).toBe(400);
  expect(tenant.tenant.subscriptions.get(String(body.id))?.notificationUrl).toBe(`${second.url}/new`);
  for (const fixed of [
    { clientState: "x" },
    { lifecycleNotificationUrl: second.url },
    { encryptionCertificateId: "x" },
  ]) {
    expect((await tenant.call("PATCH", path, fixed)).status).toBe(400);
  }
});

test("resources are refused by their kind: unknown ones 501, absent ones 404, presence without a person 403", async () => {
  await using tenant = await withEndpoint();
  const statusFor = async (resource: string, changeType = "updated") =>
    (await tenant.create({ resource, changeType })).status;
  expect(await statusFor("/teams/getAllMessages")).toBe(501);
  expect(await statusFor("/chats/19:none@thread.v2/messages")).toBe(404);
  expect(await statusFor("/users/nobody@contoso.example/chats/getAllMessages")).toBe(404);
  expect(await statusFor(`/communications/presences/${tenant.bob.id}`)).toBe(403);
  expect(await statusFor(`/communications/presences?$filter=id in ('${tenant.bob.id}')`)).toBe(403);
});
