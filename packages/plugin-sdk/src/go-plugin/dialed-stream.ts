import type { ByteReceiver, ByteStream } from "../byte-stream.ts";
import type { YamuxStream } from "../yamux/stream.ts";
import { GoPluginError } from "./go-plugin-error.ts";
import { muxIdBytes, readMuxId, writeMuxId } from "./mux-id.ts";

/**
 * A brokered stream on the dialing side. The id and the first data go out together; the other side's echo of the id is
 * taken off before the application sees anything, so that dialing costs no round trip.
 */
export class DialedStream implements ByteStream {
  readonly #stream: YamuxStream;
  #state: "dialing" | "accepted" | "refused" = "dialing";
  #refusal: GoPluginError | undefined;
  #receiver: ByteReceiver | undefined;

  constructor(stream: YamuxStream, id: number) {
    this.#stream = stream;
    stream.write(writeMuxId(id));
    const echo = new Uint8Array(muxIdBytes);
    let echoed = 0;
    stream.receive({
      data: (chunk) => {
        const size = Math.min(chunk.length, muxIdBytes - echoed);
        echo.set(chunk.subarray(0, size), echoed);
        echoed += size;
        stream.consumed(size);
        if (echoed < muxIdBytes) return;
        stream.detach(chunk.subarray(size));
        this.#state = "accepted";
        if (readMuxId(echo) !== id) stream.reset();
        if (this.#receiver !== undefined) stream.receive(this.#receiver);
      },
      end: () => {},
      closed: (cause) => {
        this.#state = "refused";
        this.#refusal = new GoPluginError(
          "dial-refused",
          "The other side closed the stream instead of accepting it.",
          { cause },
        );
        this.#receiver?.closed(this.#refusal);
      },
    });
  }

  receive(receiver: ByteReceiver): void {
    this.#receiver = receiver;
    if (this.#state === "accepted") this.#stream.receive(receiver);
    else if (this.#state === "refused") receiver.closed(this.#refusal);
  }

  consumed(bytes: number): void {
    this.#stream.consumed(bytes);
  }

  write(bytes: Uint8Array): void {
    this.#stream.write(bytes);
  }

  drained(): Promise<void> {
    return this.#stream.drained();
  }

  end(): void {
    this.#stream.end();
  }

  reset(): void {
    this.#stream.reset();
  }
}
