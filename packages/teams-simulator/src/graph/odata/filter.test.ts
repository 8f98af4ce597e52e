import { expect, test } from "bun:test";
import { dateLiteral, holds, parseFilter } from "./filter.ts";

test.each([
  ["mail eq 'a@b.c'", [[{ property: "mail", operator: "eq", value: "a@b.c" }]]],
  ["  mail   eq   'O''Neil (x)'  ", [[{ property: "mail", operator: "eq", value: "O'Neil (x)" }]]],
  [
    "a eq null or b ne true",
    [[{ property: "a", operator: "eq", value: null }], [{ property: "b", operator: "ne", value: true }]],
  ],
  [
    "n gt 5 and n le -1.5",
    [
      [
        { property: "n", operator: "gt", value: 5 },
        { property: "n", operator: "le", value: -1.5 },
      ],
    ],
  ],
  [
    "from/user/id eq 'x' and lastModifiedDateTime gt 2026-11-23T14:00:00Z",
    [
      [
        { property: "from/user/id", operator: "eq", value: "x" },
        { property: "lastModifiedDateTime", operator: "gt", value: "2026-11-23T14:00:00Z" },
      ],
    ],
  ],
])("%s is read", (text, expected) => {
  expect(parseFilter(text)).toEqual(expected as never);
});

test.each([
  "",
  "mail",
  "mail eq",
  "mail is 'x'",
  "'mail' eq 'x'",
  "mail eq 'x' and",
  "mail eq 'x' xor a eq 1",
  "mail eq 'x",
])("%p is refused with 400", (text) => {
  expect(() => parseFilter(text)).toThrow(expect.objectContaining({ status: 400 }));
});

test("parentheses are not simulated, and say so", () => {
  expect(() => parseFilter("(a eq 1 or b eq 2) and c eq 3")).toThrow(
    expect.objectContaining({ status: 501 }),
  );
});

test.each([
  ["eq", 1, [false, true, false]],
  ["ne", 1, [true, false, true]],
  ["gt", 1, [false, false, true]],
  ["ge", 1, [false, true, true]],
  ["lt", 1, [true, false, false]],
  ["le", 1, [true, true, false]],
] as const)("0, 1, 2 %s %i", (operator, value, expected) => {
  expect([0, 1, 2].map((actual) => holds({ property: "n", operator, value }, actual))).toEqual([...expected]);
  expect(holds({ property: "n", operator, value }, null)).toBe(operator === "ne");
});

test("a date is epoch milliseconds, anything else a 400", () => {
  expect(dateLiteral("2026-11-23T14:00:00Z")).toBe(Date.UTC(2026, 10, 23, 14));
  expect(() => dateLiteral("yesterday")).toThrow(expect.objectContaining({ status: 400 }));
  expect(() => dateLiteral(5)).toThrow(expect.objectContaining({ status: 400 }));
});
