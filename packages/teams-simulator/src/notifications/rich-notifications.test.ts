import { expect, test } from "bun:test";
import { createDecipheriv, createHmac, privateDecrypt, X509Certificate } from "node:crypto";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { basicSubscription, contoso, encryptionCertificate } from "../testing/contoso.ts";
import { type Receiver, receiver } from "../testing/receiver.ts";

interface Rich {
  readonly data: string;
  readonly dataKey: string;
  readonly dataSignature: string;
  readonly encryptionCertificateId: string;
  readonly encryptionCertificateThumbprint: string;
}

interface Posted {
  readonly value: {
    readonly encryptedContent: Rich;
    readonly resource: string;
    readonly changeType: string;
  }[];
  readonly validationTokens: string[] | null;
}

async function firstPosted(endpoint: Receiver): Promise<Posted> {
  const [posted] = await endpoint.first(1);
  if (posted === undefined) throw new Error("Nothing was received.");
  return posted.body as Posted;
}

// A second reading of section 4, with Node's primitives only.
function decrypted(content: Rich, privateKeyPem: string): Record<string, unknown> {
  const key = privateDecrypt(privateKeyPem, Buffer.from(content.dataKey, "base64"));
  const data = Buffer.from(content.data, "base64");
  expect(createHmac("sha256", key).update(data).digest("base64")).toBe(content.dataSignature);
  const cipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16));
  return JSON.parse(Buffer.concat([cipher.update(data), cipher.final()]).toString("utf8"));
}

async function richTenant(version: "1.0" | "2.0" = "2.0") {
  const tenant = await contoso({ delivery: { validationTokenVersion: version } });
  const endpoint = await receiver();
  const certificate = await encryptionCertificate();
  const subscription = await tenant.subscribe({
    ...basicSubscription(),
    resource: `/users/${tenant.bob.id}/chats/getAllMessages`,
    notificationUrl: `${endpoint.url}/hook`,
    includeResourceData: true,
    encryptionCertificate: certificate.base64,
    encryptionCertificateId: "key-1",
  });
  const chat = tenant.tenant.conversations.create({
    chatType: "oneOnOne",
    memberIds: [tenant.alice.id, tenant.bob.id],
  });
  return {
    ...tenant,
    ...{ endpoint, certificate, subscription, chat },
    [Symbol.asyncDispose]: async () => {
      await endpoint[Symbol.asyncDispose]();
      await tenant.stop();
    },
  };
}

test("a rich notification decrypts to the message that Graph would answer", async () => {
  await using tenant = await richTenant();
  const { chat, endpoint } = tenant;
  const sent = tenant.tenant.conversations.send(chat.id, {
    from: { userId: tenant.alice.id },
    text: "Grüße 😛",
  });
  const {
    value: [item],
  } = await firstPosted(endpoint);
  if (item === undefined) throw new Error("The notification holds no item.");
  const { body } = await tenant.call("GET", `/chats/${encodeURIComponent(chat.id)}/messages/${sent.id}`);
  const { "@odata.context": _context, ...expected } = body;
  expect(decrypted(item.encryptedContent, tenant.certificate.privateKeyPem)).toEqual(expected);
  expect(item.encryptedContent.encryptionCertificateId).toBe("key-1");
  const certificate = new X509Certificate(Buffer.from(tenant.certificate.base64, "base64"));
  expect(item.encryptedContent.encryptionCertificateThumbprint).toBe(
    certificate.fingerprint.replaceAll(":", ""),
  );
  expect(item.resource).toBe(`chats('${chat.id}')/messages('${sent.id}')`);
});

test("every item has its own key, and an edit is sealed as it was when it happened", async () => {
  await using tenant = await richTenant();
  const { chat, certificate, endpoint } = tenant;
  const { conversations } = tenant.tenant;
  const sent = conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "first" });
  conversations.edit(chat.id, sent.id, { text: "second" });
  conversations.delete(chat.id, sent.id);
  conversations.undelete(chat.id, sent.id);
  await tenant.tenant.settled();
  const items = endpoint.received.flatMap(({ body }) => (body as Posted).value);
  expect(items.map((item) => item.changeType)).toEqual(["created", "updated", "deleted", "updated"]);
  expect(new Set(items.map((item) => item.encryptedContent.dataKey)).size).toBe(4);
  const contents = items.map((item) => decrypted(item.encryptedContent, certificate.privateKeyPem));
  expect(contents.map((content) => content.body)).toEqual([
    { contentType: "text", content: "first" },
    { contentType: "text", content: "second" },
    { contentType: "html", content: "" },
    { contentType: "text", content: "second" },
  ]);
  expect(contents.map((content) => content.deletedDateTime === null)).toEqual([true, true, false, true]);
  // Graph forgets who wrote a deleted message.
  expect(contents.map((content) => content.from === null)).toEqual([false, false, true, false]);
});

