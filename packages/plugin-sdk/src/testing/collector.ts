import type { ByteReceiver, ByteStream } from "../byte-stream.ts";

/** Takes all bytes of a stream and tells when it ended; returns credit for each chunk unless told not to. */
export class Collector implements ByteReceiver {
  readonly #chunks: Uint8Array[] = [];
  readonly #stream: ByteStream;
  readonly #returnsCredit: boolean;
  readonly #watchers = new Set<() => void>();
  received = 0;
  isEnded = false;
  isClosed = false;
  error: Error | undefined;

  constructor(stream: ByteStream, options: { returnsCredit?: boolean } = {}) {
    this.#stream = stream;
    this.#returnsCredit = options.returnsCredit ?? true;
    stream.receive(this);
  }

  data(chunk: Uint8Array): void {
    this.#chunks.push(chunk.slice());
    this.received += chunk.length;
    if (this.#returnsCredit) this.#stream.consumed(chunk.length);
    this.#changed();
  }

  end(): void {
    this.isEnded = true;
    this.#changed();
  }

  closed(error?: Error): void {
    this.isClosed = true;
    this.error = error;
    this.#changed();
  }

  /** Everything received so far. */
  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#chunks));
  }

  /** Resolves when `condition` holds; checked after each event. */
  until(condition: (self: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!condition(this)) return;
        this.#watchers.delete(check);
        resolve();
      };
      this.#watchers.add(check);
      check();
    });
  }

  #changed(): void {
    for (const check of [...this.#watchers]) check();
  }
}
