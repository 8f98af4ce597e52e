import type { ByteReceiver, ByteStream } from "../byte-stream.ts";

/** How a {@link memoryPipe} treats the bytes on their way. */
export interface PipeOptions {
  /** Cuts one write into the pieces in which it arrives. Default: whole. */
  readonly cut?: (bytes: Uint8Array) => Uint8Array[];
}

class PipeEnd implements ByteStream {
  peer: PipeEnd | undefined;
  readonly #cut: (bytes: Uint8Array) => Uint8Array[];
  #receiver: ByteReceiver | undefined;
  readonly #inbox: Uint8Array[] = [];
  #unread = 0;
  #paused = false;
  #ended = false;
  #peerEnded = false;
  #closed = false;
  #scheduled = false;
  #toldEnd = false;
  #writable: (() => void)[] = [];
  /** Bytes written by this end so far. */
  written = 0;
  /** Calls of `write` so far. */
  writes = 0;

  constructor(options: PipeOptions) {
    this.#cut = options.cut ?? ((bytes) => [bytes]);
  }

  /** Bytes that this end was sent and has not taken. */
  get backlog(): number {
    return this.#unread;
  }

  /** Stops taking bytes, as a process that hangs. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  receive(receiver: ByteReceiver): void {
    this.#receiver = receiver;
    this.#schedule();
  }

  consumed(): void {}

  write(bytes: Uint8Array): void {
    if (this.#ended || this.#closed) throw new Error("write after the end of the pipe");
    this.written += bytes.length;
    this.writes += 1;
    this.peer?.take(bytes);
  }

  drained(): Promise<void> {
    const peer = this.peer;
    if (peer === undefined || peer.#unread === 0 || this.#closed) return Promise.resolve();
    return new Promise((resolve) => this.#writable.push(resolve));
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.peer !== undefined) {
      this.peer.#peerEnded = true;
      this.peer.#schedule();
    }
    this.#schedule();
  }

  reset(): void {
    this.#close(undefined);
    if (this.peer !== undefined) this.peer.#close(new Error("the other end of the pipe was reset"));
  }

  private take(bytes: Uint8Array): void {
    for (const piece of this.#cut(bytes.slice())) this.#inbox.push(piece);
    this.#unread += bytes.length;
    this.#schedule();
  }

  #close(error: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended = true;
    for (const resolve of this.#writable.splice(0)) resolve();
    const receiver = this.#receiver;
    queueMicrotask(() => (error === undefined ? receiver?.closed() : receiver?.closed(error)));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    const receiver = this.#receiver;
    if (receiver === undefined || this.#paused || this.#closed) return;
    const piece = this.#inbox.shift();
    if (piece !== undefined) {
      this.#unread -= piece.length;
      receiver.data(piece);
      // The view is only valid during the call: whoever kept it sees rubbish.
      piece.fill(0xa5);
      this.#schedule();
      return;
    }
    if (this.peer !== undefined) for (const resolve of this.peer.#writable.splice(0)) resolve();
    if (this.#peerEnded && !this.#toldEnd) {
      this.#toldEnd = true;
      receiver.end();
    }
    if (this.#peerEnded && this.#ended) this.#close(undefined);
  }
}

export type MemoryPipeEnd = PipeEnd;

/** Two ends of an in-memory connection with back-pressure; delivery is asynchronous, as with a socket. */
export function memoryPipe(options: PipeOptions = {}): [MemoryPipeEnd, MemoryPipeEnd] {
  const left = new PipeEnd(options);
  const right = new PipeEnd(options);
  left.peer = right;
  right.peer = left;
  return [left, right];
}
