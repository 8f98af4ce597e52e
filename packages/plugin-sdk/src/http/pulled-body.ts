import type { ByteStream } from "../byte-stream.ts";
import { encodeVarint } from "./go-varint.ts";

/**
 * One request for more than any body holds: the stream's window then paces the peer, while a request for each chunk would
 * cost a round trip each. Go copies up to this many bytes and ends the stream when its source ends.
 */
const wantAll = encodeVarint(1n << 40n);

/**
 * A body that the other side serves by Mattermost's reader protocol (`plugin/io_rpc.go`), as a web stream. Nothing is
 * asked for before the first read. Credit goes back chunk by chunk as they are read, so that at most one window is held.
 */
export class PulledBody implements Disposable {
  #readable: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  readonly #stream: ByteStream;
  readonly #expectedBytes: number | undefined;
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #asked = false;
  #receivedBytes = 0;
  #state: "open" | "ended" | "failed" = "open";
  #released = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  /** `expectedBytes` is the Content-Length, if known: fewer bytes are an error instead of a silently cut body. */
  constructor(stream: ByteStream, expectedBytes?: number) {
    this.#stream = stream;
    this.#expectedBytes = expectedBytes;
    stream.receive({
      data: (chunk) => {
        this.#receivedBytes += chunk.length;
        if (this.#released) stream.consumed(chunk.length);
        else this.#chunks.push(new Uint8Array(chunk));
        this.#wake?.();
      },
      end: () => this.#over(undefined),
      closed: (error) => this.#over(error),
    });
  }

  /** The body; made at first use, since most requests have none that anyone reads. */
  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.#readable ??= new ReadableStream<Uint8Array<ArrayBuffer>>(
      { pull: (controller) => this.#pull(controller), cancel: () => this[Symbol.dispose]() },
      { highWaterMark: 0 },
    );
    return this.#readable;
  }

  /** Lets the other side go, whether or not the body was read. Idempotent. */
  [Symbol.dispose](): void {
    if (this.#released) return;
    this.#released = true;
    this.#chunks = [];
    this.#wake?.();
    if (this.#asked && this.#state === "open") this.#stream.reset();
    else this.#stream.end();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> {
    if (!this.#asked && !this.#released && this.#state === "open") {
      this.#asked = true;
      this.#stream.write(wantAll);
    }
    while (this.#chunks.length === 0 && this.#state === "open" && !this.#released) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = undefined;
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#stream.consumed(chunk.length);
      controller.enqueue(chunk);
    } else if (this.#state === "ended") {
      controller.close();
    } else {
      controller.error(this.#error ?? new Error("The request is over; its body can no longer be read."));
    }
  }

  #over(error: Error | undefined): void {
    if (this.#state !== "open") return;
    if (error !== undefined) {
      this.#fail(new Error("The connection ended before the body did.", { cause: error }));
    } else if (
      this.#expectedBytes !== undefined &&
      this.#receivedBytes < this.#expectedBytes &&
      this.#asked
    ) {
      this.#fail(new Error(`The body ended after ${this.#receivedBytes} of ${this.#expectedBytes} bytes.`));
    } else {
      this.#state = "ended";
    }
    this.#wake?.();
  }

  #fail(error: Error): void {
    this.#state = "failed";
    this.#error = error;
  }
}
