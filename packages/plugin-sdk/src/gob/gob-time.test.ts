import { expect, test } from "bun:test";
import fc from "fast-check";
import { GobError } from "./gob-error.ts";
import { dateFromGobTime, decodeTime, encodeTime, gobTimeFromDate } from "./gob-time.ts";
import { bytesOf } from "./testing/golden.ts";

/** The opaque bytes at the end of a golden stream that holds one time. */
function goBytes(name: string, length: number): Uint8Array {
  return bytesOf(name).slice(-length);
}

test.each([
  ["time_zero", 15],
  ["time_epoch", 15],
  ["time_ms", 15],
  ["time_zone", 15],
  ["time_zone_seconds", 16],
  ["time_before_epoch", 15],
] as const)("%s is written as Go wrote it", (name, length) => {
  const bytes = goBytes(name, length);
  expect(encodeTime(decodeTime(bytes))).toEqual(bytes);
});

test("dates come back to the millisecond, before 1970 too", () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      expect(dateFromGobTime(decodeTime(encodeTime(gobTimeFromDate(date))))).toEqual(date);
    }),
  );
});

test("other lengths and versions are refused", () => {
  for (const bytes of [
    new Uint8Array(),
    Uint8Array.of(1),
    new Uint8Array(15),
    goBytes("time_zone_seconds", 16).subarray(0, 15),
  ]) {
    expect(() => decodeTime(bytes)).toThrow(GobError);
  }
});

test("a moment beyond what a double can count is refused", () => {
  const far = goBytes("time_epoch", 15);
  far[1] = 0x7f;
  expect(() => decodeTime(far)).toThrow(GobError);
  expect(() => encodeTime({ unixSeconds: 0.5, nanoseconds: 0 })).toThrow(GobError);
});
