import { expect, test } from "bun:test";
import { parseArguments, parts } from "./arguments.ts";

test("without words everything is measured and nothing written", () => {
  expect(parseArguments([])).toEqual({ parts, write: undefined, alone: false });
});

test("parts are measured in their own order, whatever the order of the words", () => {
  expect(parseArguments(["--only", "rates,sizes"]).parts).toEqual(["sizes", "rates"]);
});

test("a file to write is kept", () => {
  expect(parseArguments(["--write", "table.md"]).write).toBe("table.md");
});

test.each([
  [["--only", "rates,speed"], 'no part "speed"'],
  [["--only", "rates", "--write", "table.md"], "needs every part"],
  [["--alone", "--write", "table.md"], "needs every row"],
  [["--fast"], "--fast"],
])("%p is refused with a reason", (args, reason) => {
  expect(() => parseArguments(args)).toThrow(reason);
});
