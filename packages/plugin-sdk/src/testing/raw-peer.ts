import type { ByteStream } from "../byte-stream.ts";
import { type FrameHeader, headerBytes, readHeader, writeHeader } from "../yamux/frame.ts";
import { Collector } from "./collector.ts";

/** A frame as a naive reader sees it. */
export interface RawFrame extends FrameHeader {
  payload: Uint8Array;
}

/** The other side of a session by hand: sends any frame, legal or not, and reads frames the plain way. */
export class RawPeer {
  readonly #stream: ByteStream;
  readonly collector: Collector;

  constructor(stream: ByteStream) {
    this.#stream = stream;
    this.collector = new Collector(stream);
  }

  send(type: number, flags: number, streamId: number, length: number, payload = new Uint8Array(0)): void {
    const bytes = new Uint8Array(headerBytes + payload.length);
    writeHeader(bytes, 0, type, flags, streamId, length);
    bytes.set(payload, headerBytes);
    this.#stream.write(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.#stream.write(bytes);
  }

  /** All complete frames so far. */
  frames(): RawFrame[] {
    const bytes = this.collector.bytes();
    const frames: RawFrame[] = [];
    for (let offset = 0; offset + headerBytes <= bytes.length; ) {
      const header: FrameHeader = { version: 0, type: 0, flags: 0, streamId: 0, length: 0 };
      readHeader(bytes, offset, header);
      const size = header.type === 0 ? header.length : 0;
      frames.push({ ...header, payload: bytes.slice(offset + headerBytes, offset + headerBytes + size) });
      offset += headerBytes + size;
    }
    return frames;
  }

  /** Resolves with the first frame that satisfies `condition`. */
  async frame(condition: (frame: RawFrame) => boolean): Promise<RawFrame> {
    await this.collector.until(() => this.frames().some(condition));
    const found = this.frames().find(condition);
    if (found === undefined) throw new Error("the frame vanished");
    return found;
  }
}
