import { expect, test } from "bun:test";
import { Client } from "@microsoft/microsoft-graph-client";
import { selfSignedCertificate } from "../testing/certificate.ts";
import { type Contoso, contoso, trustAnyCertificate } from "../testing/contoso.ts";

// Microsoft's client gives its token to https hosts only.
async function contosoOverTls(options: Parameters<typeof contoso>[0] = {}): Promise<Contoso> {
  const { pem, privateKeyPem } = await selfSignedCertificate();
  return contoso({ ...options, tls: { cert: pem, key: privateKeyPem } });
}

const clientOf = (tenant: Contoso): Client =>
  Client.init({
    baseUrl: tenant.graphUrl,
    customHosts: new Set([new URL(tenant.graphUrl).hostname]),
    authProvider: (done) => done(null, tenant.accessToken),
    fetchOptions: trustAnyCertificate as RequestInit,
  });

const encoded = encodeURIComponent;

test("Microsoft's client finds people by mail and reads selected properties", async () => {
  await using tenant = await contosoOverTls();
  const client = clientOf(tenant);
  const found = await client
    .api("/users")
    .filter(`mail eq '${tenant.bob.mail?.toUpperCase()}'`)
    .select("id,userType")
    .get();
  expect(found.value).toEqual([{ id: tenant.bob.id, userType: "Member" }]);
  const bob = await client.api(`/users/${tenant.bob.userPrincipalName}`).get();
  expect(bob).toMatchObject({
    id: tenant.bob.id,
    displayName: "Bob Brown",
    givenName: "Bob",
    surname: "Brown",
  });
  expect(bob.userType).toBeUndefined();
});

test("Microsoft's client pages through people and reports Graph's errors", async () => {
  await using tenant = await contosoOverTls();
  const client = clientOf(tenant);
  const first = await client.api("/users").top(2).select("displayName").get();
  const second = await client.api(first["@odata.nextLink"]).get();
  const names = [...first.value, ...second.value].map((user: { displayName: string }) => user.displayName);
  expect(names).toEqual(["Alice Adams", "Bob Brown", "Carol Clark"]);
  expect(second["@odata.nextLink"]).toBeUndefined();
  await expect(client.api("/users/nobody@contoso.example").get()).rejects.toMatchObject({
    statusCode: 404,
    code: "Request_ResourceNotFound",
  });
});

test("Microsoft's client retries a throttled request after the time it was told", async () => {
  await using tenant = await contosoOverTls({ clock: { running: true } });
  tenant.tenant.faults.arm({ kind: "throttled", retryAfterSeconds: 0, times: 2 });
  const bob = await clientOf(tenant).api(`/users/${tenant.bob.id}`).get();
  expect(bob.id).toBe(tenant.bob.id);
  expect(tenant.tenant.requests.all.map(({ status }) => status)).toEqual([429, 429, 200]);
});

test("chats are listed for their members, with rosters when asked for", async () => {
  await using tenant = await contoso();
  const { conversations, clock } = tenant.tenant;
  const pair = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  await clock.advance(1);
  const group = conversations.create({
    chatType: "group",
    topic: "Plans",
    memberIds: [tenant.bob.id, tenant.carol.id],
  });
  const list = await tenant.call("GET", `/users/${tenant.bob.id}/chats?$expand=members`);
  expect(list.body.value?.map((chat) => [chat.id, chat.chatType, chat.topic])).toEqual([
    [group.id, "group", "Plans"],
    [pair.id, "oneOnOne", null],
  ]);
  expect(list.body.value?.[0]?.members).toMatchObject([
    { userId: tenant.bob.id },
    { userId: tenant.carol.id },
  ]);
  expect((await tenant.call("GET", `/users/${tenant.alice.id}/chats`)).body.value).toHaveLength(1);
  const one = await tenant.call("GET", `/chats/${encoded(group.id)}`);
  expect(one.body).toMatchObject({ id: group.id, tenantId: tenant.tenantId, viewpoint: null });
  expect(one.body.webUrl).toBe(
    `${tenant.teamsUrl}/l/chat/${encoded(group.id)}/0?tenantId=${tenant.tenantId}`,
  );
  const members = await tenant.call("GET", `/chats/${encoded(group.id)}/members`);
  expect(members.body.value?.map((member) => member.displayName)).toEqual(["Bob Brown", "Carol Clark"]);
});

