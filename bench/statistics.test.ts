import { expect, test } from "bun:test";
import fc from "fast-check";
import { median, pairedRatio, quantile } from "./statistics.ts";

test.each([
  [[7], 0.5, 7],
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 3, 2], 0.5, 2],
  [Array.from({ length: 100 }, (_, at) => at + 1), 0.95, 95],
  [[1, 2, 3], 0, 1],
  [[1, 2, 3], 1, 3],
])("the quantile of %p at %p is %p", (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});

test("a quantile is one of the values and leaves its share at or below it", () => {
  const values = fc.array(fc.integer(), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
      const found = quantile(given, share);
      expect(given).toContain(found);
      expect(given.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * given.length);
    }),
  );
});

test("what slows both sides of a pair leaves the ratio as it is", () => {
  const disturbances = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(disturbances, (slowness) => {
      const fast = slowness.map((by) => 300 * by);
      const slow = slowness.map((by) => 200 * by);
      expect(pairedRatio(fast, slow)).toBeCloseTo(1.5);
    }),
  );
});

test("nothing measured has no median, and readings need their counterpart", () => {
  expect(() => median([])).toThrow("Nothing was measured");
  expect(() => pairedRatio([1, 2], [1])).toThrow("counterpart");
});
