import { expect, test } from "bun:test";
import { Readings } from "../readings.ts";
import { before, limited, ours, relative, told } from "./compared.ts";

const figure = { what: "cpu", measure: "CPU", format: (value: number) => `${value} ms` };

function readings(own: readonly number[], others: readonly number[]): Readings {
  const all = new Readings();
  for (const value of own) all.add("cpu", ours, value);
  for (const value of others) all.add("cpu", before, value);
  return all;
}

test("a ratio is that of neighbouring readings, and is held against its limit", () => {
  const paired = readings([1, 5, 2], [4, 10, 8]);
  const row = { measure: "CPU", result: "2 ms (0.25 ×)", before: "8 ms" };
  expect(relative(paired, figure, { atMost: 0.25 })).toEqual({ ...row, target: "≤ 0.25 ×", met: true });
  expect(relative(paired, figure, { atLeast: 0.3 })).toEqual({ ...row, target: "≥ 0.30 ×", met: false });
});

test("alone there is a result and no ratio", () => {
  expect(relative(readings([2], []), figure, { atMost: 0.25 })).toEqual({ measure: "CPU", result: "2 ms" });
});

test("a limit in itself is held with and without what was before", () => {
  expect(limited(readings([3], []), figure, { atMost: 3 })).toEqual({
    measure: "CPU",
    result: "3 ms",
    target: "≤ 3 ms",
    met: true,
  });
  expect(limited(readings([3], [9]), figure, { atMost: 2 })).toMatchObject({ before: "9 ms", met: false });
  expect(limited(readings([3], []), figure, { atMost: 2, tolerance: 1 })).toMatchObject({ met: true });
});

test("what nothing is asked of has neither target nor verdict", () => {
  expect(told(readings([3], [9]), figure)).toEqual({ measure: "CPU", result: "3 ms", before: "9 ms" });
});