async function fiveMessages(tenant: Contoso) {
  const { conversations, clock } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const ids: string[] = [];
  for (const text of ["1", "2", "3", "4", "5"]) {
    ids.push(conversations.send(chat.id, { from: { userId: tenant.alice.id }, text }).id);
    await clock.advance(1_000);
  }
  return {
    chat,
    ids,
    times: ids.map((id) => new Date(Number(id)).toISOString()),
    path: `/chats/${encoded(chat.id)}/messages`,
  };
}

const texts = (value: Record<string, unknown>[] | undefined) =>
  value?.map((message) => (message.body as { content: string }).content).join("");

test("messages come newest first; a filter without its order is silently ignored", async () => {
  await using tenant = await contoso();
  const { path, times } = await fiveMessages(tenant);
  const read = async (query: string) => {
    const { body } = await tenant.call("GET", `${path}?${query}`);
    return texts(body.value) ?? body.error?.code;
  };
  const after = `$filter=lastModifiedDateTime gt ${times[2]}`;
  expect(await read("$top=2")).toBe("54");
  expect(await read(`$orderby=lastModifiedDateTime desc&${after}`)).toBe("54");
  expect(await read(after)).toBe("54321");
  expect(await read(`$orderby=createdDateTime desc&${after}`)).toBe("54321");
  expect(await read(`$orderby=createdDateTime desc&$filter=createdDateTime lt ${times[2]}`)).toBe("21");
  expect(await read(`$orderby=createdDateTime desc&$filter=createdDateTime gt ${times[2]}`)).toBe(
    "BadRequest",
  );
  expect(await read("$orderby=createdDateTime asc")).toBe("BadRequest");
  expect(await read("$top=51")).toBe("BadRequest");
});

test("pages of messages neither repeat nor skip when a message arrives in between", async () => {
  await using tenant = await contoso();
  const { path, chat } = await fiveMessages(tenant);
  const first = await tenant.call("GET", `${path}?$top=2`);
  tenant.tenant.conversations.send(chat.id, { from: { userId: tenant.bob.id }, text: "6" });
  const next = String(first.body["@odata.nextLink"]).replace(`${tenant.graphUrl}/v1.0`, "");
  const second = await tenant.call("GET", next);
  expect([texts(first.body.value), texts(second.body.value)]).toEqual(["54", "32"]);
});

test("getAllMessages spans a person's chats within a window and pages through them", async () => {
  await using tenant = await contoso();
  const { ids, times } = await fiveMessages(tenant);
  const { conversations } = tenant.tenant;
  const group = conversations.create({ chatType: "group", memberIds: [tenant.bob.id, tenant.carol.id] });
  conversations.send(group.id, { from: { userId: tenant.carol.id }, text: "G" });
  const path = `/users/${tenant.bob.id}/chats/getAllMessages`;
  const window = `$filter=lastModifiedDateTime gt ${times[0]} and lastModifiedDateTime lt ${times[4]}`;
  expect(texts((await tenant.call("GET", `${path}?${window}`)).body.value)).toBe("432");
  const pages: string[] = [];
  for (let next: string | null = `${path}?$top=4`; next !== null; ) {
    const { body } = await tenant.call("GET", next);
    pages.push(texts(body.value) ?? "");
    const link = body["@odata.nextLink"];
    next = typeof link === "string" ? link.replace(`${tenant.graphUrl}/v1.0`, "") : null;
  }
  expect(pages).toEqual(["G543", "21"]);
  expect(texts((await tenant.call("GET", `/users/${tenant.carol.id}/chats/getAllMessages`)).body.value)).toBe(
    "G",
  );
  const from = await tenant.call("GET", `${path}?$filter=from/user/id eq '${tenant.carol.id}'`);
  expect(texts(from.body.value)).toBe("G");
  expect(ids).toHaveLength(5);
});

test("getAllMessages leaves deleted messages out when told to", async () => {
  for (const [includeDeletedMessages, count] of [
    [true, 5],
    [false, 4],
  ] as const) {
    await using tenant = await contoso({ includeDeletedMessages });
    const { chat, ids } = await fiveMessages(tenant);
    tenant.tenant.conversations.delete(chat.id, ids[0] ?? "");
    const { body } = await tenant.call("GET", `/users/${tenant.bob.id}/chats/getAllMessages`);
    expect(body.value).toHaveLength(count);
  }
});

