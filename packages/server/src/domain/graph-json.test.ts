import { describe, expect, test } from "bun:test";
import { listOf, objectOf, textOf, timeMsOf } from "./graph-json.ts";

describe("a value from Graph", () => {
  test("is an object only when it holds named fields", () => {
    expect([{ a: 1 }, null, [], "x", undefined].map((value) => objectOf(value) !== undefined)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test("is a list or nothing", () => {
    expect([[1], null, {}, "ab"].map((value) => listOf(value).length)).toEqual([1, 0, 0, 0]);
  });

  test("is a text only with content", () => {
    expect(["a", "", null, 3].map(textOf)).toEqual(["a", undefined, undefined, undefined]);
  });

  test.each([
    ["2021-02-02T18:30:34.9097561Z", 1612290634909],
    ["2021-02-02T10:30:34.909-08:00", 1612290634909],
    ["0001-01-01T00:00:00Z", undefined],
    ["yesterday", undefined],
    [1612290634909, undefined],
    [null, undefined],
  ])("reads the time %p as %p", (value, ms) => {
    expect(timeMsOf(value)).toBe(ms);
  });
});
