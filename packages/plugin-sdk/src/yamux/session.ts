import type { ByteStream } from "../byte-stream.ts";
import { type Clock, systemClock, type Timer } from "../clock.ts";
import { type FrameHeader, flag, frameType, goAwayReason } from "./frame.ts";
import { FrameParser } from "./frame-parser.ts";
import { FrameWriter, type ScheduleFlush } from "./frame-writer.ts";
import { KeepAlive } from "./keep-alive.ts";
import { type StreamOwner, YamuxStream } from "./stream.ts";
import { YamuxError } from "./yamux-error.ts";

/** A peer that has not acknowledged this many opens gets no more SYNs: Go resets streams beyond its backlog of 256. */
export const openBacklog = 200;
/** Streams the peer may have open at once; each can hold a window of memory. Beyond it new ones are reset. */
export const maxPeerStreams = 4096;
/** Frames that the transport does not take away: a peer that makes us answer but never reads is cut off here. */
export const maxBacklogBytes = 4 * 1024 * 1024;
/** After our last frame the peer has this long to close the transport before it is torn down. */
export const lingerMs = 1_000;
/** The highest id a yamux stream can have. */
const maxStreamId = 0xffff_ffff;

/** How a {@link YamuxSession} behaves; everything but the role has a default. */
export interface YamuxOptions {
  /** The client (go-plugin's host) opens odd ids and keeps the session alive, the server (the plugin) even ones. */
  readonly role: "client" | "server";
  /** A stream that the peer opened. Without it such streams are reset. */
  readonly accept?: (stream: YamuxStream) => void;
  readonly clock?: Clock;
  /** When gathered frames are written; by default at the end of this turn of the event loop. */
  readonly schedule?: ScheduleFlush;
}

/**
 * Many streams over one transport (yamux spec version 0, as hashicorp/yamux 0.1 speaks it). SYNs are acknowledged at
 * once. Bytes that break the protocol end the session with go-away 1 and a {@link YamuxError}.
 */
export class YamuxSession implements AsyncDisposable {
  /** Resolves when the session is over: without an error after `close` on either side, else with the reason. */
  readonly closed: Promise<YamuxError | undefined>;
  readonly #transport: ByteStream;
  readonly #clock: Clock;
  readonly #accept: ((stream: YamuxStream) => void) | undefined;
  readonly #peerParity: number;
  readonly #writer: FrameWriter;
  readonly #parser: FrameParser;
  readonly #owner: StreamOwner;
  readonly #streams = new Map<number, YamuxStream>();
  readonly #unacknowledged = new Set<number>();
  readonly #waitingOpens: YamuxStream[] = [];
  readonly #waitingForRoom = new Set<YamuxStream>();
  readonly #pings = new Map<
    number,
    { sentMs: number; answer: (roundTripMs: number) => void; fail: (e: Error) => void }
  >();
  readonly #keepAlive: KeepAlive | undefined;
  #linger: Timer | undefined;
  #nextStreamId: number;
  #nextPing = 0;
  #peerStreams = 0;
  #peerGoesAway = false;
  #over = false;
  #current: YamuxStream | undefined;
  #currentEnds = false;
  #settle: (error: YamuxError | undefined) => void = () => {};
  #transportGone: () => void = () => {};
  readonly #transportClosed: Promise<void>;

