import { describe, expect, test } from "bun:test";
import { quoteOf } from "./testing/rendering.ts";

describe("blocks", () => {
  test.each([
    [
      "code within a list stands between its items",
      "<ol><li>a<pre>x</pre>b</li><li>c</li></ol>",
      "1. a\n\n```\nx\n```\n\nb\n\n2. c",
    ],
    [
      "a quote within a nested list, too",
      "<ul><li>a<ul><li>b<blockquote>q</blockquote></li></ul></li></ul>",
      "- a\n  - b\n\n> q",
    ],
    [
      "an item that is code alone keeps its number for the next",
      "<ol><li><pre>x</pre></li><li>b</li></ol>",
      "```\nx\n```\n\n2. b",
    ],
    [
      "two lists stay two, without an empty line",
      "<ul><li>one</li></ul><ol><li>x</li><li>y</li></ol>",
      " - one\n\n1. x\n2. y",
    ],
    [
      "two lists within an item, too",
      "<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li></ul>",
      "- a\n   - b\n  1. c",
    ],
    [
      "items of the first of two lists stay whole",
      "<ol><li><p>a</p><p>b</p></li></ol><ul><li>c</li></ul>",
      " 1. a\n\n    b\n\n- c",
    ],
    ["bullets behind bullets are one list", "<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n- b"],
    ["numbers that go on are one list", '<ol><li>a</li></ol><ol start="2"><li>b</li></ol>', "1. a\n2. b"],
    [
      "numbers that begin again are lines",
      "<ol><li>a</li></ol><ol><li>b</li><li>c</li></ol>",
      "1. a\n\n1\\. b\n2\\. c",
    ],
    [
      "numbers that begin again with lists in them stay a list",
      "<ol><li>a</li></ol><ol><li>b<ul><li>c</li></ul></li></ol>",
      "1. a\n\n|\n\n1. b\n   - c",
    ],
    [
      "a third list is lines",
      "<ol><li>a</li></ol><ul><li>b</li></ul><ol><li>c</li></ol><ul><li>d</li></ul>",
      " 1. a\n\n- b\n\n1\\. c\n\n- d",
    ],
    [
      "bullets of a third list are bullets",
      "<ul><li>a</li></ul><ol><li>b</li></ol><ul><li>c</li></ul>",
      " - a\n\n1. b\n\n• c",
    ],
    ["items of several paragraphs stay whole", "<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"],
    ["an empty item at the beginning keeps its number", "<ol><li></li><li>b</li></ol>", "2. b"],
    [
      "empty items between others keep their numbers",
      "<ol><li>a</li><li> </li><li><p>&nbsp;</p></li><li>d</li><li></li></ol>",
      "1. a\n2. |\n3. |\n4. d",
    ],
    ["empty items without a number are gone", "<ul><li></li><li>a</li><li>&nbsp;</li></ul>", "- a"],
    ["empty lists, quotes and code are gone", "<ul></ul><blockquote> </blockquote><pre> </pre>a", "a"],
    ["numbers out of reach begin at one", '<ol start="99999999999"><li>a</li></ol>', "1. a"],
    [
      "a link around a list is a link in it",
      '<a href="https://a.example"><ul><li>a</li></ul></a>',
      "- [a](https://a.example/) (a.example)",
    ],
    ["marks around blocks are marks within them", "<b><p>a</p><ul><li>b</li></ul></b>", "**a**\n\n- **b**"],
    ["headings around blocks are these", "<h2><p>a</p></h2>", "a"],
    ["headings are a line", "<h2>a<br>b</h2>", "#### a b"],
    ["no heading is smaller than the smallest", "<h6>a</h6>", "###### a"],
    [
      "code keeps its indentation and loses empty ends",
      "<pre>\n\n  a\n\n b\n \n</pre>",
      "```\n  a\n\n b\n```",
    ],
    ["quotes in quotes end at the fifth", `${"<blockquote>".repeat(7)}a`, "> > > > a"],
  ])("%s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });
});
