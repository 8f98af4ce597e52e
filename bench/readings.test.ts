import { expect, test } from "bun:test";
import { Readings } from "./readings.ts";

const lines = `{"what":"hook","plugin":"go","value":10}
{"what":"hook","plugin":"typescript","value":12}
{"what":"hook","plugin":"go","value":11}
`;

test("values are kept by what and whom, in the order of their rounds", () => {
  const readings = Readings.parse(lines);
  expect(readings.of("hook", "go")).toEqual([10, 11]);
  expect(readings.of("hook", "typescript")).toEqual([12]);
  expect(readings.of("start", "go")).toEqual([]);
});

test.each(["{}", '{"what":"hook","plugin":"go","value":"10"}', "null"])("%p is no reading", (line) => {
  expect(() => Readings.parse(line)).toThrow("Not a reading");
});
