/** Longest encoding of a 64-bit varint (Go `binary.MaxVarintLen64`). */
export const maxVarintBytes = 10;

/** Go's signed varint (`binary.PutVarint`): zig-zag, seven bits a byte, low bits first. */
export function encodeVarint(value: bigint): Uint8Array {
  let rest = value < 0n ? -value * 2n - 1n : value * 2n;
  const bytes: number[] = [];
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** Reads Go varints that arrive byte by byte. */
export class VarintReader {
  #bits = 0n;
  #shift = 0n;

  /** Takes one byte; the value when it was the last one. Throws `RangeError` beyond 64 bits. */
  take(byte: number): bigint | undefined {
    if (this.#shift >= BigInt(7 * maxVarintBytes)) throw new RangeError("A varint is longer than 64 bits.");
    this.#bits |= BigInt(byte & 0x7f) << this.#shift;
    this.#shift += 7n;
    if ((byte & 0x80) !== 0) return undefined;
    const zigzag = this.#bits;
    this.#bits = 0n;
    this.#shift = 0n;
    return (zigzag & 1n) === 0n ? zigzag >> 1n : -((zigzag + 1n) >> 1n);
  }
}
