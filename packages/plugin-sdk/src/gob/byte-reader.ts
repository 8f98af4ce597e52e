import { Buffer } from "node:buffer";
import { GobError } from "./gob-error.ts";

const EMPTY = Buffer.alloc(0);
/** Bytes whose unsigned value always fits a double exactly. */
const EXACT_BYTES = 6;
/** Below this a loop over ASCII beats the call into the UTF-8 decoder. */
const SHORT_TEXT_BYTES = 16;

function truncated(): GobError {
  return new GobError("malformed", "a gob message ends in the middle of a value");
}

/** Reads gob's basic encodings (encoding/gob, "Encoding Details") from `bytes` between `pos` and `end`. */
export class ByteReader {
  bytes: Buffer = EMPTY;
  pos = 0;
  end = 0;
  readonly #float = new DataView(new ArrayBuffer(8));

  byte(): number {
    if (this.pos >= this.end) throw truncated();
    return this.bytes[this.pos++] ?? 0;
  }

  /** Byte count of the multi-byte unsigned integer whose first byte is `first`. */
  #size(first: number): number {
    const size = 256 - first;
    if (size > 8) throw new GobError("malformed", "an unsigned integer claims more than 8 bytes");
    if (this.pos + size > this.end) throw truncated();
    return size;
  }

  #big(size: number): bigint {
    let value = 0n;
    for (let index = 0; index < size; index++) value = (value << 8n) | BigInt(this.bytes[this.pos++] ?? 0);
    return value;
  }

  uint(): number {
    const first = this.byte();
    if (first < 128) return first;
    const size = this.#size(first);
    if (size > EXACT_BYTES) {
      const value = Number(this.#big(size));
      if (!Number.isSafeInteger(value))
        throw new GobError("number_range", "an unsigned integer exceeds 2^53");
      return value;
    }
    let value = 0;
    for (let index = 0; index < size; index++) value = value * 256 + (this.bytes[this.pos++] ?? 0);
    return value;
  }

  int(): number {
    const first = this.byte();
    if (first < 128) return (first >>> 1) ^ -(first & 1);
    const size = this.#size(first);
    if (size > EXACT_BYTES) {
      const big = zigZag(this.#big(size));
      const value = Number(big);
      if (!Number.isSafeInteger(value)) throw new GobError("number_range", "an integer exceeds 2^53");
      return value;
    }
    let value = 0;
    for (let index = 0; index < size; index++) value = value * 256 + (this.bytes[this.pos++] ?? 0);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  bigUint(): bigint {
    const first = this.byte();
    return first < 128 ? BigInt(first) : this.#big(this.#size(first));
  }

  bigInt(): bigint {
    return zigZag(this.bigUint());
  }

  bool(): boolean {
    const value = this.byte();
    if (value > 1) throw new GobError("malformed", "a boolean is neither 0 nor 1");
    return value === 1;
  }

  float(): number {
    this.#float.setBigUint64(0, this.bigUint(), true);
    return this.#float.getFloat64(0, false);
  }

  /** The length of what follows, checked against the bytes that are there. */
  length(): number {
    const length = this.uint();
    if (length > this.end - this.pos) throw truncated();
    return length;
  }

  text(): string {
    const length = this.length();
    const start = this.pos;
    this.pos = start + length;
    if (length <= SHORT_TEXT_BYTES) {
      let text = "";
      for (let index = start; index < this.pos; index++) {
        const code = this.bytes[index] ?? 0;
        if (code >= 128) return this.bytes.toString("utf8", start, this.pos);
        text += String.fromCharCode(code);
      }
      return text;
    }
    return this.bytes.toString("utf8", start, this.pos);
  }

  /** A copy, so that it outlives the receive buffer. */
  blob(): Uint8Array {
    const length = this.length();
    const copy = new Uint8Array(length);
    copy.set(this.bytes.subarray(this.pos, this.pos + length));
    this.pos += length;
    return copy;
  }

  skip(count: number): void {
    if (count > this.end - this.pos) throw truncated();
    this.pos += count;
  }
}

function zigZag(value: bigint): bigint {
  return (value & 1n) === 0n ? value >> 1n : -((value + 1n) >> 1n);
}
