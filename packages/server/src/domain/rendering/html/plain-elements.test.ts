import { describe, expect, test } from "bun:test";
import { quoteOf } from "../testing/rendering.ts";

describe("elements that mean nothing here leave their content", () => {
  test.each([
    ["underlined text", "<u>a</u> b <ins>c</ins>", "a b c"],
    ["spans, also around blocks", "<span>a<p>b</p></span>", "a\n\nb"],
    ["what nobody knows", "<x-y>a</x-y><foo> b</foo>", "a b"],
    ["quotations within a line", "<q>a</q> b", '"a" b'],
    ["formulas", "<math>a</math>", "a"],
  ])("%s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });
});

// Each of these kept a processor busy for a minute or more, which is what this test would take.
test.each(["<script>a</script> ", "<q>a</q> ", "<sup>a</sup> ", "<span>a</span> ", "<style></style> "])(
  "a whole message of %p is read like any other",
  (element) => {
    const html = `${element.repeat(100_000 / element.length)}<p>the end</p>`;
    expect(quoteOf(`<p>the beginning</p>${html}`)).toStartWith("the beginning");
  },
);
