import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { embeddedJsonOf } from "./embedded-json.ts";

describe("JSON inside a text", () => {
  test.each([
    ["nothing wrong", '{"a":"b \\u0041 \\n"}', { a: "b A \n" }],
    [
      "a wrong escape",
      '{ "title": "Berth plan", "text": "a \\And b" }',
      { title: "Berth plan", text: "a \\And b" },
    ],
    ["a path", '{"a":"C:\\Users\\Ann"}', { a: "C:\\Users\\Ann" }],
    ["an escape of Markdown", '{"a":"2 \\* 3"}', { a: "2 \\* 3" }],
    ["an escape without its digits", '{"a":"\\u00zz b"}', { a: "\\u00zz b" }],
    ["right escapes beside a wrong one", '{"a":"\\"b\\" \\\\ \\u00e9\\n\\x"}', { a: '"b" \\ é\n\\x' }],
    ["line ends and tabulators within a text", '{"a":"b\nc\td"}', { a: "b\nc\td" }],
    ["control characters", '{"a":"b\u0000c\u001bd"}', { a: "b c d" }],
    ["a comma too many", '{"a":[1,2,],}', { a: [1, 2] }],
    ["a mark of byte order", '\ufeff{"a":1}', { a: 1 }],
    ["single quotes", "{'a':'it\\'s'}", { a: "it's" }],
    ["comments", '{"a":1 /* b */}', { a: 1 }],
    ["an end that is missing", '{"a":"b', { a: "b" }],
    ["a list", "[1,]", [1]],
  ] as const)("with %s is read", (_, text, value) => {
    expect<unknown>(embeddedJsonOf(text)).toEqual(value);
  });

  test.each([
    ["", undefined],
    ["plain words", undefined],
    ["{}{}", undefined],
    [null, undefined],
    [undefined, undefined],
  ])("is absent in %p", (text, value) => {
    expect(embeddedJsonOf(text)).toBe(value);
  });

  test("that is no text any more is taken as it is", () => {
    expect(embeddedJsonOf({ a: 2 })).toEqual({ a: 2 });
  });

  test("is read as JSON.parse reads it wherever that can", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(embeddedJsonOf(text) ?? null).toEqual(JSON.parse(text));
      }),
    );
  });

  test("keeps its other fields when a backslash too many stands in one", () => {
    const words = fc.string({ unit: fc.constantFrom(..."ab ,:{}[]'é\n") });
    fc.assert(
      fc.property(words, words, fc.constantFrom(..."AxU*[_.d"), (title, text, letter) => {
        const json = JSON.stringify({ title, text: `${text}#` }).replace("#", `\\${letter}`);
        expect(embeddedJsonOf(json)).toEqual({ title, text: `${text}\\${letter}` });
      }),
    );
  });

  test("is read or absent, whatever it holds", () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          ...'{|}|[|]|"|\'|:|,|\\|\\u|\\"|/*|//|null|1e|-|\n|\u0000|`|(|)|+|…|“|__proto__'.split("|"),
        ),
        fc.string({ unit: "binary", maxLength: 4 }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        embeddedJsonOf(`{${parts.join("")}`);
        embeddedJsonOf(parts.join(""));
      }),
    );
  });

  // The repair of each of these takes the better part of a minute at this length.
  test.each(["'", '{"a":"b"c"', '{"a":', "`"])(
    "of many %p is given up before it holds up others",
    (piece) => {
      expect(embeddedJsonOf(`[${piece.repeat(300_000 / piece.length)}`)).toBeUndefined();
    },
  );
});
