import { expect, test } from "bun:test";
import fc from "fast-check";
import { Collector } from "../testing/collector.ts";
import { SessionPair, sessionAgainstRawPeer } from "../testing/session-pair.ts";
import { flag, frameType, initialWindowBytes } from "./frame.ts";
import { streamHighWaterBytes } from "./stream.ts";

const pattern = (size: number, seed: number) =>
  Uint8Array.from({ length: size }, (_, index) => (index * 31 + seed) & 0xff);

test("a writer stops at one window until the peer returns credit", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "client" });
  const stream = session.open();
  const body = pattern(initialWindowBytes + 1000, 1);
  stream.write(body);
  stream.end();
  const sent = () => peer.frames().reduce((sum, f) => sum + f.payload.length, 0);
  await peer.collector.until(() => sent() === initialWindowBytes);
  const ping = session.ping();
  peer.send(frameType.ping, flag.ack, 0, 0);
  await ping;
  expect(sent()).toBe(initialWindowBytes);
  expect(peer.frames().some((f) => f.flags === flag.fin)).toBe(false);
  peer.send(frameType.windowUpdate, flag.ack, 1, 400);
  await peer.collector.until(() => sent() === initialWindowBytes + 400);
  peer.send(frameType.windowUpdate, 0, 1, 100_000);
  await peer.frame((f) => f.flags === flag.fin);
  expect(Buffer.concat(peer.frames().map((f) => f.payload)).equals(body)).toBe(true);
  session.close();
});

test("large writes are cut so that another stream gets its turn", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "client" });
  session.open().write(pattern(initialWindowBytes, 1));
  session.open().write(pattern(10, 2));
  await peer.frame((f) => f.streamId === 3 && f.payload.length === 10);
  expect(Math.max(...peer.frames().map((f) => f.payload.length))).toBe(64 * 1024);
  session.close();
});

test("credit goes back once half a window was consumed, and not while bytes are only received", async () => {
  let accepted = 0;
  const { session, peer } = sessionAgainstRawPeer({
    role: "server",
    accept(stream) {
      accepted += 1;
      const keeps = new Collector(stream, { returnsCredit: false });
      void keeps
        .until((c) => c.received === initialWindowBytes)
        .then(() => {
          stream.consumed(initialWindowBytes / 2 - 1);
          stream.consumed(1);
        });
    },
  });
  peer.send(frameType.windowUpdate, flag.syn, 1, 0);
  for (let part = 0; part < 4; part += 1) peer.send(frameType.data, 0, 1, 65_536, pattern(65_536, part));
  const update = await peer.frame((f) => f.streamId === 1 && f.flags === 0);
  expect([accepted, update.type, update.length]).toEqual([1, frameType.windowUpdate, initialWindowBytes / 2]);
  session.close();
});

test("drained waits while the peer does not read, and the queue stays with the writer", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  const slow = new Collector(theirs, { returnsCredit: false });
  let written = 0;
  let returned = 0;
  const total = 2 * 1024 * 1024;
  const writing = (async () => {
    while (written < total) {
      ours.write(pattern(32 * 1024, written));
      written += 32 * 1024;
      await ours.drained();
    }
  })();
  await slow.until((c) => c.received === initialWindowBytes);
  await pair.host.ping();
  expect(written).toBeLessThanOrEqual(initialWindowBytes + streamHighWaterBytes + 32 * 1024);
  const everything = slow.until((c) => {
    // Each full window that arrived goes back, so that the writer can go on.
    while (c.received >= returned + initialWindowBytes) {
      returned += initialWindowBytes;
      theirs.consumed(initialWindowBytes);
    }
    return c.received === total;
  });
  await Promise.all([writing, everything]);
});

test("when the transport takes nothing, data waits in its stream and drained does not resolve", async () => {
  await using pair = new SessionPair();
  pair.pluginPipe.pause();
  const streams = Array.from({ length: 8 }, () => pair.host.open());
  let resolved = 0;
  for (const stream of streams) {
    for (let part = 0; part < 4; part += 1) stream.write(pattern(64 * 1024, part));
    void stream.drained().then(() => {
      resolved += 1;
    });
  }
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(pair.pluginPipe.backlog).toBeLessThan(2 * initialWindowBytes);
  expect(resolved).toBe(0);
  const received = streams.map(async () => {
    const collector = new Collector(await pair.pluginArrivals.next());
    await collector.until((c) => c.received === 4 * 64 * 1024);
  });
  pair.pluginPipe.resume();
  await Promise.all(received);
  for (const stream of streams) await stream.drained();
});

test("any interleaving of streams, cut anywhere, carries the exact bytes", async () => {
  const plan = fc.array(
    fc.record({ stream: fc.nat(4), size: fc.oneof(fc.nat(50), fc.nat(90_000)), fromPlugin: fc.boolean() }),
    { minLength: 1, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(
      plan,
      fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 5 }),
      async (writes, sizes) => {
        let turn = 0;
        const cut = (bytes: Uint8Array) => {
          const pieces: Uint8Array[] = [];
          for (let offset = 0; offset < bytes.length; ) {
            const size = sizes[turn++ % sizes.length] ?? 1;
            pieces.push(bytes.subarray(offset, offset + size));
            offset += size;
          }
          return pieces;
        };
        await using pair = new SessionPair({ cut });
        const ends = await Promise.all(Array.from({ length: 5 }, () => pair.stream()));
        const collectors = ends.flatMap(([ours, theirs]) => [new Collector(ours), new Collector(theirs)]);
        const expected = collectors.map(() => [] as Uint8Array[]);
        for (const [index, { stream, size, fromPlugin }] of writes.entries()) {
          const bytes = pattern(size, index);
          ends[stream]?.[fromPlugin ? 1 : 0].write(bytes);
          expected[stream * 2 + (fromPlugin ? 0 : 1)]?.push(bytes);
        }
        for (const [ours, theirs] of ends) {
          ours.end();
          theirs.end();
        }
        await Promise.all(collectors.map((collector) => collector.until((c) => c.isClosed)));
        for (const [index, collector] of collectors.entries()) {
          expect(Buffer.concat(expected[index] ?? []).equals(Buffer.from(collector.bytes()))).toBe(true);
          expect(collector.error).toBeUndefined();
        }
      },
    ),
    { numRuns: 30 },
  );
});
