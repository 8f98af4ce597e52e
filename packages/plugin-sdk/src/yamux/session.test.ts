import { expect, test } from "bun:test";
import { Collector } from "../testing/collector.ts";
import { Arrivals, SessionPair, sessionAgainstRawPeer } from "../testing/session-pair.ts";
import { flag, frameType, goAwayReason } from "./frame.ts";
import { openBacklog } from "./session.ts";
import type { YamuxError } from "./yamux-error.ts";

const text = (value: string) => new TextEncoder().encode(value);

test("the host opens odd ids and the plugin even ones", async () => {
  await using pair = new SessionPair();
  expect([pair.host.open().id, pair.host.open().id]).toEqual([1, 3]);
  expect([pair.plugin.open().id, pair.plugin.open().id]).toEqual([2, 4]);
});

test("bytes travel both ways and a half close leaves the other way open", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  const atPlugin = new Collector(theirs);
  const atHost = new Collector(ours);
  ours.write(text("question"));
  ours.end();
  await atPlugin.until((c) => c.isEnded);
  expect(atPlugin.bytes()).toEqual(text("question"));
  expect(atPlugin.isClosed).toBe(false);
  theirs.write(text("answer"));
  theirs.end();
  await atHost.until((c) => c.isClosed);
  expect(atHost.bytes()).toEqual(text("answer"));
  expect([pair.host.streams, pair.plugin.streams]).toEqual([0, 0]);
});

test("a SYN is acknowledged at once, before anyone wrote", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "server", accept: () => {} });
  peer.send(frameType.windowUpdate, flag.syn, 1, 0);
  const ack = await peer.frame((f) => f.streamId === 1);
  expect([ack.type, ack.flags, ack.length]).toEqual([frameType.windowUpdate, flag.ack, 0]);
  session.close();
});

test("a SYN may come on the first data frame, with FIN on it too", async () => {
  const arrivals = new Arrivals();
  const { session, peer } = sessionAgainstRawPeer({ role: "server", accept: arrivals.accept });
  peer.send(frameType.data, flag.syn | flag.fin, 1, 5, text("hello"));
  const got = new Collector(await arrivals.next());
  await got.until((c) => c.isEnded);
  expect(got.bytes()).toEqual(text("hello"));
  session.close();
});

test("a ping is answered with its own value", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "server" });
  peer.send(frameType.ping, flag.syn, 0, 0xcafe);
  const answer = await peer.frame((f) => f.type === frameType.ping);
  expect([answer.flags, answer.streamId, answer.length]).toEqual([flag.ack, 0, 0xcafe]);
  session.close();
});

test("our own ping resolves with the round trip", async () => {
  await using pair = new SessionPair();
  const roundTrip = pair.host.ping();
  pair.clock.advance(3);
  expect(await roundTrip).toBe(3);
});

test("frames of one turn leave in one write", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  const got = new Collector(theirs);
  const before = pair.hostPipe.writes;
  for (let index = 0; index < 50; index += 1) ours.write(text("a small request"));
  await got.until((c) => c.received === 50 * 15);
  expect(pair.hostPipe.writes - before).toBe(1);
});

test("FIN is sent once although end is called again, and none follows a reset", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "client" });
  const ended = session.open();
  ended.end();
  ended.end();
  const reset = session.open();
  reset.reset();
  reset.end();
  reset.reset();
  session.close();
  await peer.collector.until((c) => c.isEnded);
  const flagsOf = (id: number) =>
    peer
      .frames()
      .filter((f) => f.streamId === id)
      .map((f) => f.flags);
  expect(flagsOf(1)).toEqual([flag.syn, flag.fin]);
  expect(flagsOf(3)).toEqual([flag.syn, flag.rst]);
});

test("a reset reaches the other side as an error on both directions", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  const got = new Collector(theirs);
  ours.reset();
  await got.until((c) => c.isClosed);
  expect((got.error as YamuxError).code).toBe("stream-reset");
  expect(() => theirs.write(text("late"))).toThrow("takes no more data");
});