const publisher = "0bf30f3b-4a52-48df-9a82-234910c4a086";

test.each([
  ["1.0" as const, "appid"],
  ["2.0" as const, "azp"],
])(
  "validation tokens of version %s are signed by the login host's keys and name the publisher in %s",
  async (version, claim) => {
    await using tenant = await richTenant(version);
    tenant.tenant.conversations.send(tenant.chat.id, { from: { userId: tenant.alice.id }, text: "hello" });
    const { validationTokens } = await firstPosted(tenant.endpoint);
    const [token, ...others] = validationTokens ?? [];
    expect(others).toEqual([]);
    const keys = createRemoteJWKSet(new URL(`${tenant.loginUrl}/common/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(token ?? "", keys, {
      audience: tenant.clientId,
      currentDate: new Date(tenant.tenant.clock.now()),
    });
    expect([payload[claim], payload.tid, payload.ver]).toEqual([publisher, tenant.tenantId, version]);
  },
);

test("one POST carries one validation token for each app, and basic items need none", async () => {
  await using tenant = await richTenant();
  const { directory, conversations } = tenant.tenant;
  const second = directory.addApp({
    secrets: [{ value: "contoso-secret", expiresAt: tenant.tenant.clock.now() + 86_400_000 }],
    grantedApplicationRoles: ["Chat.Read.All"],
  });
  const authorization = `Bearer ${await tenant.newAccessToken(second.clientId)}`;
  const body = {
    ...basicSubscription(),
    notificationUrl: `${tenant.endpoint.url}/hook`,
    includeResourceData: true,
    encryptionCertificate: tenant.certificate.base64,
    encryptionCertificateId: "key-2",
  };
  expect((await tenant.call("POST", "/subscriptions", body, { authorization })).status).toBe(201);
  await tenant.subscribe({
    resource: `/chats/${tenant.chat.id}/messages`,
    notificationUrl: `${tenant.endpoint.url}/hook`,
  });
  conversations.send(tenant.chat.id, { from: { userId: tenant.alice.id }, text: "hello" });
  const { value, validationTokens } = await firstPosted(tenant.endpoint);
  const ids = value.map((item) => (item.encryptedContent as Rich | null)?.encryptionCertificateId ?? "none");
  expect(ids).toEqual(["key-1", "key-2", "none"]);
  const audiences = (validationTokens ?? []).map((token) => String(decodeJwt(token).aud));
  expect(audiences).toEqual([tenant.clientId, second.clientId]);
});

test("an app whose principal requires assignment gets null in place of validation tokens", async () => {
  await using tenant = await richTenant();
  tenant.tenant.directory.app(tenant.clientId).appRoleAssignmentRequired = true;
  tenant.tenant.conversations.send(tenant.chat.id, { from: { userId: tenant.alice.id }, text: "hello" });
  expect((await firstPosted(tenant.endpoint)).validationTokens).toBeNull();
});

test("after a certificate was changed by PATCH, new items are sealed for the new one", async () => {
  await using tenant = await richTenant();
  const next = await encryptionCertificate();
  const change = { encryptionCertificate: next.base64, encryptionCertificateId: "key-2" };
  expect((await tenant.call("PATCH", `/subscriptions/${tenant.subscription.id}`, change)).status).toBe(200);
  tenant.tenant.conversations.send(tenant.chat.id, { from: { userId: tenant.alice.id }, text: "hello" });
  const {
    value: [item],
  } = await firstPosted(tenant.endpoint);
  expect(item?.encryptedContent.encryptionCertificateId).toBe("key-2");
  if (item !== undefined)
    expect(decrypted(item.encryptedContent, next.privateKeyPem).chatId).toBe(tenant.chat.id);
});
