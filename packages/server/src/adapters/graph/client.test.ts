import { describe, expect, test } from "bun:test";
import type { GraphErrorCode } from "../../application/graph/graph-error.ts";
import { LocalPauses } from "../../application/graph-pauses.ts";
import type { Log } from "../../application/log.ts";
import type { Timers } from "../../application/timers.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { GraphClient } from "./client.ts";
import { RequestTurns } from "./request-turns.ts";
import { TokenError } from "./tokens.ts";

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

interface Answered {
  readonly url: string;
  readonly authorization: string | null;
  readonly body: string | undefined;
}

/** A client whose Graph gives `answers` in turn, the last one for ever. */
function client(
  answers: readonly (Response | Error)[],
  given: Partial<AccessTokens> = {},
  pauses = new LocalPauses(),
) {
  const seen: Answered[] = [];
  const clock = { nowMs: 1_000_000, now: () => clock.nowMs };
  // Time passes as soon as somebody waits for it.
  const timers: Timers = {
    after(ms, work) {
      clock.nowMs += ms;
      queueMicrotask(work);
      return { [Symbol.dispose]() {} };
    },
  };
  const tokens: AccessTokens = { current: async () => "old", renew: async () => "new", ...given };
  const graph = new GraphClient({
    graphUrl: "https://graph.example",
    tokens,
    clock,
    log,
    turns: new RequestTurns({ clock, pauses, timers, elapsedMs: () => clock.nowMs }),
    fetch: (async (url: string, init: RequestInit) => {
      const answer = answers[Math.min(seen.length, answers.length - 1)];
      seen.push({
        url,
        authorization: new Headers(init.headers).get("authorization"),
        body: init.body === undefined ? undefined : String(init.body),
      });
      if (answer instanceof Error) throw answer;
      return answer?.clone() ?? new Response();
    }) as typeof fetch,
  });
  return { graph, seen, clock };
}

const get = { method: "GET", path: "/me" } as const;
const refusal = (status: number, code: string, message = "", headers: Record<string, string> = {}) =>
  Response.json({ error: { code, message } }, { status, headers });

describe("a request to Microsoft Graph", () => {
  test("goes to version 1.0 with the token and answers parsed JSON", async () => {
    const { graph, seen } = client([Response.json({ id: 1 })]);
    expect(await graph.request({ method: "POST", path: "/things", body: { a: 1 } })).toEqual({ id: 1 });
    expect(seen).toEqual([
      { url: "https://graph.example/v1.0/things", authorization: "Bearer old", body: '{"a":1}' },
    ]);
  });

  test("has no answer when Graph sends none", async () => {
    const { graph } = client([new Response(null, { status: 204 })]);
    expect(await graph.request({ method: "DELETE", path: "/things/1" })).toBeUndefined();
  });

  test("renews a refused token once and sends again", async () => {
    const { graph, seen } = client([refusal(401, "InvalidAuthenticationToken"), Response.json({})]);
    await graph.request(get);
    expect(seen.map((each) => each.authorization)).toEqual(["Bearer old", "Bearer new"]);
  });

  test("is not sent a third time when the new token is refused too", async () => {
    const { graph, seen } = client([refusal(401, "InvalidAuthenticationToken")]);
    await expect(graph.request(get)).rejects.toMatchObject({ code: "unauthorized", status: 401 });
    expect(seen).toHaveLength(2);
  });

  const refusals: [number, string, string, GraphErrorCode][] = [
    [400, "BadRequest", "", "invalid-request"],
    [403, "Forbidden", "Missing role permissions", "forbidden"],
    [403, "Forbidden", "Operation exceeded the limit of subscriptions for the organisation", "limit-reached"],
    [404, "NotFound", "", "not-found"],
    [409, "Conflict", "", "conflict"],
    [418, "Teapot", "", "unexpected"],
    [429, "TooManyRequests", "", "throttled"],
    [500, "InternalServerError", "", "unavailable"],
    [503, "ServiceUnavailable", "", "unavailable"],
    [507, "InsufficientStorage", "", "unavailable"],
  ];
  test.each(refusals)("answered %d %s (%s) fails as %s", async (status, code, message, expected) => {
    const { graph } = client([refusal(status, code, message, { "request-id": "r1" })]);
    await expect(graph.request(get)).rejects.toMatchObject({ code: expected, status, requestId: "r1" });
  });

  test("that is in conflict with a subscription names it, when Graph does", async () => {
    const id = "7f105c7d-2dc5-4530-97cd-4e7ae6534c07";
    for (const [message, existingId] of [
      [`Subscription Id ${id} already exists for the requested combination`, id],
      [`Subscription Id <${id}> already exists for the requested combination`, id],
      ["Subscription Id <> already exists for the requested combination", undefined],
      ["", undefined],
    ] as const) {
      const { graph } = client([refusal(409, "Conflict", message)]);
      await expect(graph.request(get)).rejects.toMatchObject({ code: "conflict", existingId });
    }
    const { graph } = client([refusal(400, "BadRequest", `Subscription Id ${id}`)]);
    await expect(graph.request(get)).rejects.toMatchObject({ existingId: undefined });
  });

  test("fails as unreachable when no connection comes about", async () => {
    const { graph } = client([new TypeError("refused")]);
    await expect(graph.request(get)).rejects.toMatchObject({ code: "unreachable" });
  });

  test("fails as unexpected when the answer is not JSON", async () => {
    const { graph } = client([new Response("<html>")]);
    await expect(graph.request(get)).rejects.toMatchObject({ code: "unexpected" });
  });

  test("fails with Entra's explanation when there is no token", async () => {
    const error = new TokenError("misconfigured-client", [7000215]);
    const { graph, seen } = client([Response.json({})], { current: () => Promise.reject(error) });
    await expect(graph.request(get)).rejects.toMatchObject({ code: "unauthorized", message: error.message });
    expect(seen).toEqual([]);
  });
});

