import { expect, test } from "bun:test";
import fc from "fast-check";
import { Collector } from "../testing/collector.ts";
import { SessionPair } from "../testing/session-pair.ts";
import { encodeVarint } from "./go-varint.ts";
import { PulledBody } from "./pulled-body.ts";
import { serveBody } from "./served-body.ts";

const pattern = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 7) & 0xff);

async function read(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body as BodyInit).arrayBuffer());
}

function chunked(body: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= body.length) return controller.close();
      controller.enqueue(body.subarray(offset, offset + size));
      offset += size;
    },
  });
}

test("a body of any size arrives byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(700_000), fc.integer({ min: 1000, max: 300_000 }), async (size, chunkSize) => {
      await using pair = new SessionPair();
      const [ours, theirs] = await pair.stream();
      const serving = serveBody(ours, chunked(pattern(size), chunkSize));
      using body = new PulledBody(theirs, size);
      expect(Buffer.from(await read(body.readable)).equals(pattern(size))).toBe(true);
      body[Symbol.dispose]();
      await serving;
    }),
    { numRuns: 15 },
  );
});

test("an unread body is never asked for", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  let pulled = 0;
  const source = new ReadableStream<Uint8Array>(
    {
      pull() {
        pulled += 1;
      },
    },
    { highWaterMark: 0 },
  );
  const serving = serveBody(ours, source);
  const body = new PulledBody(theirs);
  await pair.host.ping();
  body[Symbol.dispose]();
  await serving;
  await pair.host.ping();
  expect([pulled, pair.host.streams, pair.plugin.streams]).toEqual([0, 0, 0]);
});

test("the source is read no faster than the reader takes it", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  let produced = 0;
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      produced += 65_536;
      controller.enqueue(pattern(65_536));
    },
  });
  const serving = serveBody(ours, source);
  const body = new PulledBody(theirs);
  const reader = body.readable.getReader();
  await reader.read();
  for (let turn = 0; turn < 10; turn += 1) await pair.host.ping();
  expect(produced).toBeLessThan(1024 * 1024);
  await reader.cancel();
  await serving;
  expect(pair.plugin.streams).toBe(0);
});

test("giving up a half-read body tells the source", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  const cancelled = Promise.withResolvers<void>();
  const source = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(pattern(65_536)),
    cancel: () => cancelled.resolve(),
  });
  const serving = serveBody(ours, source);
  const body = new PulledBody(theirs);
  await body.readable.getReader().read();
  body[Symbol.dispose]();
  await Promise.all([serving, cancelled.promise]);
});

test("a body shorter than its Content-Length is an error", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  const serving = serveBody(ours, pattern(10));
  using body = new PulledBody(theirs, 11);
  expect(read(body.readable)).rejects.toThrow("10 of 11 bytes");
  await serving;
});

test("a source that fails is an error for the reader", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  const source = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("client left")),
  });
  const serving = serveBody(ours, source);
  using body = new PulledBody(theirs);
  expect(read(body.readable)).rejects.toThrow("connection ended");
  await serving;
});

test("a reader that asks chunk by chunk gets exactly what it asked for", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  const serving = serveBody(ours, chunked(pattern(10), 3));
  const reader = new Collector(theirs);
  theirs.write(encodeVarint(4n));
  await reader.until((c) => c.received === 4);
  await pair.host.ping();
  expect(reader.received).toBe(4);
  theirs.write(encodeVarint(100n));
  await reader.until((c) => c.isEnded);
  expect(reader.bytes()).toEqual(pattern(10));
  theirs.end();
  await serving;
});
