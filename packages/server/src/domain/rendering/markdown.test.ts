import { describe, expect, test } from "bun:test";
import type { RootContent } from "mdast";
import { quoted, toMarkdown } from "./markdown.ts";

const text = (value: string): RootContent => ({ type: "text", value });
const written = (...nodes: RootContent[]) => toMarkdown(nodes).replaceAll("\u200b", "|");
const paragraph = (...children: RootContent[]) => ({ type: "paragraph", children }) as RootContent;

describe("Markdown", () => {
  test.each([
    ["line ends without a backslash", [paragraph(text("a"), { type: "break" }, text("b"))], "a\nb"],
    ["text at the start of a line with its marks escaped", [paragraph(text("# a"))], "\\# a"],
    [
      "text behind a mark as it is",
      [paragraph({ type: "strong", children: [{ type: "text", value: "- a" }] })],
      "**|- a**",
    ],
    [
      "labels without brackets of their own",
      [
        paragraph({
          type: "link",
          url: "https://a.example/",
          children: [{ type: "text", value: "a]b www.c" }],
        }),
      ],
      "[a&#93;b www.c](https://a.example/)",
    ],
    [
      "code with a fence longer than any within",
      [{ type: "code", lang: "js", value: "````" }],
      "`````js\n````\n`````",
    ],
    ["code that begins with a backtick", [paragraph({ type: "inlineCode", value: "`a" })], "`` `a ``"],
    [
      "tight lists with a space behind their marks",
      [
        {
          type: "list",
          ordered: false,
          spread: false,
          children: [
            { type: "listItem", children: [{ type: "paragraph", children: [{ type: "text", value: "a" }] }] },
          ],
        },
      ],
      "- a",
    ],
    ["lines as three dashes", [{ type: "thematicBreak" }], "---"],
  ] as const)("writes %s", (_, nodes, markdown) => {
    expect(written(...(nodes as readonly RootContent[]))).toBe(markdown);
  });

  test("is quoted line by line, empty ones too", () => {
    expect(quoted("a\n\n> b\n")).toBe("> a\n>\n> > b\n>");
  });
});
