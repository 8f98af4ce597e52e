import { expect, test } from "bun:test";
import { replaceBetweenMarks, table } from "./table.ts";

test("rows become a Markdown table with aligned columns", () => {
  const rows = [
    { measure: "Start", result: "9 ms", goPlugin: "5 ms", target: "< 300 ms", met: true },
    { measure: "Idle memory", result: "95.0 MB", target: "≤ 90 MB", met: false },
    { measure: "Web half", result: "5 kB" },
  ];
  expect(table(rows)).toBe(
    `| Measure     | Result  | Minimal Go plugin | Target   | Met    |
| ----------- | ------- | ----------------- | -------- | ------ |
| Start       | 9 ms    | 5 ms              | < 300 ms | yes    |
| Idle memory | 95.0 MB |                   | ≤ 90 MB  | **no** |
| Web half    | 5 kB    |                   |          |        |`,
  );
});

test("a column in which nothing stands is left out", () => {
  expect(table([{ measure: "Posts", result: "9", before: "5" }])).toBe(
    `| Measure | Result | d0ff41b |
| ------- | ------ | ------- |
| Posts   | 9      | 5       |`,
  );
});

const document = "# Title\n\n<!-- bench: begin -->\nold\n<!-- bench: end -->\n\nrest\n";

test("only what is between the marks is replaced, as often as one likes", () => {
  const once = replaceBetweenMarks(document, "new");
  expect(once).toBe("# Title\n\n<!-- bench: begin -->\nnew\n<!-- bench: end -->\n\nrest\n");
  expect(replaceBetweenMarks(once, "new")).toBe(once);
});

test("a document without marks is refused", () => {
  expect(() => replaceBetweenMarks("# Title\n", "new")).toThrow("needs the lines");
});
