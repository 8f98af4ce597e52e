/** Bytes of a frame header: version u8, type u8, flags u16, stream id u32, length u32, big endian (yamux spec, "Framing"). */
export const headerBytes = 12;

/** Every direction of every stream starts with this much send credit (yamux spec, "Flow control"). */
export const initialWindowBytes = 256 * 1024;

export const frameType = { data: 0, windowUpdate: 1, ping: 2, goAway: 3 } as const;
export const flag = { syn: 1, ack: 2, fin: 4, rst: 8 } as const;
export const goAwayReason = { normal: 0, protocolError: 1, internalError: 2 } as const;

/** The fixed part of a frame. `length` is payload bytes, credit, ping value or go-away reason, by type. */
export interface FrameHeader {
  version: number;
  type: number;
  flags: number;
  streamId: number;
  length: number;
}

/** Writes a version 0 header at `offset`; `target` must have 12 bytes of room there. */
export function writeHeader(
  target: Uint8Array,
  offset: number,
  type: number,
  flags: number,
  streamId: number,
  length: number,
): void {
  target[offset] = 0;
  target[offset + 1] = type;
  target[offset + 2] = flags >>> 8;
  target[offset + 3] = flags;
  target[offset + 4] = streamId >>> 24;
  target[offset + 5] = streamId >>> 16;
  target[offset + 6] = streamId >>> 8;
  target[offset + 7] = streamId;
  target[offset + 8] = length >>> 24;
  target[offset + 9] = length >>> 16;
  target[offset + 10] = length >>> 8;
  target[offset + 11] = length;
}

/** Reads a header at `offset` into `header`, which is reused so that the hot path allocates nothing. */
export function readHeader(source: Uint8Array, offset: number, header: FrameHeader): void {
  const at = (index: number) => source[offset + index] ?? 0;
  header.version = at(0);
  header.type = at(1);
  header.flags = (at(2) << 8) | at(3);
  header.streamId = ((at(4) << 24) | (at(5) << 16) | (at(6) << 8) | at(7)) >>> 0;
  header.length = ((at(8) << 24) | (at(9) << 16) | (at(10) << 8) | at(11)) >>> 0;
}
