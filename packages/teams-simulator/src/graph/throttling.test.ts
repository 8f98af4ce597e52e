import { expect, test } from "bun:test";
import { contoso } from "../testing/contoso.ts";
import { Throttle } from "./throttle.ts";

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

// The table of section 7, as far as this tenant has the routes; no request of a row names a chat twice.
test.each([
  ["GET", "/users/{alice}/chats/getAllMessages", 200, 1],
  ["GET", "/users/{alice}/chats", 5, 1],
  ["GET", "/chats/{n}/messages", 20, 1],
  ["GET", "/chats/{n}/messages/1", 20, 1],
  ["GET", "/chats/{n}/members", 30, 1],
  ["POST", "/subscriptions", 500, 20],
  ["PATCH", "/subscriptions/{n}", 500, 20],
  ["DELETE", "/subscriptions/{n}", 500, 20],
  ["POST", "/subscriptions/{n}/reauthorize", 1_000, 20],
  ["GET", "/subscriptions/{n}", 500, 20],
  ["GET", "/subscriptions", 25, 20],
  ["POST", "/communications/getPresencesByUserId", 1_500, 30],
  ["GET", "/users/{alice}", 3_500 / 2, 10],
])("%s %s is answered %d times in %d s", async (method, path, requests, seconds) => {
  await using tenant = await contoso({ throttling: true });
  const ask = async (n: number) => {
    const named = path.replace("{alice}", tenant.alice.id).replace("{n}", `${n}`);
    const answer = await tenant.call(method, named, method === "GET" ? undefined : {});
    return [answer.status === 429, answer.headers.get("retry-after")];
  };
  const numbers = Array.from({ length: requests }, (_, number) => number);
  // The answers themselves matter little: what Graph refuses for another reason counts as well.
  const first = await Promise.all(numbers.map(ask));
  expect(first.filter(([isThrottled]) => isThrottled)).toEqual([]);
  expect(await ask(requests)).toEqual([true, `${seconds}`]);
  await tenant.tenant.clock.advance(seconds * 1_000);
  expect(await ask(requests + 1)).toEqual([false, null]);
});

test("creating, renewing and ending subscriptions share one allowance", async () => {
  await using tenant = await contoso({ throttling: true });
  const ways = [
    ["POST", "/subscriptions"],
    ["PATCH", "/subscriptions/1"],
    ["DELETE", "/subscriptions/1"],
  ] as const;
  const statuses = await Promise.all(
    Array.from({ length: 501 }, async (_, number) => {
      const [method, path] = ways[number % ways.length] ?? ways[0];
      return (await tenant.call(method, path, {})).status;
    }),
  );
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
});

test("what counts as several requests uses up as many", () => {
  const throttle = new Throttle({ now: () => 0, after: () => ({ dueMs: 0, [Symbol.dispose]() {} }) });
  const allowance = { requests: 5, windowMs: 1_000 };
  throttle.admit("a", allowance, 3);
  throttle.admit("a", allowance, 2);
  expect(() => throttle.admit("a", allowance)).toThrow("Too many");
  throttle.admit("b", allowance, 5);
});

test("nothing is throttled unless asked for", async () => {
  await using tenant = await contoso();
  for (let at = 0; at < 30; at += 1) expect((await tenant.call("GET", "/subscriptions")).status).toBe(200);
});
