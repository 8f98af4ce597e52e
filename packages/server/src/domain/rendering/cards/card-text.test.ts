import { describe, expect, test } from "bun:test";
import { toMarkdown } from "../markdown.ts";
import { safeTree } from "../safe-tree.ts";
import { tidyBlocks } from "../tidy-blocks.ts";
import { cardText, cardTextOrHtml } from "./card-text.ts";

const surroundings = { messageUrl: "https://teams.example/", attachments: new Map() };
const shown = (nodes: ReturnType<typeof cardText>) =>
  toMarkdown(tidyBlocks(safeTree(nodes, surroundings))).replaceAll("\u200b", "|");

describe("a card's text", () => {
  test.each([
    ["a\nb", "a\nb"],
    ["# a", "### a"],
    ["1. a\n2. b", "1. a\n2. b"],
    ["> a", "> a"],
    ["`a`", "`a`"],
    ["a![b](https://a.example/c)d", "a [Image: b](https://a.example/c) (a.example) d"],
    ["[a][b]\n\n[b]: https://evil.example", "a"],
    ["<https://a.example/x>", "[https://a.example/x](https://a.example/x)"],
    ["<at>Ann</at> a", "<|at>Ann<|/at> a"],
    ["{{DATE(today)}}", "{{DATE(today)}}"],
    ["{{TIME(2024-13-01T10:00:00Z)}}", "{{TIME(2024-13-01T10:|00:00Z)}}"],
  ])("%p is shown as %p", (text, markdown) => {
    expect(shown(cardText(text))).toBe(markdown);
  });

  test("too long or too deep for Markdown is read as it stands", () => {
    expect(shown(cardText("*a* ".repeat(3_000)))).toStartWith("\\*a\\* ");
    expect(shown(cardText(`${"> ".repeat(300)}a`))).toStartWith("\\> >");
  });

  test("of a schema that leaves it open is HTML when it has tags other than those of lines", () => {
    expect(shown(cardTextOrHtml("<b>a</b>"))).toBe("**a**");
    expect(shown(cardTextOrHtml("R&amp;D"))).toBe("R&|D");
    expect(shown(cardTextOrHtml("**R**&amp;D<BR />x"))).toBe("**R**&|D\nx");
    expect(shown(cardTextOrHtml("<i>a</i><br>*b*"))).toBe("*a*\n\\*b\\*");
    expect(shown(cardTextOrHtml("**a** < b"))).toBe("**a** < b");
  });
});
