import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { toMarkdown } from "../markdown.ts";
import { safeTree } from "../safe-tree.ts";
import { tidyBlocks } from "../tidy-blocks.ts";
import { cardLineOrHtml, cardText, cardTextOrHtml, cardTitle } from "./card-text.ts";

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

  test.each([
    ["HTML", "<b>a</b>", "**a**"],
    ["no HTML for an ampersand", "R&amp;D", "R&|D"],
    ["no HTML for line ends", "**R**&amp;D<BR />x", "**R**&|D\nx"],
    ["both", "<i>a</i><br>*b*", "*a*\n*b*"],
    [
      "Markdown with a link of HTML",
      "**a** <a href=https://a.example/?b=c>d</a>",
      "**a** [d](https://a.example/?b=c) (a.example)",
    ],
    ["HTML around Markdown", "<b>a *b*</b>, **<i>c</i>**, <i>_d_</i>", "**a *b*|**, **|*c*|**, *d*"],
    ["lines of both", "a\n<b>b</b>\nc", "a\n**b**\nc"],
    ["a list of Markdown behind HTML", "<b>a</b>\n\n- b\n- <i>c</i>", "**a**\n\n- b\n- *c*"],
    ["blocks of HTML with Markdown", "<ul>\n  <li>**a**</li>\n\n    <li>b</li>\n</ul>", "- **a**\n- b"],
    ["paragraphs of HTML", "<p>a\nb</p><p>*c*</p>", "a b\n\n*c*"],
    [
      "a table of HTML with Markdown",
      "<table><tr><td>**a**</td><td>b</td></tr></table>",
      "| **a** | b |\n| - | - |",
    ],
    ["code of HTML as it stands", "<b>a</b> <code>b*c*d</code> *e*", "**a** `b*c*d` \\*e\\*"],
    ["code of Markdown as it stands", "<b>a</b> `<b>c</b>`", "**a** `<b>c</b>`"],
    ["words between angle brackets", "List<String> *a*", "List<|String> *a*"],
    ["them within HTML", "<b>List<String></b> of <T>", "**List<|String>|** of <|T>"],
    [
      "an address between them",
      "<b>a</b> <https://a.example/x>",
      "**a** [https://a.example/x](https://a.example/x)",
    ],
    ["less than", "**a** < b", "**a** < b"],
    ["dates within HTML", "<b>{{DATE(2024-05-01T10:00:00Z, SHORT)}}</b>", "**2024-05-01 UTC**"],
    ["what stands for tags here as nothing", "<b>a</b> \u2e280\u2e29", "**a** 0"],
    ["entities of HTML", "<b>a</b> &lt;b&gt; &amp;", "**a** <|b> &"],
  ])("of a schema that leaves it open shows %s", (_, markup, markdown) => {
    expect(shown(cardTextOrHtml(markup))).toBe(markdown);
  });

  test.each([
    ["HTML", "Build <strong>failed</strong>", "**Build failed**"],
    [
      "a link",
      'Build <a href="https://a.example/1">1</a>',
      "**Build [1](https://a.example/1) (a.example)|**",
    ],
    ["no Markdown", "Build *7* of a_b_c", "**Build \\*7\\* of a\\_b\\_c**"],
    ["a line end as a space", "Build<br>failed", "**Build failed**"],
    ["words between angle brackets", "List<String>", "**List<|String>|**"],
  ])("as a title shows %s", (_, markup, markdown) => {
    expect(shown([{ type: "paragraph", children: [cardTitle(markup)] }])).toBe(markdown);
  });

  test("loses no word, however HTML and Markdown are mixed", () => {
    const pieces = fc.array(
      fc.constantFrom(
        ..."#|#|#|**|*|_|~~|`|- |1. |> |[|](https://a.example)|\n|\n\n| |    |<b>|</b>|<i>|</i>|<br>|<p>|</p>|<ul>|<li>|</ul>|<table>|<tr>|<td>|</table>|<String>|<a href='https://a.example'>|</a>|&amp;|<".split(
          "|",
        ),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(pieces, fc.boolean(), (parts, isLine) => {
        let count = 0;
        const markup = parts.join("").replaceAll("#", () => `word${++count}x`);
        const nodes = isLine
          ? [{ type: "paragraph", children: cardLineOrHtml(markup) } as const]
          : cardTextOrHtml(markup);
        const found = [...shown(nodes).matchAll(/word(\d+)x/g)].map(([, number]) => Number(number));
        expect(found.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      }),
      { numRuns: 500 },
    );
  });
});
