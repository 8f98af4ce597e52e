import { expect, test } from "bun:test";
import fc from "fast-check";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { GobError } from "./gob-error.ts";

/** The unsigned encoding as the documentation of encoding/gob words it, without care for speed. */
function naiveUint(value: bigint): number[] {
  if (value < 128n) return [Number(value)];
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn));
  return [256 - bytes.length, ...bytes];
}

function naiveInt(value: bigint): number[] {
  return naiveUint(value < 0n ? (~value << 1n) | 1n : value << 1n);
}

function written(write: (to: ByteWriter) => void): number[] {
  const to = new ByteWriter();
  write(to);
  return [...to.bytes.subarray(0, to.pos)];
}

function reader(bytes: readonly number[]): ByteReader {
  const from = new ByteReader();
  from.bytes = Buffer.from(bytes);
  from.end = bytes.length;
  return from;
}

const edges = [
  0,
  1,
  63,
  64,
  127,
  128,
  255,
  256,
  2 ** 31,
  2 ** 32,
  2 ** 48,
  2 ** 51,
  2 ** 52,
  Number.MAX_SAFE_INTEGER,
];
const numbers = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(...edges, ...edges.map((edge) => 0 - edge)));

test("numbers are written as the naive twin writes them and read back", () => {
  fc.assert(
    fc.property(numbers, (value) => {
      const signed = written((to) => to.int(value));
      expect(signed).toEqual(naiveInt(BigInt(value)));
      expect(reader(signed).int()).toBe(value === 0 ? 0 : value);
      const unsigned = written((to) => to.uint(Math.abs(value)));
      expect(unsigned).toEqual(naiveUint(BigInt(Math.abs(value))));
      expect(reader(unsigned).uint()).toBe(Math.abs(value));
    }),
    { numRuns: 2000 },
  );
});

test("64-bit integers are written as the naive twin writes them and read back", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const signed = written((to) => to.bigInt(value));
      expect(signed).toEqual(naiveInt(value));
      expect(reader(signed).bigInt()).toBe(value);
      const unsigned = BigInt.asUintN(64, value);
      expect(written((to) => to.bigUint(unsigned))).toEqual(naiveUint(unsigned));
      expect(reader(naiveUint(unsigned)).bigUint()).toBe(unsigned);
    }),
    { numRuns: 2000 },
  );
});

test("doubles come back bit by bit", () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(reader(written((to) => to.float(value))).float()).toBe(value);
    }),
  );
});

test("text comes back, short and long, ASCII and not", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (value) => {
      expect(reader(written((to) => to.text(value))).text()).toBe(value.toWellFormed());
    }),
  );
});

test.each([
  ["an integer beyond 2^53", [0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe], "number_range", "int"],
  ["an unsigned integer beyond 2^53", [0xf9, 0x20, 0, 0, 0, 0, 0, 0], "number_range", "uint"],
  ["nine bytes of integer", [0xf7, 1, 1, 1, 1, 1, 1, 1, 1, 1], "malformed", "uint"],
  ["an integer that stops", [0xfe, 1], "malformed", "int"],
  ["a boolean of 2", [2], "malformed", "bool"],
  ["a boolean of 8 bytes", [0xf8, 1, 0, 0, 0, 0, 0, 0, 0], "malformed", "bool"],
  ["text longer than what is there", [5, 65], "malformed", "text"],
] as const)("%s is refused", (_, bytes, code, read) => {
  const from = reader(bytes);
  let error: unknown;
  try {
    from[read]();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(GobError);
  expect(error).toMatchObject({ code });
});

test.each([1.5, Number.NaN, 2 ** 53, Infinity])("%d is not a whole number that can be sent", (value) => {
  expect(() => new ByteWriter().int(value)).toThrow(GobError);
});

test.each([127, 128, 255, 256, 70_000])("a block of %d bytes is preceded by its length", (length) => {
  const bytes = written((to) => {
    const start = to.openBlock();
    to.raw(new Uint8Array(length).fill(7));
    to.closeBlock(start);
  });
  expect(bytes).toEqual([...naiveUint(BigInt(length)), ...new Array<number>(length).fill(7)]);
});
