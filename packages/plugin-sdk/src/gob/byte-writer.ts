import { Buffer } from "node:buffer";
import { GobError } from "./gob-error.ts";

const INITIAL_BYTES = 1024;
/** A buffer that one large file made bigger than this is given back after the message. */
const KEPT_BYTES = 1024 * 1024;
/** Up to here doubling an integer for zig-zag is exact in a double. */
const EXACT_ZIGZAG = 2 ** 51;
const SHORT_TEXT_UNITS = 16;

function byteCount(value: number): number {
  let count = 1;
  for (let rest = value; rest >= 256; rest = Math.floor(rest / 256)) count++;
  return count;
}

/** Writes gob's basic encodings (encoding/gob, "Encoding Details") into a growing buffer. */
export class ByteWriter {
  bytes: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  pos = 0;
  readonly #float = new DataView(new ArrayBuffer(8));

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.pos + count <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.pos + count));
    this.bytes.copy(grown, 0, 0, this.pos);
    this.bytes = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.pos++] = value;
  }

  /** `value` is a whole number from 0 to 2^53. */
  uint(value: number): void {
    this.reserve(9);
    this.pos = this.#putUint(this.pos, value);
  }

  #putUint(at: number, value: number): number {
    if (value < 128) {
      this.bytes[at] = value;
      return at + 1;
    }
    const count = byteCount(value);
    this.bytes[at] = 256 - count;
    let rest = value;
    for (let index = at + count; index > at; index--) {
      this.bytes[index] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    return at + 1 + count;
  }

  int(value: number): void {
    if (!Number.isSafeInteger(value))
      throw new GobError("bad_value", `expected a whole number within 2^53, got ${value}`);
    if (value >= 0 && value < EXACT_ZIGZAG) this.uint(value * 2);
    else if (value < 0 && value > -EXACT_ZIGZAG) this.uint(-value * 2 - 1);
    else this.bigInt(BigInt(value));
  }

  bigUint(value: bigint): void {
    if (value !== BigInt.asUintN(64, value))
      throw new GobError("bad_value", "expected an unsigned 64-bit integer");
    if (value < 128n) {
      this.byte(Number(value));
      return;
    }
    const digits = value.toString(16);
    const hex = digits.length % 2 === 0 ? digits : `0${digits}`;
    this.reserve(9);
    this.bytes[this.pos] = 256 - hex.length / 2;
    this.bytes.write(hex, this.pos + 1, "hex");
    this.pos += 1 + hex.length / 2;
  }

  bigInt(value: bigint): void {
    if (value !== BigInt.asIntN(64, value))
      throw new GobError("bad_value", "expected a signed 64-bit integer");
    this.bigUint(value >= 0n ? value << 1n : (-value << 1n) - 1n);
  }

  float(value: number): void {
    this.#float.setFloat64(0, value, false);
    this.bigUint(this.#float.getBigUint64(0, true));
  }

  text(value: string): void {
    const units = value.length;
    if (units <= SHORT_TEXT_UNITS) {
      this.reserve(units + 1);
      const start = this.pos + 1;
      let index = 0;
      for (; index < units; index++) {
        const code = value.charCodeAt(index);
        if (code >= 128) break;
        this.bytes[start + index] = code;
      }
      if (index === units) {
        this.bytes[this.pos] = units;
        this.pos = start + units;
        return;
      }
    }
    const length = Buffer.byteLength(value);
    this.uint(length);
    this.reserve(length);
    this.bytes.write(value, this.pos, "utf8");
    this.pos += length;
  }

  blob(value: Uint8Array): void {
    this.uint(value.length);
    this.raw(value);
  }

  raw(value: Uint8Array): void {
    this.reserve(value.length);
    this.bytes.set(value, this.pos);
    this.pos += value.length;
  }

  /** Starts a part whose byte length will stand before it; hand the answer to {@link closeBlock}. */
  openBlock(): number {
    this.byte(0);
    return this.pos;
  }

  /** Puts the length before the part and moves the part where the length needs more than the one byte kept for it. */
  closeBlock(start: number): void {
    const length = this.pos - start;
    if (length >= 128) {
      const more = byteCount(length);
      this.reserve(more);
      this.bytes.copyWithin(start + more, start, this.pos);
      this.pos += more;
    }
    this.#putUint(start - 1, length);
  }

  /** Forgets what was written. */
  clear(): void {
    this.pos = 0;
    if (this.bytes.length > KEPT_BYTES) this.bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  }
}
