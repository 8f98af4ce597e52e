import { expect, test } from "bun:test";
import { Collector } from "../testing/collector.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { memoryPipe } from "../testing/memory-pipe.ts";
import { RawPeer } from "../testing/raw-peer.ts";
import { SessionPair } from "../testing/session-pair.ts";
import { flag, frameType } from "../yamux/frame.ts";
import { YamuxSession } from "../yamux/session.ts";
import type { GoPluginError } from "./go-plugin-error.ts";
import { acceptLimitMs, MuxBroker } from "./mux-broker.ts";
import { readMuxId, writeMuxId } from "./mux-id.ts";

const text = (value: string) => new TextEncoder().encode(value);

/** Sessions whose every stream goes to a broker. */
class BrokerPair implements AsyncDisposable {
  readonly sessions = new SessionPair();
  readonly host = new MuxBroker(this.sessions.host, this.sessions.clock);
  readonly plugin = new MuxBroker(this.sessions.plugin, this.sessions.clock);

  constructor() {
    void this.#feed();
  }

  async #feed(): Promise<void> {
    for (;;) this.plugin.incoming(await this.sessions.pluginArrivals.next());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.host[Symbol.dispose]();
    this.plugin[Symbol.dispose]();
    await this.sessions[Symbol.asyncDispose]();
  }
}

test("ids are four bytes, little endian", () => {
  expect(writeMuxId(0x01020304)).toEqual(Uint8Array.of(4, 3, 2, 1));
  expect(readMuxId(writeMuxId(0xfffffffe))).toBe(0xfffffffe);
});

test("each side counts its own ids from 1", async () => {
  await using pair = new BrokerPair();
  const ids = [pair.host.promise(), pair.host.promise(), pair.plugin.promise()];
  for (const { stream } of ids) stream.catch(() => {});
  expect(ids.map(({ id }) => id)).toEqual([1, 2, 1]);
});

test("a dialed stream carries data both ways without id bytes in it", async () => {
  await using pair = new BrokerPair();
  const promised = pair.plugin.promise();
  const dialed = pair.host.dial(promised.id);
  const atHost = new Collector(dialed);
  dialed.write(text("hello"));
  const accepted = await promised.stream;
  const atPlugin = new Collector(accepted);
  accepted.write(text("welcome"));
  dialed.end();
  accepted.end();
  await Promise.all([atHost.until((c) => c.isClosed), atPlugin.until((c) => c.isClosed)]);
  expect([atHost.bytes(), atPlugin.bytes()]).toEqual([text("welcome"), text("hello")]);
});

test("a receiver that comes after the echo misses nothing", async () => {
  await using pair = new BrokerPair();
  const promised = pair.plugin.promise();
  const dialed = pair.host.dial(promised.id);
  const accepted = await promised.stream;
  accepted.write(text("early"));
  accepted.end();
  await pair.sessions.host.ping();
  const atHost = new Collector(dialed);
  await atHost.until((c) => c.isEnded);
  expect(atHost.bytes()).toEqual(text("early"));
  dialed.end();
});

test("a dial that comes before its accept is kept for it", async () => {
  await using pair = new BrokerPair();
  const dialed = pair.host.dial(9);
  dialed.write(text("x"));
  await pair.sessions.host.ping();
  const accepted = new Collector(await pair.plugin.accept(9));
  await accepted.until((c) => c.received === 1);
  expect(accepted.bytes()).toEqual(text("x"));
});

test("a dial nobody accepts is refused after 5 s", async () => {
  await using pair = new BrokerPair();
  const dialed = new Collector(pair.host.dial(9));
  await pair.sessions.host.ping();
  pair.sessions.clock.advance(acceptLimitMs);
  await dialed.until((c) => c.isClosed);
  expect((dialed.error as GoPluginError).code).toBe("dial-refused");
});

test("a receiver that comes after the refusal is told", async () => {
  await using pair = new BrokerPair();
  const stream = pair.host.dial(9);
  await pair.sessions.host.ping();
  pair.sessions.clock.advance(acceptLimitMs);
  await pair.sessions.host.ping();
  await pair.sessions.host.ping();
  const dialed = new Collector(stream);
  expect(dialed.isClosed).toBe(true);
});

test("a promise nobody dials is given up after 5 s", async () => {
  await using pair = new BrokerPair();
  const { stream } = pair.plugin.promise();
  pair.sessions.clock.advance(acceptLimitMs);
  const error = await stream.catch((reason: GoPluginError) => reason);
  expect((error as GoPluginError).code).toBe("accept-timeout");
});

test("the end of the connection fails what is still promised and leaves no timer", async () => {
  const pair = new BrokerPair();
  const { stream } = pair.plugin.promise();
  const outcome = stream.catch((reason: GoPluginError) => reason.code);
  await pair[Symbol.asyncDispose]();
  expect(await outcome).toBe("stopped" as never);
  expect(pair.sessions.clock.pending).toBe(0);
});

test("an echo of another id resets the stream", async () => {
  const [ours, theirs] = memoryPipe();
  const session = new YamuxSession(ours, { role: "client", clock: new ManualClock() });
  const peer = new RawPeer(theirs);
  const dialed = new Collector(new MuxBroker(session, new ManualClock()).dial(3));
  peer.send(frameType.data, flag.ack, 1, 4, writeMuxId(4));
  await dialed.until((c) => c.isClosed);
  await peer.frame((f) => f.flags === flag.rst);
  expect(dialed.received).toBe(0);
  session.close();
});
