import { type YamuxOptions, YamuxSession } from "../yamux/session.ts";
import type { YamuxStream } from "../yamux/stream.ts";
import { ManualClock } from "./manual-clock.ts";
import { type MemoryPipeEnd, memoryPipe, type PipeOptions } from "./memory-pipe.ts";
import { RawPeer } from "./raw-peer.ts";

/** Streams a session was given, for tests that await the next one. */
export class Arrivals {
  readonly #streams: YamuxStream[] = [];
  readonly #waiting: ((stream: YamuxStream) => void)[] = [];

  readonly accept = (stream: YamuxStream): void => {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#streams.push(stream);
    else waiting(stream);
  };

  next(): Promise<YamuxStream> {
    const stream = this.#streams.shift();
    if (stream !== undefined) return Promise.resolve(stream);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** Two sessions over a memory pipe with a clock that the test moves. */
export class SessionPair implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly hostArrivals = new Arrivals();
  readonly pluginArrivals = new Arrivals();
  readonly hostPipe: MemoryPipeEnd;
  readonly pluginPipe: MemoryPipeEnd;
  readonly host: YamuxSession;
  readonly plugin: YamuxSession;

  constructor(options: PipeOptions = {}) {
    [this.hostPipe, this.pluginPipe] = memoryPipe(options);
    const { clock } = this;
    this.host = new YamuxSession(this.hostPipe, { role: "client", accept: this.hostArrivals.accept, clock });
    this.plugin = new YamuxSession(this.pluginPipe, {
      role: "server",
      accept: this.pluginArrivals.accept,
      clock,
    });
  }

  /** A stream of the host and the plugin's end of it. */
  async stream(): Promise<[YamuxStream, YamuxStream]> {
    const ours = this.host.open();
    return [ours, await this.pluginArrivals.next()];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.host[Symbol.asyncDispose](), this.plugin[Symbol.asyncDispose]()]);
    if (this.clock.pending > 0) throw new Error(`${this.clock.pending} timers were left behind`);
    if (this.host.streams + this.plugin.streams > 0) throw new Error("streams were left behind");
  }
}

/** A session of ours against a peer made of bare frames. */
export function sessionAgainstRawPeer(options: YamuxOptions & { pipe?: PipeOptions }) {
  const clock = new ManualClock();
  const [ours, theirs] = memoryPipe(options.pipe);
  const session = new YamuxSession(ours, { clock, ...options });
  return { session, peer: new RawPeer(theirs), clock, ours, theirs };
}
