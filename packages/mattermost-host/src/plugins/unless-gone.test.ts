import { expect, test } from "bun:test";
import { unlessGone } from "./unless-gone.ts";

/** An answer whose first bytes are there and whose rest is on its way. */
function begun() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  void writer.write(new TextEncoder().encode("first"));
  return { readable, writer };
}

const broken = new DOMException("broken off", "AbortError");

test("an answer is passed on as it is, with its status and every header", async () => {
  const headers = new Headers({ "x-own": "1" });
  headers.append("set-cookie", "a=1");
  headers.append("set-cookie", "b=2");
  const { signal } = new AbortController();
  const passed = await unlessGone(
    { signal },
    Promise.resolve(new Response("text", { status: 201, headers })),
  );
  expect([passed.status, await passed.text(), passed.headers.getSetCookie()]).toEqual([
    201,
    "text",
    ["a=1", "b=2"],
  ]);
  const empty = await unlessGone({ signal }, Promise.resolve(new Response(null, { status: 204 })));
  expect([empty.status, empty.body]).toEqual([204, null]);
});

test("an answer that breaks off because its client went away ends", async () => {
  const client = new AbortController();
  const { readable, writer } = begun();
  const passed = await unlessGone(client, Promise.resolve(new Response(readable)));
  const reader = passed.body?.getReader();
  expect((await reader?.read())?.value).toEqual(new TextEncoder().encode("first"));
  client.abort();
  void writer.abort(broken).catch(() => undefined);
  expect((await reader?.read())?.done).toBe(true);
});

test("an answer that breaks off by itself fails", async () => {
  const { readable, writer } = begun();
  const passed = await unlessGone(new AbortController(), Promise.resolve(new Response(readable)));
  const reader = passed.body?.getReader();
  await reader?.read();
  void writer.abort(broken).catch(() => undefined);
  await expect(reader?.read()).rejects.toBe(broken);
});

test("what fails before its head is no failure once its client went away", async () => {
  const client = new AbortController();
  await expect(unlessGone(client, Promise.reject(broken))).rejects.toBe(broken);
  client.abort();
  expect((await unlessGone(client, Promise.reject(broken))).status).toBe(499);
});

test("a client that stops reading stops the plugin", async () => {
  const reasons: unknown[] = [];
  const body = new ReadableStream<Uint8Array>({ cancel: (reason) => void reasons.push(reason) });
  const passed = await unlessGone(new AbortController(), Promise.resolve(new Response(body)));
  await passed.body?.cancel("enough");
  expect(reasons).toEqual(["enough"]);
});
