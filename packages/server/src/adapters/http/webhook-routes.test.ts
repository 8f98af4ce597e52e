import { describe, expect, test } from "bun:test";
import { served } from "./testing/served.ts";
import { toldIntegration } from "./testing/told-integration.ts";
import { maxNotificationBytes } from "./webhook-routes.ts";

const stored = { kind: "stored", fresh: 1, repeated: 0, refused: 0, dropped: 0 } as const;
const accepted = { kind: "accepted", followUp: Promise.resolve() } as const;

describe.each(["/webhook/changes", "/webhook/lifecycle"])("the handshake at %s", (path) => {
  test.each([
    [
      "Validation%3A+Testing+client+application%20reachability",
      "Validation: Testing client application reachability",
    ],
    ["a%2Bb%26c%3Dd%25", "a+b&c=d%"],
    ["gr%C3%BC%C3%9Fe", "grüße"],
    ["%3Cscript%3Ealert(1)%3C%2Fscript%3E", "<script>alert(1)</script>"],
  ])("says %s back, decoded and as plain text", async (encoded, decoded) => {
    const answer = await served(toldIntegration({})).ask("POST", `${path}?validationToken=${encoded}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain\b/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await answer.text()).toBe(decoded);
  });

  test("is answered while the plugin is not set up", async () => {
    const answer = await served().ask("POST", `${path}?validationToken=token`);
    expect([answer.status, await answer.text()]).toEqual([200, "token"]);
  });

  test.each([
    [4_096, 200],
    [4_097, 400],
  ])("of %d characters is answered with %d", async (length, status) => {
    const answer = await served().ask("POST", `${path}?validationToken=${"t".repeat(length)}`);
    expect(answer.status).toBe(status);
    expect((await answer.text()).length).toBe(status === 200 ? length : 0);
  });

  test("is no matter of a GET", async () => {
    const answer = await served().ask("GET", `${path}?validationToken=token`);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("notifications", () => {
  test("are accepted only after they were stored", async () => {
    const storing = Promise.withResolvers<typeof stored>();
    const began = Promise.withResolvers<unknown>();
    const integration = toldIntegration({
      receiveChanges: (json) => {
        began.resolve(json);
        return storing.promise;
      },
    });
    let isAnswered = false;
    const answer = served(integration)
      .ask("POST", "/webhook/changes", { body: '{"value":[]}' })
      .finally(() => {
        isAnswered = true;
      });
    expect(await began.promise).toEqual({ value: [] });
    expect(isAnswered).toBe(false);
    storing.resolve(stored);
    expect([(await answer).status, await (await answer).text()]).toEqual([202, ""]);
  });

  test.each([
    ["stored", stored, 202, null],
    ["malformed", { kind: "malformed" } as const, 400, null],
    ["unavailable", { kind: "unavailable" } as const, 503, "10"],
  ])("that are %s are answered in Graph's terms", async (_, received, status, retryAfter) => {
    const integration = toldIntegration({ receiveChanges: async () => received });
    const answer = await served(integration).ask("POST", "/webhook/changes", { body: "{}" });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, retryAfter]);
  });

  test("are sent again by Graph when receiving them failed", async () => {
    const { ask, log } = served(toldIntegration({}));
    const answer = await ask("POST", "/webhook/changes", { body: '{"secret":"hunter2"}' });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "10"]);
    expect(log.lines).toHaveLength(1);
    expect(log.lines.join()).not.toContain("hunter2");
  });

  test("are put off while the plugin is not set up", async () => {
    const answer = await served().ask("POST", "/webhook/changes", { body: "{}" });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "10"]);
  });

  test.each(["", "{", "not json"])("that read %p are refused", async (body) => {
    const answer = await served(toldIntegration({})).ask("POST", "/webhook/changes", { body });
    expect(answer.status).toBe(400);
  });

  test("announced as too large are refused unread", async () => {
    const headers = { "content-length": String(maxNotificationBytes + 1) };
    const answer = await served(toldIntegration({})).ask("POST", "/webhook/changes", { body: "{}", headers });
    expect(answer.status).toBe(413);
  });

  test("that turn out too large are not read to the end", async () => {
    const piece = new Uint8Array(1024 * 1024).fill(0x20);
    let pulled = 0;
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(piece);
      },
      cancel: () => {
        isCancelled = true;
      },
    });
    const answer = await served(toldIntegration({})).ask("POST", "/webhook/changes", { body });
    expect(answer.status).toBe(413);
    expect(isCancelled).toBe(true);
    expect(pulled * piece.byteLength).toBeLessThan(2 * maxNotificationBytes);
  });

  test("of exactly the largest size are read", async () => {
    const integration = toldIntegration({ receiveChanges: async () => stored });
    const body = "{}".padEnd(maxNotificationBytes);
    expect((await served(integration).ask("POST", "/webhook/changes", { body })).status).toBe(202);
  });
});

test.each([
  ["accepted", accepted, 202, null],
  ["malformed", { kind: "malformed" } as const, 400, null],
  ["unavailable", { kind: "unavailable" } as const, 503, "10"],
])(
  "Lifecycle notifications that are %s are answered in Graph's terms",
  async (_, received, status, retryAfter) => {
    const integration = toldIntegration({ receiveLifecycle: async () => received });
    const answer = await served(integration).ask("POST", "/webhook/lifecycle", { body: '{"value":[]}' });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, retryAfter]);
  },
);

test("A lifecycle notification is answered before what it asks for was done", async () => {
  const { promise: followUp } = Promise.withResolvers<void>();
  const integration = toldIntegration({ receiveLifecycle: async () => ({ kind: "accepted", followUp }) });
  expect((await served(integration).ask("POST", "/webhook/lifecycle", { body: "{}" })).status).toBe(202);
});
