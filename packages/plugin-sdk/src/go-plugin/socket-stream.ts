import type { Socket } from "node:net";
import type { ByteReceiver, ByteStream } from "../byte-stream.ts";

/** Bytes that were delivered but not yet processed, above which the socket is not read any further. */
const maxUnprocessedBytes = 1024 * 1024;

/** A connected socket as a {@link ByteStream}. The socket must not be used by anyone else. */
export class SocketStream implements ByteStream {
  readonly #socket: Socket;
  #receiver: ByteReceiver | undefined;
  #unprocessedBytes = 0;
  #error: Error | undefined;
  #ended = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.pause();
    socket.setNoDelay(true);
    socket.on("data", (chunk: Uint8Array) => {
      this.#unprocessedBytes += chunk.length;
      this.#receiver?.data(chunk);
      if (this.#unprocessedBytes > maxUnprocessedBytes) socket.pause();
    });
    socket.on("end", () => this.#receiver?.end());
    socket.on("error", (error) => {
      this.#error = error;
    });
    socket.on("close", () => {
      this.#ended = true;
      if (this.#error === undefined) this.#receiver?.closed();
      else this.#receiver?.closed(this.#error);
    });
  }

  receive(receiver: ByteReceiver): void {
    this.#receiver = receiver;
    this.#socket.resume();
  }

  consumed(bytes: number): void {
    this.#unprocessedBytes -= bytes;
    if (this.#unprocessedBytes <= maxUnprocessedBytes && this.#socket.isPaused()) this.#socket.resume();
  }

  write(bytes: Uint8Array): void {
    if (this.#ended) throw new Error("The socket was closed.");
    this.#socket.write(bytes);
  }

  drained(): Promise<void> {
    const socket = this.#socket;
    if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        socket.off("drain", done);
        socket.off("close", done);
        resolve();
      };
      socket.on("drain", done);
      socket.on("close", done);
    });
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.end();
  }

  reset(): void {
    this.#ended = true;
    this.#socket.destroy();
  }
}