describe("after a 429", () => {
  test("nothing is sent until Retry-After has passed", async () => {
    const { graph, seen, clock } = client([
      refusal(429, "TooManyRequests", "", { "retry-after": "7" }),
      Response.json({}),
    ]);
    await expect(graph.request(get)).rejects.toMatchObject({ code: "throttled", retryAfterMs: 7_000 });
    clock.nowMs += 3_000;
    await expect(graph.request(get)).rejects.toMatchObject({ code: "throttled", retryAfterMs: 4_000 });
    expect(seen).toHaveLength(1);
    clock.nowMs += 4_000;
    await graph.request(get);
    expect(seen).toHaveLength(2);
  });

  test("requests of another kind go on", async () => {
    const { graph, seen } = client([
      refusal(429, "TooManyRequests", "", { "retry-after": "7" }),
      Response.json({}),
    ]);
    const history = { method: "GET", path: "/users/ann/chats/getAllMessages?$top=50" } as const;
    const presence = { method: "POST", path: "/communications/getPresencesByUserId" } as const;
    await expect(graph.request(history)).rejects.toMatchObject({ code: "throttled" });
    await graph.request(presence);
    await expect(graph.request(history)).rejects.toMatchObject({ code: "throttled", retryAfterMs: 7_000 });
    expect(seen).toHaveLength(2);
  });

  test("that names no time, requests of its kind pause for a moment all the same", async () => {
    const { graph, seen, clock } = client([refusal(429, "TooManyRequests"), Response.json({})]);
    await expect(graph.request(get)).rejects.toMatchObject({ code: "throttled", retryAfterMs: undefined });
    await expect(graph.request(get)).rejects.toMatchObject({ code: "throttled", retryAfterMs: 3_000 });
    clock.nowMs += 3_000;
    await graph.request(get);
    expect(seen).toHaveLength(2);
  });

  test("other nodes keep the pause too", async () => {
    const pauses = new LocalPauses();
    const [told, other] = [
      client([refusal(429, "TooManyRequests", "", { "retry-after": "7" })], {}, pauses),
      client([Response.json({})], {}, pauses),
    ];
    await expect(told.graph.request(get)).rejects.toMatchObject({ code: "throttled" });
    await expect(other.graph.request(get)).rejects.toMatchObject({ code: "throttled", retryAfterMs: 7_000 });
    expect(other.seen).toEqual([]);
  });

  test("the background waits and sends again what was refused, as often as Graph wants", async () => {
    const refused = refusal(429, "TooManyRequests", "", { "retry-after": "120" });
    const { graph, seen, clock } = client([refused, refused, Response.json({ id: 1 })]);
    const beganAtMs = clock.nowMs;
    const request = { method: "POST", path: "/subscriptions", turn: { kind: "background" } } as const;
    const answer = await graph.request(request);
    expect(clock.nowMs - beganAtMs).toBe(240_000);
    expect([answer, seen.length]).toEqual([{ id: 1 }, 3]);
  });

  test("that asks for more than a person's patience, the person is told at once", async () => {
    const { graph, seen } = client([refusal(429, "TooManyRequests", "", { "retry-after": "11" })]);
    const request = { method: "POST", path: "/subscriptions", turn: { kind: "person" } } as const;
    for (const _ of [1, 2])
      await expect(graph.request(request)).rejects.toMatchObject({ code: "throttled", retryAfterMs: 11_000 });
    expect(seen).toHaveLength(1);
  });

  test("Retry-After may be a date", async () => {
    const at = new Date(1_000_000 + 30_000).toUTCString();
    const { graph } = client([refusal(429, "TooManyRequests", "", { "retry-after": at })]);
    await expect(graph.request(get)).rejects.toMatchObject({ retryAfterMs: 30_000 });
  });
});

test("no message of a failure repeats the token or the answer's text", async () => {
  const { graph } = client([refusal(403, "Forbidden", "secret words of a person")]);
  const error = await graph.request(get).catch((caught: unknown) => caught);
  expect(String(error)).not.toContain("secret words");
  expect(String(error)).not.toContain("old");
});

describe("an answer in bytes", () => {
  const never = new AbortController().signal;

  test("is handed over unread, with a renewed token where the first was refused", async () => {
    const { graph, seen } = client([refusal(401, "InvalidAuthenticationToken"), new Response("bytes")]);
    const answer = await graph.open(get, never);
    expect([answer.bodyUsed, await answer.text()]).toEqual([false, "bytes"]);
    expect(seen.map(({ authorization }) => authorization)).toEqual(["Bearer old", "Bearer new"]);
  });

  test("may be an address elsewhere, which is not followed", async () => {
    const elsewhere = new Response(null, { status: 302, headers: { location: "https://elsewhere.example" } });
    const { graph, seen } = client([elsewhere]);
    expect((await graph.open(get, never)).headers.get("location")).toBe("https://elsewhere.example");
    expect(seen).toHaveLength(1);
  });

  test("that is refused is the same error as any other, and closes its own kind of requests only", async () => {
    const { graph } = client([refusal(429, "TooManyRequests", "", { "retry-after": "7" })]);
    const picture = { method: "GET", path: "/chats/1/messages/1/hostedContents/1/$value" } as const;
    for (const _ of [1, 2])
      await expect(graph.open(picture, never)).rejects.toMatchObject({
        code: "throttled",
        retryAfterMs: 7_000,
      });
    await expect(graph.open({ method: "GET", path: "/chats/1" }, never)).rejects.toMatchObject({
      status: 429,
    });
  });
});
