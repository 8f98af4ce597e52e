import { expect, test } from "bun:test";
import fc from "fast-check";
import { encodeVarint, VarintReader } from "./go-varint.ts";

function decode(bytes: Uint8Array): bigint | undefined {
  const reader = new VarintReader();
  let value: bigint | undefined;
  for (const byte of bytes) value = reader.take(byte);
  return value;
}

const table: [bigint, number[]][] = [
  [0n, [0]],
  [-1n, [1]],
  [1n, [2]],
  [63n, [0x7e]],
  [64n, [0x80, 0x01]],
  [-65n, [0x81, 0x01]],
  [512n, [0x80, 0x08]],
  [1n << 40n, [0x80, 0x80, 0x80, 0x80, 0x80, 0x40]],
];

for (const [value, bytes] of table) {
  test(`${value} is ${bytes.length} bytes as in Go`, () => {
    expect([...encodeVarint(value)]).toEqual(bytes);
    expect(decode(Uint8Array.from(bytes))).toBe(value);
  });
}

test("every 63-bit integer comes back", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(1n << 62n), max: 1n << 62n }), (value) => {
      expect(decode(encodeVarint(value))).toBe(value);
    }),
  );
});

test("a varint without an end is refused", () => {
  expect(() => decode(new Uint8Array(11).fill(0xff))).toThrow(RangeError);
});
