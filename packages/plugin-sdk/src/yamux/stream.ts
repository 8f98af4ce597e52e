import type { ByteReceiver, ByteStream } from "../byte-stream.ts";
import { flag, frameType, initialWindowBytes } from "./frame.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { ReceiveBuffer } from "./receive-buffer.ts";
import { YamuxError } from "./yamux-error.ts";

/** Larger writes are cut into frames of this size, so that one stream does not hold up the others. */
const maxPayloadBytes = 64 * 1024;
/** `drained` waits while more than this is queued in one stream. */
export const streamHighWaterBytes = 64 * 1024;
/** Credit goes back in halves of the window: one update frame for many reads (as the Go implementation does). */
const creditThresholdBytes = initialWindowBytes / 2;
const nothing = new Uint8Array(0);

/** What a stream needs of its session. */
export interface StreamOwner {
  readonly writer: FrameWriter;
  /** Calls `pump` of this stream when the transport has room again. */
  waitForRoom(stream: YamuxStream): void;
  /** The stream is over in both directions and its id is forgotten. */
  forget(stream: YamuxStream): void;
}

/** One stream of a {@link YamuxSession}: a {@link ByteStream} with yamux's windows as its back-pressure. */
export class YamuxStream implements ByteStream {
  readonly id: number;
  readonly #owner: StreamOwner;
  readonly #incoming = new ReceiveBuffer();
  #opened: boolean;
  #sendWindowBytes = initialWindowBytes;
  #receiveWindowBytes = initialWindowBytes;
  #creditBytes = 0;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #sending: "open" | "ending" | "ended" = "open";
  #peerEnded = false;
  #over = false;
  #waiters: (() => void)[] = [];

  /** @internal Streams come from a session. `opened` is false while the SYN has to wait for its turn. */
  constructor(id: number, owner: StreamOwner, opened: boolean) {
    this.id = id;
    this.#owner = owner;
    this.#opened = opened;
  }

  receive(receiver: ByteReceiver): void {
    this.#incoming.receive(receiver);
  }

  /** Stops delivery until the next `receive` and puts back bytes the last receiver was given but did not use. */
  detach(unread: Uint8Array = nothing): void {
    this.#incoming.detach(unread);
  }

  consumed(bytes: number): void {
    this.#creditBytes += bytes;
    if (this.#creditBytes < creditThresholdBytes || this.#over || this.#peerEnded) return;
    this.#receiveWindowBytes += this.#creditBytes;
    this.#owner.writer.control(frameType.windowUpdate, 0, this.id, this.#creditBytes);
    this.#creditBytes = 0;
  }

  /** Throws {@link YamuxError} `stream-ended` after `end`, `reset` or the end of the session. */
  write(bytes: Uint8Array): void {
    if (this.#over || this.#sending !== "open") {
      throw new YamuxError("stream-ended", "The stream takes no more data because it was ended or closed.");
    }
    if (bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#queuedBytes += bytes.length;
    this.pump();
  }

  drained(): Promise<void> {
    if (this.#over || (this.#queuedBytes <= streamHighWaterBytes && !this.#owner.writer.congested)) {
      return Promise.resolve();
    }
    this.#owner.waitForRoom(this);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  end(): void {
    if (this.#over || this.#sending !== "open") return;
    this.#sending = "ending";
    this.pump();
  }

  reset(): void {
    if (this.#over) return;
    if (this.#opened) this.#owner.writer.control(frameType.windowUpdate, flag.rst, this.id, 0);
    this.finish(new YamuxError("stream-reset", "The stream was reset by this side."));
    this.#owner.forget(this);
  }

  /** @internal Sends what windows and transport allow. */
  pump(): void {
    if (this.#over || !this.#opened) return;
    const writer = this.#owner.writer;
    while (this.#queuedBytes > 0 && this.#sendWindowBytes > 0) {
      if (writer.congested) {
        this.#owner.waitForRoom(this);
        return;
      }
      this.#sendNext(writer);
    }
    if (this.#queuedBytes === 0 && this.#sending === "ending") {
      this.#sending = "ended";
      writer.control(frameType.windowUpdate, flag.fin, this.id, 0);
      this.#finishIfBothEnded();
    }
    if (this.#queuedBytes <= streamHighWaterBytes && this.#waiters.length > 0) {
      if (writer.congested) this.#owner.waitForRoom(this);
      else this.#releaseWaiters();
    }
  }

  /** @internal The SYN is on its way. */
  opened(): void {
    this.#opened = true;
    this.pump();
  }

  /** @internal The peer gave credit. Throws when it claims more than a 32-bit window. */
  credit(bytes: number): void {
    this.#sendWindowBytes += bytes;
    if (this.#sendWindowBytes > 0xffff_ffff) {
      throw new YamuxError("protocol", "The peer gave more send credit than a window can hold.");
    }
    this.pump();
  }

  /** @internal Books a data frame that is about to arrive. */
  expect(bytes: number): void {
    if (this.#peerEnded && bytes > 0)
      throw new YamuxError("protocol", "The peer sent data after the end of a stream.");
    if (bytes > this.#receiveWindowBytes) {
      throw new YamuxError("window-exceeded", "The peer sent more than the receive window allows.");
    }
    this.#receiveWindowBytes -= bytes;
  }

  /** @internal */
  deliver(bytes: Uint8Array): void {
    this.#incoming.data(bytes);
  }

  /** @internal The peer's FIN. */
  peerEnd(): void {
    if (this.#peerEnded) throw new YamuxError("protocol", "The peer ended a stream twice.");
    this.#peerEnded = true;
    this.#incoming.end();
    this.#finishIfBothEnded();
  }

  /** @internal Ends both directions without a frame: RST from the peer, or the session is over. */
  finish(error: Error | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#releaseWaiters();
    this.#incoming.close(error);
  }

  #finishIfBothEnded(): void {
    if (this.#over || !this.#peerEnded || this.#sending !== "ended") return;
    this.finish(undefined);
    this.#owner.forget(this);
  }

  #sendNext(writer: FrameWriter): void {
    const head = this.#queue[0] ?? nothing;
    const size = Math.min(head.length, this.#sendWindowBytes, maxPayloadBytes);
    if (size === head.length) this.#queue.shift();
    else this.#queue[0] = head.subarray(size);
    this.#queuedBytes -= size;
    this.#sendWindowBytes -= size;
    writer.data(this.id, size === head.length ? head : head.subarray(0, size));
  }

  #releaseWaiters(): void {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}
