import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { PhrasingContent } from "mdast";
import { toMarkdown } from "./markdown.ts";
import { tidyPhrasing } from "./phrasing.ts";
import { foreignText } from "./testing/foreign-text.ts";
import { nodesIn, readMarkdown, visibleText } from "./testing/reading.ts";

type Mark = "strong" | "emphasis" | "delete";
const text = (value: string): PhrasingContent => ({ type: "text", value });
const code = (value: string): PhrasingContent => ({ type: "inlineCode", value });
const link: PhrasingContent = { type: "link", url: "https://a.example/", children: [text("a")] };
const lineEnd: PhrasingContent = { type: "break" };
const marked = (type: Mark, ...children: PhrasingContent[]): PhrasingContent => ({ type, children });

const written = (...nodes: PhrasingContent[]) =>
  toMarkdown([{ type: "paragraph", children: tidyPhrasing(nodes) }]).replaceAll("\u200b", "|");

describe("a line", () => {
  test.each([
    ["puts white space outside of marks", [marked("strong", text(" a ")), text("b")], "**a** b"],
    ["joins equal neighbours", [marked("strong", text("a")), marked("strong", text("b"))], "**ab**"],
    [
      "joins equal marks over a space",
      [marked("strong", text("a")), text(" "), marked("strong", text("b"))],
      "**a b**",
    ],
    ["knows no mark twice", [marked("strong", marked("strong", text("a")))], "**a**"],
    ["nests marks in one order", [marked("emphasis", marked("delete", text("a")))], "~~|*a*|~~"],
    [
      "keeps different marks apart",
      [marked("strong", text("a")), marked("emphasis", text("b"))],
      "**a**|*b*",
    ],
    ["marks punctuation within a word", [text("a"), marked("strong", text("!")), text("b")], "a**|\\!|**b"],
    ["keeps code out of marks", [marked("emphasis", text("a "), code("b*"), text(" c"))], "*a* `b*` *c*"],
    ["ends marks at the end of a line", [marked("strong", text("a"), lineEnd, text("b"))], "**a**\n**b**"],
    ["marks links", [marked("strong", link)], "**|[a](https://a.example/)|**"],
    ["joins code with code", [code("a`"), code("b")], "``a`b``"],
    ["has no empty lines", [lineEnd, text("a "), lineEnd, lineEnd, text(" b"), lineEnd], "a\nb"],
    ["has no empty marks", [text("a"), marked("strong", text(" ")), marked("delete")], "a"],
    ["begins no list in its second line", [text("a"), lineEnd, text(" "), text("- b")], "a\n\\- b"],
    ["knows asterisks from emphasis", [marked("emphasis", text("a*b"))], "*a&#42;b*"],
    ["knows dollars from formulas", [text("$a"), marked("strong", text("b$"))], "&#36;a**b&#36;|**"],
    ["leaves prices alone", [text("$5 to $6")], "$5 to $6"],
    ["knows brackets from a link's", [link, text(" ](b)")], "[a](https://a.example/) &#93;(b)"],
    ["knows code from a link's end", [link, code("](b)")], "[a](https://a.example/)`]|(b)`"],
  ] as const)("%s", (_, nodes, markdown) => {
    expect(written(...nodes)).toBe(markdown);
  });

  test("is nothing when there is nothing to see", () => {
    expect(tidyPhrasing([text(" "), lineEnd, marked("strong", text("\n"))])).toEqual([]);
  });

  test("is tidy once and for all, and is read back with the marks it was written with", () => {
    const word = fc.constantFrom(
      "a",
      "B c",
      "1",
      "!",
      '"q"',
      "(x)",
      "*",
      "\u05e9",
      "\ud83d\ude00",
      "_",
      "$x$",
    );
    const line = fc.array(
      fc
        .tuple(word, fc.subarray<Mark>(["strong", "emphasis", "delete"]), fc.boolean())
        .map(([value, marks, spaced]) => [
          marks.reduce((node, mark) => marked(mark, node), text(value)),
          ...(spaced ? [text(" ")] : []),
        ]),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(line, (parts) => {
        const tidy = tidyPhrasing(parts.flat());
        expect(tidyPhrasing(tidy)).toEqual(tidy);
        const markdown = toMarkdown([{ type: "paragraph", children: tidy }]);
        expect(letters(readMarkdown(markdown).children[0])).toEqual(
          letters({ type: "paragraph", children: tidy }),
        );
      }),
    );
  });

  test("is read back with its text, whatever that is", () => {
    fc.assert(
      fc.property(fc.array(foreignText, { minLength: 1, maxLength: 4 }), (texts) => {
        const nodes = texts.map((value, index) =>
          index % 2 === 0
            ? text(value.replace(/\s+/g, " "))
            : marked("emphasis", text(value.replace(/\s+/g, " "))),
        );
        const tree = readMarkdown(toMarkdown([{ type: "paragraph", children: tidyPhrasing(nodes) }]));
        expect(nodesIn(tree).some(({ type }) => type === "html" || type === "image")).toBe(false);
      }),
    );
  });
});

/** Each character with the marks around it, in order. */
function letters(
  node: Parameters<typeof visibleText>[0] | undefined,
  marks: readonly string[] = [],
): string[] {
  if (node === undefined) return [];
  if ("children" in node) {
    const isMark = ["strong", "emphasis", "delete"].includes(node.type);
    return node.children.flatMap((child) => letters(child, isMark ? [...marks, node.type] : marks));
  }
  return [...visibleText(node)].map((char) => `${char} ${[...marks].sort().join(" ")}`);
}
