import { type FrameHeader, frameType, headerBytes, initialWindowBytes, readHeader } from "./frame.ts";
import { YamuxError } from "./yamux-error.ts";

const knownFlags = 0x0f;

/** What a {@link FrameParser} found. Payload views are only valid during the call. */
export interface FrameSink {
  /** A complete header. For data frames `payload` calls follow until `length` bytes were given. */
  header(header: Readonly<FrameHeader>): void;
  payload(bytes: Uint8Array): void;
  /** The data frame's last byte was given; also after a data frame without payload. */
  payloadEnd(): void;
}

/**
 * Cuts a byte stream into frames without copying payload: the pieces arrive as the socket gave them. Throws
 * {@link YamuxError} `protocol` for a version, type, flag or length that no peer sends.
 */
export class FrameParser {
  readonly #sink: FrameSink;
  readonly #partial = new Uint8Array(headerBytes);
  #partialBytes = 0;
  #payloadLeft = 0;
  #stopped = false;
  readonly #header: FrameHeader = { version: 0, type: 0, flags: 0, streamId: 0, length: 0 };

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** No frame is delivered any more, even from bytes already given. */
  stop(): void {
    this.#stopped = true;
  }

  push(chunk: Uint8Array): void {
    let offset = 0;
    while (offset < chunk.length && !this.#stopped) {
      if (this.#payloadLeft > 0) {
        const size = Math.min(this.#payloadLeft, chunk.length - offset);
        this.#payloadLeft -= size;
        this.#sink.payload(chunk.subarray(offset, offset + size));
        offset += size;
        if (this.#payloadLeft === 0 && !this.#stopped) this.#sink.payloadEnd();
        continue;
      }
      if (this.#partialBytes === 0 && chunk.length - offset >= headerBytes) {
        readHeader(chunk, offset, this.#header);
        offset += headerBytes;
      } else {
        const size = Math.min(headerBytes - this.#partialBytes, chunk.length - offset);
        this.#partial.set(chunk.subarray(offset, offset + size), this.#partialBytes);
        this.#partialBytes += size;
        offset += size;
        if (this.#partialBytes < headerBytes) return;
        this.#partialBytes = 0;
        readHeader(this.#partial, 0, this.#header);
      }
      this.#begin();
    }
  }

  #begin(): void {
    const header = this.#header;
    if (header.version !== 0)
      throw new YamuxError("protocol", `The peer speaks yamux version ${header.version}, not 0.`);
    if (header.type > frameType.goAway)
      throw new YamuxError("protocol", `Frame type ${header.type} does not exist.`);
    if ((header.flags & ~knownFlags) !== 0) {
      throw new YamuxError("protocol", `Frame flags ${header.flags} are not known.`);
    }
    if (header.type !== frameType.data) {
      this.#sink.header(header);
      return;
    }
    // More than a full window can never be allowed, so not even a dropped frame may be this long.
    if (header.length > initialWindowBytes) {
      throw new YamuxError(
        "window-exceeded",
        `A data frame of ${header.length} bytes is larger than any window.`,
      );
    }
    this.#payloadLeft = header.length;
    this.#sink.header(header);
    if (header.length === 0 && !this.#stopped) this.#sink.payloadEnd();
  }
}
