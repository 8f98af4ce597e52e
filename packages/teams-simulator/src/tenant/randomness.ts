import { randomBytes } from "node:crypto";

/** The tenant's only source of chance: identifiers, keys and faults are all drawn from it. */
export interface Randomness {
  bytes(length: number): Uint8Array;
  /** A number in [0, 1). */
  fraction(): number;
  /** A version 4 GUID in lower case. */
  guid(): string;
}

function drawFrom(bytes: (length: number) => Uint8Array): Randomness {
  return {
    bytes,
    fraction: () => new DataView(bytes(4).slice().buffer).getUint32(0) / 2 ** 32,
    guid: () => {
      const raw = bytes(16).slice();
      raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x40;
      raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80;
      const hex = Buffer.from(raw).toString("hex");
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        "-",
      );
    },
  };
}

/** Chance from the operating system. */
export const systemRandomness: Randomness = drawFrom((length) => new Uint8Array(randomBytes(length)));

/** Repeatable chance: the same seed draws the same sequence (mulberry32). */
export function seededRandomness(seed: number): Randomness {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return drawFrom((length) => Uint8Array.from({ length }, () => next() & 0xff));
}