test("system events hide behind unknownFutureValue unless asked for", async () => {
  await using tenant = await contoso();
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "group", memberIds: [tenant.alice.id, tenant.bob.id] });
  conversations.addMember(chat.id, tenant.carol.id, tenant.alice.id);
  const path = `/chats/${encoded(chat.id)}/messages`;
  const plain = await tenant.call("GET", path);
  expect(plain.body.value?.[0]).toMatchObject({ messageType: "unknownFutureValue", from: null });
  const prefer = { prefer: "include-unknown-enum-members" };
  expect((await tenant.call("GET", path, undefined, prefer)).body.value?.[0]).toMatchObject({
    messageType: "systemEventMessage",
    eventDetail: { "@odata.type": "#microsoft.graph.membersAddedEventMessageDetail" },
  });
});

test("hosted contents are bytes with their type", async () => {
  await using tenant = await contoso();
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const bytes = new Uint8Array([0, 255, 128, 7]);
  const hostedContents = [{ id: "aWQ=", contentType: "image/png", bytes }];
  const { id } = conversations.send(chat.id, {
    from: { userId: tenant.alice.id },
    html: "<p>look</p>",
    hostedContents,
  });
  const url = `${tenant.graphUrl}/v1.0/chats/${encoded(chat.id)}/messages/${id}/hostedContents/aWQ=/$value`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${tenant.accessToken}` } });
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  expect((await fetch(url)).status).toBe(401);
});

test("presences come by person and in bulk, at most 650 at once", async () => {
  await using tenant = await contoso();
  tenant.tenant.presences.set(tenant.bob.id, { availability: "Busy", activity: "InACall" });
  tenant.tenant.presences.set(tenant.carol.id, {
    availability: "Away",
    isOutOfOffice: true,
    outOfOfficeMessage: "On leave",
  });
  const bob = await tenant.call("GET", `/users/${tenant.bob.id}/presence`);
  expect(bob.body).toMatchObject({ id: tenant.bob.id, availability: "Busy", activity: "InACall" });
  const path = "/communications/getPresencesByUserId";
  const several = await tenant.call("POST", path, { ids: [tenant.carol.id, tenant.alice.id] });
  expect(several.body.value?.map(({ id, availability }) => [id, availability])).toEqual([
    [tenant.carol.id, "Away"],
    [tenant.alice.id, "Offline"],
  ]);
  expect(several.body.value?.[0]?.outOfOfficeSettings).toEqual({ isOutOfOffice: true, message: "On leave" });
  const { directory } = tenant.tenant;
  const ids = Array.from({ length: 651 }, (_, at) => directory.addUser({ displayName: `Person ${at}` }).id);
  expect((await tenant.call("POST", path, { ids: ids.slice(1) })).body.value).toHaveLength(650);
  expect((await tenant.call("POST", path, { ids })).status).toBe(400);
});

test("the presence of people whom nobody knows is left out, or unknown where that is asked for", async () => {
  const stranger = "00000000-0000-4000-8000-000000000000";
  for (const [options, expected] of [
    [{}, []],
    [{ strangersPresence: "left-out" }, []],
    [{ strangersPresence: "unknown" }, [[stranger, "PresenceUnknown"]]],
  ] as const) {
    await using tenant = await contoso(options);
    const ids = [stranger, tenant.alice.id];
    const { body } = await tenant.call("POST", "/communications/getPresencesByUserId", { ids });
    const found = body.value?.map(({ id, availability }) => [id, availability]);
    expect(found).toEqual([...expected.map((each) => [...each]), [tenant.alice.id, "Offline"]]);
  }
});

test("a batch answers each request with its own status and fails what depends on a failure", async () => {
  await using tenant = await contoso();
  const { status, body } = await tenant.call("POST", "/$batch", {
    requests: [
      { id: "a", method: "GET", url: `/users/${tenant.bob.id}?$select=displayName` },
      { id: "b", method: "GET", url: "/users/nobody" },
      { id: "c", method: "GET", url: "/users", dependsOn: ["b"] },
      {
        id: "d",
        method: "POST",
        url: "/communications/getPresencesByUserId",
        body: { ids: [tenant.bob.id] },
      },
    ],
  });
  const responses = body.responses as { id: string; status: number; body: Record<string, unknown> }[];
  expect([status, ...responses.map((one) => `${one.id} ${one.status}`)]).toEqual([
    200,
    "a 200",
    "b 404",
    "c 424",
    "d 200",
  ]);
  expect(responses[0]?.body.displayName).toBe("Bob Brown");
  const many = Array.from({ length: 21 }, (_, at) => ({ id: String(at), method: "GET", url: "/users" }));
  expect((await tenant.call("POST", "/$batch", { requests: many })).status).toBe(400);
  const twins = [many[0], many[0]];
  expect((await tenant.call("POST", "/$batch", { requests: twins })).status).toBe(400);
});
