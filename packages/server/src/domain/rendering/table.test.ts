import { describe, expect, test } from "bun:test";
import { quoteOf } from "./testing/rendering.ts";

const table = (...rows: string[][]) =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</table>`;

describe("a table", () => {
  test.each([
    [
      "has its first row as its head",
      [
        ["a", "b"],
        ["c", "d"],
      ],
      "| a | b |\n| - | - |\n| c | d |",
    ],
    [
      "loses empty rows, keeps empty cells",
      [
        ["", "<br>"],
        ["a", ""],
        ["", "b"],
      ],
      "| a | |\n| - | - |\n| | b |",
    ],
    ["has rows of one length", [["a", "b"], ["c"]], "| a | b |\n| - | - |\n| c | |"],
    [
      "has cells of one line",
      [
        ["a<br>b", "<p>c</p><p>d</p>"],
        ["<ul><li>e</li><li>f</li></ul>", "g"],
      ],
      "| a / b | c / d |\n| - | - |\n| e / f | g |",
    ],
    [
      "keeps pipes within cells",
      [
        ["a|b", "<code>c|d</code>"],
        ["e", "<code>f</code>"],
      ],
      "| a\\|b | c\\|d |\n| - | - |\n| e | `f` |",
    ],
    [
      "marks and links",
      [
        ["<b>a</b>", '<a href="https://a.example">b</a>'],
        ["c", "d"],
      ],
      "| **a** | [b](https://a.example/) (a.example) |\n| - | - |\n| c | d |",
    ],
    ["of one column is its content", [["<p>a</p><p>b</p>"], ["c"]], "a\n\nb\n\nc"],
    ["of nothing is nothing", [["", ""]], ""],
  ])("%s", (_, rows, markdown) => {
    expect(quoteOf(table(...rows))).toBe(markdown);
  });

  test("keeps its head and its alignment", () => {
    expect(
      quoteOf(
        '<table><thead><tr><th align="right">a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>',
      ),
    ).toBe("| a | b |\n| -: | - |\n| c | d |");
  });

  test("too wide to be read as one is code", () => {
    const long = "word ".repeat(25).trim();
    expect(quoteOf(table(["a", long], ["bcd", "e"]))).toBe(`\`\`\`\na    ${long}\nbcd  e\n\`\`\``);
  });

  test("of many columns is code", () => {
    expect(quoteOf(table([..."abcdefghi"], [..."123456789"]))).toBe(
      "```\na  b  c  d  e  f  g  h  i\n1  2  3  4  5  6  7  8  9\n```",
    );
  });

  test("within a list stands behind it", () => {
    expect(quoteOf(`<ul><li>x${table(["a", "b"], ["c", "d"])}</li></ul>`)).toBe(
      "- x\n\n| a | b |\n| - | - |\n| c | d |",
    );
  });
});
