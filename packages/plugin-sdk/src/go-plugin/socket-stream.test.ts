import { expect, test } from "bun:test";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Collector } from "../testing/collector.ts";
import { SocketStream } from "./socket-stream.ts";

/** Two ends of a loopback connection. */
async function socketPair(): Promise<[SocketStream, SocketStream, Socket]> {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ours = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  const [theirs]: Socket[] = await once(server, "connection");
  await once(ours, "connect").catch(() => {});
  server.close();
  if (theirs === undefined) throw new Error("nobody connected");
  return [new SocketStream(ours), new SocketStream(theirs), theirs];
}

const pattern = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 3) & 0xff);

test("bytes arrive in order, end is told, and both ends close", async () => {
  const [ours, theirs] = await socketPair();
  const atTheirs = new Collector(theirs);
  const atOurs = new Collector(ours);
  for (let part = 0; part < 10; part += 1) ours.write(pattern(1000 + part));
  ours.end();
  await atTheirs.until((c) => c.isEnded);
  expect(atTheirs.received).toBe(10_045);
  theirs.write(Uint8Array.of(1));
  theirs.end();
  await Promise.all([atOurs.until((c) => c.isClosed), atTheirs.until((c) => c.isClosed)]);
  expect([atOurs.received, atOurs.error, atTheirs.error]).toEqual([1, undefined, undefined]);
});

test("a receiver that processes nothing stops the sender, and credit lets it go on", async () => {
  const [ours, theirs] = await socketPair();
  const slow = new Collector(theirs, { returnsCredit: false });
  const total = 32 * 1024 * 1024;
  let written = 0;
  const writing = (async () => {
    while (written < total) {
      ours.write(pattern(256 * 1024));
      written += 256 * 1024;
      await ours.drained();
    }
  })();
  await slow.until((c) => c.received > 1024 * 1024);
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(slow.received).toBeLessThan(4 * 1024 * 1024);
  expect(written).toBeLessThan(total);
  let returned = 0;
  const everything = slow.until((c) => {
    const due = c.received - returned;
    returned = c.received;
    if (due > 0) theirs.consumed(due);
    return c.received === total;
  });
  await Promise.all([writing, everything]);
  ours.reset();
});

test("a reset ends both sides", async () => {
  const [ours, theirs] = await socketPair();
  const atTheirs = new Collector(theirs);
  const atOurs = new Collector(ours);
  ours.reset();
  await atOurs.until((c) => c.isClosed);
  expect(() => ours.write(Uint8Array.of(1))).toThrow("closed");
  await atTheirs.until((c) => c.isEnded || c.isClosed);
  theirs.reset();
  await atTheirs.until((c) => c.isClosed);
});

test("drained of a closed socket does not wait for ever", async () => {
  const [ours, theirs] = await socketPair();
  ours.receive({ data() {}, end() {}, closed() {} });
  for (let part = 0; part < 64; part += 1) ours.write(pattern(256 * 1024));
  const drained = ours.drained();
  ours.reset();
  await drained;
  theirs.reset();
});
