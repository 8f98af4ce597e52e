import type { ByteStream } from "../byte-stream.ts";
import { type Clock, systemClock, type Timer } from "../clock.ts";
import type { YamuxSession } from "../yamux/session.ts";
import type { YamuxStream } from "../yamux/stream.ts";
import { DialedStream } from "./dialed-stream.ts";
import { GoPluginError } from "./go-plugin-error.ts";
import { muxIdBytes, readMuxId, writeMuxId } from "./mux-id.ts";

/** How long a promised stream is waited for, and how long an early one is kept (go-plugin's MuxBroker). */
export const acceptLimitMs = 5_000;
/** Early dials kept at once; more are reset, because a peer that dials what nobody promised must not fill the memory. */
const maxEarlyDials = 1024;

interface Promised {
  readonly timer: Timer;
  readonly accept: (stream: YamuxStream) => void;
  readonly fail: (error: Error) => void;
}

/** An id to tell to the other side, and the stream it will open for it. */
export interface PromisedStream {
  readonly id: number;
  readonly stream: Promise<ByteStream>;
}

/**
 * Gives streams of a session a meaning, as go-plugin's MuxBroker: one side promises an id inside an RPC, the other one
 * dials it. Ids count per promising side. Give it every stream of the session that has no fixed role.
 */
export class MuxBroker implements Disposable {
  readonly #session: YamuxSession;
  readonly #clock: Clock;
  readonly #promised = new Map<number, Promised>();
  readonly #early = new Map<number, { stream: YamuxStream; timer: Timer }>();
  #nextId = 1;

  constructor(session: YamuxSession, clock: Clock = systemClock) {
    this.#session = session;
    this.#clock = clock;
  }

  /** Opens the stream the other side promised as `id`. Refusal shows as `dial-refused` on the stream. */
  dial(id: number): ByteStream {
    return new DialedStream(this.#session.open(), id);
  }

  /** Promises a stream. It rejects with `accept-timeout` when nobody dials within 5 s. */
  promise(): PromisedStream {
    const id = this.#nextId;
    this.#nextId = (this.#nextId + 1) >>> 0;
    return { id, stream: this.accept(id) };
  }

  /** Waits for the other side to dial `id`, an id this side gave out. */
  accept(id: number): Promise<ByteStream> {
    const early = this.#early.get(id);
    if (early !== undefined) {
      this.#early.delete(id);
      early.timer.cancel();
      early.stream.write(writeMuxId(id));
      return Promise.resolve(early.stream);
    }
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        this.#promised.delete(id);
        timer.cancel();
        reject(error);
      };
      const timer = this.#clock.after(acceptLimitMs, () =>
        fail(
          new GoPluginError(
            "accept-timeout",
            `The other side did not open the promised stream ${id} within 5 s.`,
          ),
        ),
      );
      const accept = (stream: YamuxStream) => {
        this.#promised.delete(id);
        timer.cancel();
        stream.write(writeMuxId(id));
        resolve(stream);
      };
      this.#promised.set(id, { timer, accept, fail });
    });
  }

  /** Takes a stream the other side opened and reads from it which promise it is for. */
  incoming(stream: YamuxStream): void {
    const idBytes = new Uint8Array(muxIdBytes);
    let read = 0;
    stream.receive({
      data: (chunk) => {
        const size = Math.min(chunk.length, muxIdBytes - read);
        idBytes.set(chunk.subarray(0, size), read);
        read += size;
        stream.consumed(size);
        if (read < muxIdBytes) return;
        stream.detach(chunk.subarray(size));
        this.#identified(readMuxId(idBytes), stream);
      },
      end: () => stream.reset(),
      closed: () => {},
    });
  }

  /** Gives up all waiting; the streams themselves end with their session. */
  [Symbol.dispose](): void {
    for (const { fail } of [...this.#promised.values()]) {
      fail(new GoPluginError("stopped", "The connection to the other side is over."));
    }
    for (const { stream, timer } of this.#early.values()) {
      timer.cancel();
      stream.reset();
    }
    this.#early.clear();
  }

  #identified(id: number, stream: YamuxStream): void {
    const promised = this.#promised.get(id);
    if (promised !== undefined) {
      promised.accept(stream);
      return;
    }
    if (this.#early.has(id) || this.#early.size >= maxEarlyDials) {
      stream.reset();
      return;
    }
    const timer = this.#clock.after(acceptLimitMs, () => {
      this.#early.delete(id);
      stream.reset();
    });
    this.#early.set(id, { stream, timer });
  }
}
