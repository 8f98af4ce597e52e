import { expect, test } from "bun:test";
import { SessionPair, sessionAgainstRawPeer } from "../testing/session-pair.ts";
import { flag, frameType } from "./frame.ts";
import { keepAliveIntervalMs, keepAliveLimitMs } from "./keep-alive.ts";

test("the host pings every 30 s and goes on while it is answered", async () => {
  const { session, peer, clock } = sessionAgainstRawPeer({ role: "client" });
  for (const value of [0, 2, 4]) {
    clock.advance(keepAliveIntervalMs);
    const ping = await peer.frame((f) => f.type === frameType.ping && f.length === value);
    expect(ping.flags).toBe(flag.syn);
    peer.send(frameType.ping, flag.ack, 0, value);
    // A ping of our own, answered after the keep-alive's, proves that the answer has arrived.
    const probe = session.ping();
    peer.send(frameType.ping, flag.ack, 0, value + 1);
    await probe;
    expect(clock.pending).toBe(1);
  }
  session.close();
});

test("a peer silent for 10 s after a ping ends the session", async () => {
  const { session, peer, clock } = sessionAgainstRawPeer({ role: "client" });
  clock.advance(keepAliveIntervalMs);
  await peer.frame((f) => f.type === frameType.ping);
  clock.advance(keepAliveLimitMs - 1);
  expect(session.open().id).toBe(1);
  clock.advance(1);
  expect((await session.closed)?.code).toBe("keep-alive-timeout");
});

test("the plugin never pings on its own", async () => {
  const { session, peer, clock } = sessionAgainstRawPeer({ role: "server" });
  expect(clock.pending).toBe(0);
  clock.advance(10 * keepAliveIntervalMs);
  session.close();
  await peer.collector.until((c) => c.isEnded);
  expect(peer.frames().some((f) => f.type === frameType.ping)).toBe(false);
});

test("closing leaves no timer behind", async () => {
  const pair = new SessionPair();
  expect(pair.clock.pending).toBe(1);
  await pair[Symbol.asyncDispose]();
  expect(pair.clock.pending).toBe(0);
});