  constructor(transport: ByteStream, options: YamuxOptions) {
    this.#transport = transport;
    this.#clock = options.clock ?? systemClock;
    this.#accept = options.accept;
    this.#nextStreamId = options.role === "client" ? 1 : 2;
    this.#peerParity = options.role === "client" ? 0 : 1;
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#transportClosed = new Promise((resolve) => {
      this.#transportGone = resolve;
    });
    this.#writer = new FrameWriter(transport, options.schedule ?? setImmediate, () => this.#roomAgain());
    this.#owner = {
      writer: this.#writer,
      waitForRoom: (stream) => this.#waitingForRoom.add(stream),
      forget: (stream) => this.#forget(stream),
    };
    this.#parser = new FrameParser({
      header: (header) => this.#header(header),
      payload: (bytes) => this.#current?.deliver(bytes),
      payloadEnd: () => this.#payloadEnd(),
    });
    if (options.role === "client") {
      this.#keepAlive = new KeepAlive(
        this.#clock,
        () => this.ping(),
        () =>
          this.#fail(
            new YamuxError("keep-alive-timeout", "The peer did not answer a keep-alive ping in time."),
          ),
      );
    }
    transport.receive({
      data: (chunk) => this.#receive(chunk),
      end: () => this.#finish(undefined, undefined),
      closed: (error) => this.#transportOver(error),
    });
  }

  /** Streams open in either direction. */
  get streams(): number {
    return this.#streams.size;
  }

  /**
   * Opens a stream; data may follow at once. Throws {@link YamuxError} `session-closed`, or `going-away` when the peer
   * takes no more streams.
   */
  open(): YamuxStream {
    if (this.#over) throw new YamuxError("session-closed", "The session is closed; no stream can be opened.");
    if (this.#peerGoesAway || this.#nextStreamId > maxStreamId) {
      throw new YamuxError("going-away", "The peer takes no new streams.");
    }
    const ready = this.#unacknowledged.size < openBacklog;
    const stream = new YamuxStream(this.#nextStreamId, this.#owner, ready);
    this.#nextStreamId += 2;
    this.#streams.set(stream.id, stream);
    if (ready) this.#sendSyn(stream);
    else this.#waitingOpens.push(stream);
    return stream;
  }

  /** Asks the peer for a sign of life; milliseconds until the answer. Rejects when the session ends first. */
  ping(): Promise<number> {
    if (this.#over) return Promise.reject(new YamuxError("session-closed", "The session is closed."));
    const id = this.#nextPing;
    this.#nextPing = (this.#nextPing + 1) >>> 0;
    return new Promise((answer, fail) => {
      this.#pings.set(id, { sentMs: this.#clock.now(), answer, fail });
      this.#writer.control(frameType.ping, flag.syn, 0, id);
    });
  }

  /** Says go-away, writes out what was already framed and closes the transport. All streams are over. Idempotent. */
  close(): void {
    this.#finish(undefined, goAwayReason.normal);
  }

  /** Closes and waits until the transport is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.#transportClosed;
  }

  #sendSyn(stream: YamuxStream): void {
    this.#unacknowledged.add(stream.id);
    this.#writer.control(frameType.windowUpdate, flag.syn, stream.id, 0);
  }

  #acknowledged(id: number): void {
    if (!this.#unacknowledged.delete(id)) return;
    while (this.#unacknowledged.size < openBacklog) {
      const next = this.#waitingOpens.shift();
      if (next === undefined) return;
      if (!this.#streams.has(next.id)) continue;
      this.#sendSyn(next);
      next.opened();
    }
  }

  #receive(chunk: Uint8Array): void {
    if (this.#over) return;
    try {
      this.#parser.push(chunk);
    } catch (error) {
      if (!(error instanceof YamuxError)) throw error;
      this.#fail(error);
      return;
    }
    this.#transport.consumed(chunk.length);
    if (this.#writer.backlogBytes > maxBacklogBytes) {
      this.#fail(
        new YamuxError("overloaded", "The peer keeps sending but does not read what it is answered."),
      );
    }
  }

  #header(header: Readonly<FrameHeader>): void {
    if (header.type === frameType.ping) this.#onPing(header);
    else if (header.type === frameType.goAway) this.#onGoAway(header);
    else this.#onStreamFrame(header);
  }

  #onPing(header: Readonly<FrameHeader>): void {
    if ((header.flags & flag.syn) !== 0) {
      this.#writer.control(frameType.ping, flag.ack, 0, header.length);
      return;
    }
    const ping = this.#pings.get(header.length);
    this.#pings.delete(header.length);
    ping?.answer(this.#clock.now() - ping.sentMs);
  }

  #onGoAway(header: Readonly<FrameHeader>): void {
    if (header.length === goAwayReason.normal) {
      this.#peerGoesAway = true;
      return;
    }
    const reason = header.length === goAwayReason.protocolError ? "a protocol error" : "an internal error";
    this.#finish(
      new YamuxError("remote-go-away", `The peer ended the session because of ${reason}.`),
      undefined,
    );
  }

  #onStreamFrame(header: Readonly<FrameHeader>): void {
    const { flags, streamId, length } = header;
    if (streamId === 0)
      throw new YamuxError("protocol", "The peer sent a stream's frame for the session itself.");
    if ((flags & flag.syn) !== 0) this.#onSyn(streamId);
    if ((flags & (flag.ack | flag.rst)) !== 0) this.#acknowledged(streamId);
    const stream = this.#streams.get(streamId);
    const isData = header.type === frameType.data;
    // A frame for a stream we no longer know crossed our FIN or RST: its payload is dropped, as Go does.
    this.#current = isData ? stream : undefined;
    this.#currentEnds = false;
    if (stream === undefined) return;
    if ((flags & flag.rst) !== 0) {
      this.#current = undefined;
      stream.finish(new YamuxError("stream-reset", "The peer reset the stream."));
      this.#forget(stream);
      return;
    }
    const ends = (flags & flag.fin) !== 0;
    if (isData) {
      stream.expect(length);
      this.#currentEnds = ends;
      return;
    }
    if (length > 0) stream.credit(length);
    if (ends) stream.peerEnd();
  }

  #onSyn(id: number): void {
    if (id % 2 !== this.#peerParity) {
      throw new YamuxError("protocol", `The peer opened stream ${id}, an id that is not its to use.`);
    }
    if (this.#streams.has(id)) throw new YamuxError("protocol", `The peer opened stream ${id} twice.`);
    if (this.#accept === undefined || this.#peerStreams >= maxPeerStreams) {
      this.#writer.control(frameType.windowUpdate, flag.rst, id, 0);
      return;
    }
    const stream = new YamuxStream(id, this.#owner, true);
    this.#streams.set(id, stream);
    this.#peerStreams += 1;
    this.#writer.control(frameType.windowUpdate, flag.ack, id, 0);
    this.#accept(stream);
  }

  #payloadEnd(): void {
    const stream = this.#current;
    this.#current = undefined;
    if (this.#currentEnds && stream !== undefined && this.#streams.has(stream.id)) stream.peerEnd();
  }

  #forget(stream: YamuxStream): void {
    if (this.#current === stream) this.#current = undefined;
    this.#waitingForRoom.delete(stream);
    if (!this.#streams.delete(stream.id)) return;
    if (stream.id % 2 === this.#peerParity) this.#peerStreams -= 1;
  }

  #roomAgain(): void {
    const waiting = [...this.#waitingForRoom];
    this.#waitingForRoom.clear();
    for (const stream of waiting) stream.pump();
  }

  #fail(error: YamuxError): void {
    this.#finish(error, error.code === "keep-alive-timeout" ? undefined : goAwayReason.protocolError);
  }

  #transportOver(error: Error | undefined): void {
    this.#linger?.cancel();
    this.#transportGone();
    if (error === undefined) this.#finish(undefined, undefined);
    else
      this.#finish(new YamuxError("transport-failed", "The connection broke.", { cause: error }), undefined);
  }

  #finish(error: YamuxError | undefined, goAway: number | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#parser.stop();
    this.#keepAlive?.[Symbol.dispose]();
    try {
      if (goAway !== undefined) this.#writer.control(frameType.goAway, 0, 0, goAway);
      this.#writer.flush();
      this.#transport.end();
    } catch {
      // The transport is already closed; there is nobody left to tell.
    }
    this.#writer.stop();
    this.#linger = this.#clock.after(lingerMs, () => this.#transport.reset());
    this.#transportClosed.then(() => this.#linger?.cancel());
    const reason = error ?? new YamuxError("session-closed", "The session was closed.");
    for (const stream of this.#streams.values()) stream.finish(reason);
    this.#streams.clear();
    this.#waitingForRoom.clear();
    for (const ping of this.#pings.values()) ping.fail(reason);
    this.#pings.clear();
    this.#settle(error);
  }
}
