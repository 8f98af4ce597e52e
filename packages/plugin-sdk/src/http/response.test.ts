import { expect, test } from "bun:test";
import { DirectCaller } from "../testing/direct-caller.ts";
import { ResponseReceiver } from "./receive-response.ts";
import { type ResponseFailure, writeResponse } from "./write-response.ts";

function connected() {
  const receiver = new ResponseReceiver();
  return { receiver, rpc: new DirectCaller(receiver.methods()) };
}

async function send(response: Response) {
  const { receiver, rpc } = connected();
  const writing = writeResponse(rpc, response).then(() => receiver.finish());
  const received = await receiver.response;
  const body = await received.text();
  await writing;
  return { received, body, calls: rpc.calls };
}

test("a small response costs two calls", async () => {
  const { received, body, calls } = await send(Response.json({ ok: true }));
  expect(calls).toEqual(["SyncHeader", "Write"]);
  expect([received.status, received.headers.get("content-type"), body]).toEqual([
    200,
    "application/json;charset=utf-8",
    '{"ok":true}',
  ]);
});

test("an empty 200 costs no call at all", async () => {
  const { received, calls } = await send(new Response(null));
  expect([received.status, calls]).toEqual([200, []]);
});

for (const status of [201, 204, 302, 304, 400, 404, 503]) {
  test(`status ${status} arrives`, async () => {
    const { received } = await send(new Response(null, { status, headers: { location: "/next" } }));
    expect([received.status, received.headers.get("location")]).toEqual([status, "/next"]);
  });
}

test("every Set-Cookie arrives as its own header", async () => {
  const headers = new Headers([
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2; Path=/"],
  ]);
  const { received } = await send(new Response("x", { headers }));
  expect(received.headers.getSetCookie()).toEqual(["a=1", "b=2; Path=/"]);
});

test("a body that pauses is flushed, so that its first part is not held back", async () => {
  const { receiver, rpc } = connected();
  const flushed = rpc.called("Flush");
  let part = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        part += 1;
        if (part === 2) await flushed;
        if (part === 3) return controller.close();
        controller.enqueue(new TextEncoder().encode(`part ${part} `));
      },
    },
    { highWaterMark: 0 },
  );
  const writing = writeResponse(rpc, new Response(body as BodyInit));
  const reader = (await receiver.response).body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("part 1 ");
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("part 2 ");
  await writing;
  expect(rpc.calls.slice(0, 3)).toEqual(["Write", "Flush", "Write"]);
  receiver.finish();
});

test("a large chunk is cut into several Writes", async () => {
  const { body, calls } = await send(new Response("x".repeat(600_000)));
  expect(body.length).toBe(600_000);
  expect(calls.filter((name) => name === "Write").length).toBeGreaterThanOrEqual(3);
});

test("Writes wait for a reader that does not read", async () => {
  const { receiver, rpc } = connected();
  let produced = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      produced += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const writing = writeResponse(rpc, new Response(body as BodyInit));
  const response = await receiver.response;
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(produced).toBeLessThan(1024 * 1024);
  await response.body?.cancel();
  expect(writing).rejects.toThrow("could not be written");
});

test("when the client leaves, the body's source is cancelled", async () => {
  const { receiver, rpc } = connected();
  const cancelled = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000)),
    cancel: () => cancelled.resolve(),
  });
  const writing = writeResponse(rpc, new Response(body as BodyInit)).catch((error: ResponseFailure) => error);
  await receiver.response;
  receiver.abort();
  await cancelled.promise;
  expect((await writing) as ResponseFailure).toMatchObject({ started: true });
});

test("an abort before the response rejects it", async () => {
  const { receiver } = connected();
  receiver.abort();
  expect(receiver.response).rejects.toThrow("aborted");
});

test("a hook that fails before writing is a 500, afterwards a broken body", async () => {
  const early = connected();
  early.receiver.fail(new Error("boom"));
  expect((await early.receiver.response).status).toBe(500);
  const late = connected();
  const body = new ReadableStream<Uint8Array>({ start: (c) => c.enqueue(new Uint8Array(3)) });
  void writeResponse(late.rpc, new Response(body as BodyInit)).catch(() => {});
  const response = await late.receiver.response;
  late.receiver.fail(new Error("boom"));
  expect(response.arrayBuffer()).rejects.toThrow("boom");
});

test("a status that is none is refused with Go's words", async () => {
  const { receiver } = connected();
  const method = receiver.methods().get("Plugin.WriteHeader");
  expect(() => method?.answer(42)).toThrow("invalid http status code");
  receiver.finish();
  expect((await receiver.response).status).toBe(200);
});

test("1xx announces and does not end the wait for the status", async () => {
  const { receiver } = connected();
  const method = receiver.methods().get("Plugin.WriteHeader");
  method?.answer(103);
  method?.answer(201);
  expect((await receiver.response).status).toBe(201);
});
