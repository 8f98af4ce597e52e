import { expect, test } from "bun:test";
import { contoso } from "../testing/contoso.ts";

test("one chat is read once per second, and Retry-After says when again", async () => {
  await using tenant = await contoso({ throttling: true });
  const { conversations, clock } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const other = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.carol.id, tenant.bob.id] });
  const read = (id: string) => tenant.call("GET", `/chats/${encodeURIComponent(id)}/messages`);
  expect((await read(chat.id)).status).toBe(200);
  const refused = await read(chat.id);
  expect([refused.status, refused.body.error?.code, refused.headers.get("retry-after")]).toEqual([
    429,
    "TooManyRequests",
    "1",
  ]);
  expect((await read(other.id)).status).toBe(200);
  await clock.advance(1_000);
  expect((await read(chat.id)).status).toBe(200);
});

test("requests that were refused count too", async () => {
  await using tenant = await contoso({ throttling: true });
  const list = async () => (await tenant.call("GET", "/subscriptions")).status;
  for (let at = 0; at < 25; at += 1) expect(await list()).toBe(200);
  expect(await list()).toBe(429);
  await tenant.tenant.clock.advance(19_000);
  expect(await list()).toBe(429);
  await tenant.tenant.clock.advance(1_000);
  expect(await list()).toBe(200);
});

test("nothing is throttled unless asked for", async () => {
  await using tenant = await contoso();
  for (let at = 0; at < 30; at += 1) expect((await tenant.call("GET", "/subscriptions")).status).toBe(200);
});
