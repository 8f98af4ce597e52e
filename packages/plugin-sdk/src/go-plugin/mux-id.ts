/** A brokered stream begins with its id: four bytes, little endian, in contrast to yamux's headers. */
export const muxIdBytes = 4;

export function writeMuxId(id: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(id, id >>> 8, id >>> 16, id >>> 24);
}

export function readMuxId(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24)) >>> 0;
}
