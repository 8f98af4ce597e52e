import { expect, test } from "bun:test";
import fc from "fast-check";
import { honestLink } from "./honest-link.ts";
import { toMarkdown } from "./markdown.ts";
import { foreignText } from "./testing/foreign-text.ts";
import { linksIn } from "./testing/reading.ts";

const rendered = (label: string, url: string) =>
  toMarkdown([{ type: "paragraph", children: honestLink(label, url) }]).replaceAll("\u200b", "");

test.each([
  ["https://a.example/x", "https://a.example/x", "[https://a.example/x](https://a.example/x)"],
  ["a.example", "https://www.a.example/x", "[a.example](https://www.a.example/x)"],
  ["the plan", "https://a.example/x", "[the plan](https://a.example/x) (a.example)"],
  ["bank.example", "https://evil.example/x", "bank.example ([evil.example](https://evil.example/x))"],
  [
    "https://bank.example@evil.example",
    "https://evil.example",
    "https://bank.example@evil.example ([evil.example](https://evil.example/))",
  ],
  ["b\u0430nk.com", "https://b\u0430nk.com", "b\u0430nk.com ([xn--bnk-6cd.com](https://xn--bnk-6cd.com/))"],
  ["report.docx", "https://a.example/r", "[report.docx](https://a.example/r) (a.example)"],
  ["report.zip", "https://a.example/r", "report.zip ([a.example](https://a.example/r))"],
  [
    "https://a.example/b.example",
    "https://a.example/b.example",
    "[https://a.example/b.example](https://a.example/b.example)",
  ],
  ["", "https://a.example/r", "[a.example](https://a.example/r)"],
  ["Ann", "mailto:ann@a.example?subject=x", "Ann (ann@a.example)"],
  ["ann@a.example", "mailto:ann@a.example", "ann@a.example"],
  ["", "tel:+49-30-1", "\\+49-30-1"],
  ["run", "javascript:alert(1)", "run"],
  [
    "a](https://evil.example)[b",
    "https://a.example",
    "a\\](https://evil.example)\\[b ([a.example](https://a.example/))",
  ],
])("%p leading to %p is shown as %p", (label, url, markdown) => {
  expect(rendered(label, url)).toBe(markdown);
});

test("nothing at all comes of a link without label and address", () => {
  expect(honestLink(" ", "about:blank")).toEqual([]);
});

test("no label ever names another host than its link's", () => {
  fc.assert(
    fc.property(foreignText, fc.webUrl(), (label, url) => {
      const markdown = toMarkdown([{ type: "paragraph", children: honestLink(label, url) }]);
      for (const link of linksIn(markdown)) expect(link.dishonest).toEqual([]);
    }),
  );
});
