import { describe, expect, test } from "bun:test";
import { directLines } from "./direct-lines.ts";
import { readHtml } from "./html/read-html.ts";
import { toMarkdown } from "./markdown.ts";
import { safeTree } from "./safe-tree.ts";
import { tidyBlocks } from "./tidy-blocks.ts";

const shalom = "\u05e9\u05dc\u05d5\u05dd";
const salam = "\u0633\u0644\u0627\u0645";
const surroundings = { messageUrl: "https://teams.example", attachments: new Map() };
const written = (html: string) => {
  const nodes = safeTree(readHtml(html, { mentions: [], readerId: "" }), surroundings);
  return toMarkdown(directLines(tidyBlocks(nodes))).replaceAll("\u200b", "");
};
/** What stands between `{` and `}` reads from right to left. */
const shown = (html: string) => written(html).replaceAll("\u2067", "{").replaceAll("\u2069", "}");

describe("a line from right to left is marked as such", () => {
  test.each([
    ["with its full stop", `<p>${shalom}.</p>`, `{${shalom}.}`],
    ["by its first letter, whatever stands before", `<p>14:30 (${salam})</p>`, `{14:30 (${salam})}`],
    ["with words of other scripts", `<p>${salam} Teams 2</p>`, `{${salam} Teams 2}`],
    ["apart from its neighbours", `<p>one<br>${shalom}<br>two</p>`, `one\n{${shalom}}\ntwo`],
    ["around its emphasis", `<p><b>${shalom}</b>!</p>`, `{**${shalom}**\\!}`],
    ["in lists", `<ul><li>${shalom}</li><li>b</li></ul>`, `- {${shalom}}\n- b`],
    ["in quotes", `<blockquote>${salam}</blockquote>`, `> {${salam}}`],
    ["in headings", `<h1>${salam}</h1>`, `### {${salam}}`],
    [
      "in tables",
      `<table><tr><td>a</td><td>${shalom}</td></tr><tr><td>1</td><td>2</td></tr></table>`,
      `| a | {${shalom}} |\n| - | - |\n| 1 | 2 |`,
    ],
  ])("%s", (_, html, markdown) => {
    expect(shown(html)).toBe(markdown);
  });
});

test.each([
  ["from left to right", `<p>Hello ${shalom}</p>`, `Hello ${shalom}`],
  ["without letters", "<p>14:30</p>", "14:30"],
  ["of code", `<pre>${shalom}</pre>`, `\`\`\`\n${shalom}\n\`\`\``],
])("a line %s stays as it is", (_, html, markdown) => {
  expect(shown(html)).toBe(markdown);
});

test("foreign text cannot end the mark of its line", () => {
  expect(written(`<p>${shalom}\u2069 gnp.exe</p>`)).toBe(`\u2067${shalom} gnp.exe\u2069`);
});
