import { expect, test } from "bun:test";
import fc from "fast-check";
import { Collector } from "../testing/collector.ts";
import type { RawPeer } from "../testing/raw-peer.ts";
import { sessionAgainstRawPeer } from "../testing/session-pair.ts";
import { flag, frameType, goAwayReason } from "./frame.ts";
import { maxPeerStreams } from "./session.ts";
import type { YamuxErrorCode } from "./yamux-error.ts";

const { data, windowUpdate, ping } = frameType;
const open = (peer: RawPeer, id = 1) => peer.send(windowUpdate, flag.syn, id, 0);

const attacks: [string, YamuxErrorCode, (peer: RawPeer) => void][] = [
  ["another version", "protocol", (peer) => peer.raw(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0))],
  ["an unknown frame type", "protocol", (peer) => peer.send(9, 0, 1, 0)],
  [
    "a stream opened twice",
    "protocol",
    (peer) => {
      open(peer);
      open(peer);
    },
  ],
  ["an id of our own parity", "protocol", (peer) => open(peer, 2)],
  ["data for the session's id", "protocol", (peer) => peer.send(data, 0, 0, 0)],
  ["a SYN on the session's id", "protocol", (peer) => open(peer, 0)],
  [
    "a second FIN",
    "protocol",
    (peer) => {
      open(peer);
      peer.send(windowUpdate, flag.fin, 1, 0);
      peer.send(windowUpdate, flag.fin, 1, 0);
    },
  ],
  [
    "data after FIN",
    "protocol",
    (peer) => {
      open(peer);
      peer.send(windowUpdate, flag.fin, 1, 0);
      peer.send(data, 0, 1, 1, Uint8Array.of(1));
    },
  ],
  [
    "more data than the window",
    "window-exceeded",
    (peer) => {
      open(peer);
      peer.send(data, 0, 1, 200_000, new Uint8Array(200_000));
      peer.send(data, 0, 1, 62_145, new Uint8Array(62_145));
    },
  ],
  [
    "credit beyond 32 bits",
    "protocol",
    (peer) => {
      open(peer);
      peer.send(windowUpdate, 0, 1, 0xffff_ffff);
    },
  ],
];

for (const [name, code, attack] of attacks) {
  test(`${name} ends the session as ${code} with go-away 1`, async () => {
    const { session, peer } = sessionAgainstRawPeer({ role: "server", accept: () => {} });
    attack(peer);
    expect((await session.closed)?.code).toBe(code);
    const goAway = await peer.frame((f) => f.type === frameType.goAway);
    expect(goAway.length).toBe(goAwayReason.protocolError);
    expect(session.streams).toBe(0);
  });
}

test("streams beyond the limit are reset while the others live on", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "server", accept: () => {} });
  for (let index = 0; index <= maxPeerStreams; index += 1) open(peer, 2 * index + 1);
  peer.send(ping, flag.syn, 0, 7);
  await peer.frame((f) => f.type === ping);
  expect(
    peer
      .frames()
      .filter((f) => f.flags === flag.rst)
      .map((f) => f.streamId),
  ).toEqual([2 * maxPeerStreams + 1]);
  expect(session.streams).toBe(maxPeerStreams);
  session.close();
});

test("a peer that only asks and never reads is cut off", async () => {
  const { session, peer, theirs } = sessionAgainstRawPeer({ role: "server" });
  theirs.pause();
  const burst = new Uint8Array(12 * 10_000);
  for (let offset = 0; offset < burst.length; offset += 12) burst.set([0, ping, 0, flag.syn], offset);
  let bursts = 0;
  let over = false;
  void session.closed.then(() => {
    over = true;
  });
  while (!over && bursts < 100) {
    peer.raw(burst);
    bursts += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await session.closed)?.code).toBe("overloaded");
  expect(theirs.backlog).toBeLessThan(8 * 1024 * 1024);
});

test("random bytes never throw out of the session and never leave a stream open", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 20 }), async (chunks) => {
      const collectors: Collector[] = [];
      const { session, peer, theirs } = sessionAgainstRawPeer({
        role: "server",
        accept: (stream) => collectors.push(new Collector(stream)),
      });
      for (const chunk of chunks) peer.raw(chunk);
      theirs.end();
      await session.closed;
      await Promise.all(collectors.map((collector) => collector.until((c) => c.isClosed)));
      expect(session.streams).toBe(0);
    }),
    { numRuns: 100 },
  );
});

test("random frames of a plausible peer end in a typed error or in order", async () => {
  const anyFrame = fc.tuple(fc.nat(3), fc.nat(15), fc.nat(6), fc.nat(300));
  await fc.assert(
    fc.asyncProperty(fc.array(anyFrame, { maxLength: 40 }), async (frames) => {
      const { session, peer, theirs } = sessionAgainstRawPeer({
        role: "server",
        accept: (stream) => new Collector(stream),
      });
      for (const [type, flags, id, length] of frames) {
        peer.send(type, flags, id, length, type === data ? new Uint8Array(length) : new Uint8Array(0));
      }
      theirs.end();
      const error = await session.closed;
      expect([undefined, "protocol", "window-exceeded", "remote-go-away"]).toContain(error?.code);
      expect(session.streams).toBe(0);
    }),
    { numRuns: 150 },
  );
});