test("frames for a stream that is gone are dropped", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "client" });
  const stream = session.open();
  stream.reset();
  peer.send(frameType.data, 0, stream.id, 4, text("late"));
  peer.send(frameType.windowUpdate, flag.fin, stream.id, 0);
  peer.send(frameType.ping, flag.syn, 0, 1);
  await peer.frame((f) => f.type === frameType.ping);
  expect(session.streams).toBe(0);
  session.close();
  expect(await session.closed).toBeUndefined();
});

test("data that came before anyone listened is delivered first, also after a hand-over", async () => {
  await using pair = new SessionPair();
  const [ours, theirs] = await pair.stream();
  ours.write(text("idrest"));
  await new Promise<void>((resolve) => {
    theirs.receive({
      data(chunk) {
        expect(chunk).toEqual(text("idrest"));
        theirs.detach(chunk.subarray(2));
        resolve();
      },
      end() {},
      closed() {},
    });
  });
  ours.write(text("more"));
  ours.end();
  const got = new Collector(theirs);
  await got.until((c) => c.isEnded);
  expect(got.bytes()).toEqual(text("restmore"));
});

test("opens beyond the backlog wait until the peer acknowledges", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "client" });
  const streams = Array.from({ length: openBacklog + 2 }, () => session.open());
  streams.forEach((stream) => {
    stream.write(text("x"));
  });
  await peer.frame((f) => f.streamId === streams[openBacklog - 1]?.id && f.type === frameType.data);
  const syns = () =>
    peer.frames().filter((f) => f.flags === flag.syn && f.type === frameType.windowUpdate).length;
  expect(syns()).toBe(openBacklog);
  peer.send(frameType.windowUpdate, flag.ack, 1, 0);
  peer.send(frameType.windowUpdate, flag.ack, 3, 0);
  const last = streams[openBacklog + 1];
  await peer.frame((f) => f.streamId === last?.id && f.type === frameType.data);
  expect(syns()).toBe(openBacklog + 2);
  session.close();
});

test("after a go-away no stream is opened but open ones go on", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "client" });
  const stream = session.open();
  const got = new Collector(stream);
  peer.send(frameType.goAway, 0, 0, goAwayReason.normal);
  peer.send(frameType.data, 0, stream.id, 2, text("ok"));
  await got.until((c) => c.received === 2);
  expect(() => session.open()).toThrow("takes no new streams");
  session.close();
});

test("a go-away with a reason ends the session and all its streams", async () => {
  const { session, peer } = sessionAgainstRawPeer({ role: "client" });
  const got = new Collector(session.open());
  peer.send(frameType.goAway, 0, 0, goAwayReason.internalError);
  await got.until((c) => c.isClosed);
  expect((got.error as YamuxError).code).toBe("remote-go-away");
  expect((await session.closed)?.code).toBe("remote-go-away");
});

test("the end of the transport ends all streams, waiting pings and the session", async () => {
  const { session, theirs } = sessionAgainstRawPeer({ role: "client" });
  const got = new Collector(session.open());
  const ping = session.ping();
  theirs.end();
  expect(ping).rejects.toThrow("closed");
  await got.until((c) => c.isClosed);
  expect((got.error as YamuxError).code).toBe("session-closed");
  expect(await session.closed).toBeUndefined();
  expect(() => session.open()).toThrow("closed");
});

test("a broken transport is told as such", async () => {
  const { session, theirs } = sessionAgainstRawPeer({ role: "client" });
  theirs.reset();
  expect((await session.closed)?.code).toBe("transport-failed");
});

test("a peer that leaves the transport open after our go-away is cut off after the linger time", async () => {
  const { session, clock, peer } = sessionAgainstRawPeer({ role: "client" });
  session.close();
  await peer.frame((f) => f.type === frameType.goAway);
  expect(clock.pending).toBe(1);
  clock.advance(1_000);
  await session[Symbol.asyncDispose]();
  expect(clock.pending).toBe(0);
});
