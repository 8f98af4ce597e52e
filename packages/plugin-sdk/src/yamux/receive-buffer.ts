import type { ByteReceiver } from "../byte-stream.ts";

/**
 * What arrived on a stream and has not been given to a receiver yet, in order, with the end and the close behind the
 * bytes. Its size is bounded by the receive window, which is only given back for bytes that were consumed.
 */
export class ReceiveBuffer {
  #receiver: ByteReceiver | undefined;
  #waiting: Uint8Array[] = [];
  #end: "open" | "due" | "told" = "open";
  #close: "open" | "due" | "told" = "open";
  #error: Error | undefined;
  #delivering = false;

  receive(receiver: ByteReceiver): void {
    this.#receiver = receiver;
    this.#deliver();
  }

  /** Takes the receiver away and puts back what it did not use; the next receiver gets that first. */
  detach(unread: Uint8Array): void {
    this.#receiver = undefined;
    if (unread.length > 0) this.#waiting.unshift(unread.slice());
  }

  data(bytes: Uint8Array): void {
    if (this.#close !== "open") return;
    if (this.#receiver !== undefined && this.#waiting.length === 0 && !this.#delivering) {
      this.#receiver.data(bytes);
      return;
    }
    this.#waiting.push(bytes.slice());
    this.#deliver();
  }

  end(): void {
    if (this.#end === "open") this.#end = "due";
    this.#deliver();
  }

  /** An orderly close leaves waiting bytes readable; an error throws them away. */
  close(error: Error | undefined): void {
    if (this.#close !== "open") return;
    this.#close = "due";
    this.#error = error;
    if (error !== undefined) this.#waiting = [];
    this.#deliver();
  }

  #deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (;;) {
        const receiver = this.#receiver;
        if (receiver === undefined) return;
        const next = this.#waiting.shift();
        if (next !== undefined) {
          receiver.data(next);
        } else if (this.#end === "due" && this.#error === undefined) {
          this.#end = "told";
          receiver.end();
        } else if (this.#close === "due") {
          this.#close = "told";
          if (this.#error === undefined) receiver.closed();
          else receiver.closed(this.#error);
          return;
        } else {
          return;
        }
      }
    } finally {
      this.#delivering = false;
    }
  }
}
