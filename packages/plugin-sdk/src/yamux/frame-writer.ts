import type { ByteStream } from "../byte-stream.ts";
import { frameType, headerBytes, initialWindowBytes, writeHeader } from "./frame.ts";

/** Frames are gathered in slabs of this size: large enough for a tick's RPC traffic, small enough to throw away. */
const slabBytes = 64 * 1024;
/** Above this a payload is handed on as it is; below, copying is cheaper than one more write. */
const copyLimitBytes = 16 * 1024;
/** After this many bytes without hearing that the transport drained, data waits in its stream instead of the socket. */
export const congestionBytes = initialWindowBytes;

/** Called once per batch; runs `flush` soon. */
export type ScheduleFlush = (flush: () => void) => void;

/**
 * Gathers the frames of one turn of the event loop into as few transport writes as possible, because a system call
 * costs more than an RPC frame. Tells when the transport is full, so that streams hold their data back.
 */
export class FrameWriter {
  readonly #transport: ByteStream;
  readonly #schedule: ScheduleFlush;
  readonly #onWritable: () => void;
  #slab = new Uint8Array(slabBytes);
  #slabStart = 0;
  #slabEnd = 0;
  #segments: Uint8Array[] = [];
  #scheduled = false;
  #stopped = false;
  #sinceDrainedBytes = 0;
  #asked = false;

  constructor(transport: ByteStream, schedule: ScheduleFlush, onWritable: () => void) {
    this.#transport = transport;
    this.#schedule = schedule;
    this.#onWritable = onWritable;
  }

  /** Data should wait; control frames may still be written. */
  get congested(): boolean {
    return this.#sinceDrainedBytes >= congestionBytes;
  }

  /** Bytes given to the transport since it was last known to be drained, an upper bound of what it holds. */
  get backlogBytes(): number {
    return this.#sinceDrainedBytes;
  }

  control(type: number, flags: number, streamId: number, length: number): void {
    if (this.#stopped) return;
    // Making room may replace the slab, so it has to come first.
    const offset = this.#room(headerBytes);
    writeHeader(this.#slab, offset, type, flags, streamId, length);
    this.#count(headerBytes);
  }

  data(streamId: number, payload: Uint8Array): void {
    if (this.#stopped) return;
    const size = payload.length;
    const copied = size <= copyLimitBytes;
    const offset = this.#room(copied ? headerBytes + size : headerBytes);
    writeHeader(this.#slab, offset, frameType.data, 0, streamId, size);
    if (copied) {
      this.#slab.set(payload, offset + headerBytes);
    } else {
      this.#cut();
      this.#segments.push(payload);
    }
    this.#count(headerBytes + size);
  }

  /** Writes out what waits, at once. */
  flush(): void {
    this.#scheduled = false;
    if (this.#stopped) return;
    this.#cut();
    const segments = this.#segments;
    if (segments.length === 0) return;
    this.#segments = [];
    for (const segment of segments) this.#transport.write(segment);
    if (this.congested && !this.#asked) {
      this.#asked = true;
      this.#transport.drained().then(() => {
        this.#asked = false;
        this.#sinceDrainedBytes = 0;
        if (!this.#stopped) this.#onWritable();
      });
    }
  }

  /** Everything not yet flushed is dropped, and nothing is written any more. */
  stop(): void {
    this.#stopped = true;
    this.#segments = [];
    this.#slab = new Uint8Array(0);
  }

  #count(bytes: number): void {
    this.#sinceDrainedBytes += bytes;
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => this.flush());
  }

  /** Reserves room in the slab and returns its offset. A slab handed out is never written again: the socket may still read it. */
  #room(bytes: number): number {
    if (this.#slab.length - this.#slabEnd < bytes) {
      this.#cut();
      this.#slab = new Uint8Array(slabBytes);
      this.#slabStart = 0;
      this.#slabEnd = 0;
    }
    const offset = this.#slabEnd;
    this.#slabEnd += bytes;
    return offset;
  }

  #cut(): void {
    if (this.#slabEnd > this.#slabStart) {
      this.#segments.push(this.#slab.subarray(this.#slabStart, this.#slabEnd));
      this.#slabStart = this.#slabEnd;
    }
  }
}
