import type { ByteStream } from "../byte-stream.ts";
import { VarintReader } from "./go-varint.ts";

/** Bytes to serve: nothing, everything at once, or as they come. */
export type BodySource = Uint8Array | ReadableStream<Uint8Array> | null;

function readerOf(source: BodySource): ReadableStreamDefaultReader<Uint8Array> {
  if (source instanceof ReadableStream) return source.getReader();
  const whole = new ReadableStream<Uint8Array>({
    start(controller) {
      if (source !== null && source.length > 0) controller.enqueue(source);
      controller.close();
    },
  });
  return whole.getReader();
}

/** How many bytes the peer still wants; it asks with Go varints on the stream. */
class Demand {
  readonly #stream: ByteStream;
  readonly #varints = new VarintReader();
  #wanted = 0n;
  #over = false;
  #wake: () => void = () => {};

  constructor(stream: ByteStream, onClosed: () => void) {
    this.#stream = stream;
    stream.receive({
      data: (chunk) => this.#read(chunk),
      end: () => this.#end(),
      closed: () => {
        this.#end();
        onClosed();
      },
    });
  }

  /** Waits until the peer wants something; false when it never will again. */
  async any(): Promise<boolean> {
    while (this.#wanted === 0n && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#wanted > 0n;
  }

  /** How many of `most` bytes may be sent now; counts them as sent. */
  take(most: number): number {
    const size = this.#wanted < BigInt(most) ? Number(this.#wanted) : most;
    this.#wanted -= BigInt(size);
    return size;
  }

  #read(chunk: Uint8Array): void {
    this.#stream.consumed(chunk.length);
    try {
      for (const byte of chunk) {
        const wanted = this.#varints.take(byte);
        if (wanted !== undefined && wanted > 0n) this.#wanted += wanted;
      }
    } catch {
      this.#stream.reset();
    }
    this.#wake();
  }

  #end(): void {
    this.#over = true;
    this.#wake();
  }
}

/**
 * Serves `source` by Mattermost's reader protocol (`plugin/io_rpc.go`): the peer asks for n bytes with a Go varint and gets
 * up to n; fewer mean the end. Resolves when all is served or nobody wants more. A source that fails resets the stream.
 */
export async function serveBody(stream: ByteStream, source: BodySource): Promise<void> {
  const reader = readerOf(source);
  // Whoever produces the body learns at once that nobody wants the rest.
  const giveUp = () => void reader.cancel().catch(() => {});
  const demand = new Demand(stream, giveUp);
  try {
    // Nothing is read before the peer asked: reading already has effects on the producer.
    while (await demand.any()) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let offset = 0; offset < value.length && (await demand.any()); ) {
        const size = demand.take(value.length - offset);
        stream.write(value.subarray(offset, offset + size));
        offset += size;
        await stream.drained();
      }
    }
    stream.end();
  } catch {
    stream.reset();
  } finally {
    giveUp();
  }
}
