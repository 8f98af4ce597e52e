import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { BlockContent } from "mdast";
import { quoteWithin, runes } from "./fit-length.ts";

const paragraph = (value: string): BlockContent => ({
  type: "paragraph",
  children: [{ type: "text", value }],
});
const list = (...items: string[]): BlockContent => ({
  type: "list",
  spread: false,
  children: items.map((item) => ({
    type: "listItem",
    spread: false,
    children: [{ type: "paragraph", children: [{ type: "text", value: item }] }],
  })),
});

describe("a quote of limited length", () => {
  test("is whole when it fits", () => {
    expect(quoteWithin([paragraph("one"), paragraph("two")], 20)).toEqual({
      quote: "> one\n>\n> two",
      isCut: false,
    });
  });

  test.each([
    ["between paragraphs", [paragraph("one"), paragraph("two"), paragraph("three")], "> one\n>\n> two"],
    ["between items", [paragraph("a"), list("one", "two", "three")], "> a\n>\n> - one\n> - two"],
    ["between lines of code", [{ type: "code", value: "one\ntwo\nthree\nfour" }], "> ```\n> one\n> ```"],
    [
      "in quotes",
      [{ type: "blockquote", children: [paragraph("one"), paragraph("two"), paragraph("three")] }],
      "> > one\n> >\n> > two",
    ],
    ["within a paragraph that is too long alone", [paragraph("word ".repeat(9))], "> word word word…"],
  ] as const)("is cut %s", (_, blocks, quote) => {
    expect(quoteWithin(blocks as readonly BlockContent[], 24)).toEqual({ quote, isCut: true });
  });

  test("holds at least a sign that there is something", () => {
    expect(quoteWithin([paragraph("\\".repeat(90))], 4)).toEqual({ quote: "> …", isCut: true });
  });

  test("never is longer, counted in characters and not in halves of them", () => {
    const block = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }).map(paragraph),
      fc.array(fc.string({ maxLength: 12 }), { minLength: 1, maxLength: 12 }).map((items) => list(...items)),
      fc.string({ maxLength: 60 }).map((value): BlockContent => ({ type: "code", value })),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), fc.integer({ min: 10, max: 120 }), (blocks, limit) => {
        const { quote, isCut } = quoteWithin(blocks, limit);
        expect(runes(quote)).toBeLessThanOrEqual(limit);
        if (isCut) expect(quoteWithin(blocks, 100_000).isCut).toBe(false);
      }),
    );
  });
});
