import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { examples } from "../packages/sandbox/src/page/examples/index.ts";
import { PrometheusMetrics } from "../packages/server/src/adapters/http/prometheus-metrics.ts";
import { root } from "./build/root.ts";

const inDocs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
const pages = ["README.md", "CONTRIBUTING.md", ...inDocs.map((name) => join("docs", name))].filter((name) =>
  name.endsWith(".md"),
);

const textOf = (page: string) => readFileSync(join(root, page), "utf8");

/** GitHub's names of headings. */
function anchors(page: string): string[] {
  const headings = textOf(page).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test("every link between pages leads to a file and a heading that exist", () => {
  const broken = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([link, path, anchor]) => {
        const target = path ? join(dirname(page), path) : page;
        const isThere =
          existsSync(join(root, target)) && (anchor === undefined || anchors(target).includes(anchor));
        return isThere ? [] : [`${page}: ${link}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});

test("every heading that the plugin's texts refer to exists", () => {
  const sources = readdirSync(join(root, "packages/server/src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => textOf(join("packages/server/src", name)));
  const headings = sources.flatMap((source) =>
    [...source.matchAll(/docs\/operations\.md, “([^”]+)”/g)].map(([, heading = ""]) => heading),
  );
  expect(headings.length).toBeGreaterThan(0);
  expect(
    headings.filter(
      (heading) =>
        !textOf("docs/operations.md").includes(`\n## ${heading}\n`) &&
        !textOf("docs/operations.md").includes(`\n### ${heading}\n`),
    ),
  ).toEqual([]);
});

test("operations.md lists the metrics that there are", async () => {
  const exposed = await (await new PrometheusMetrics(async () => undefined).response()).text();
  const names = [...exposed.matchAll(/^# TYPE msteams_notifications_(\w+)/gm)].map(([, name]) => name);
  const listed = [...textOf("docs/operations.md").matchAll(/^\| `(\w+_total|\w+_ms|inbox_\w+)`\s+\|/gm)];
  expect(listed.map(([, name]) => name).sort()).toEqual(names.sort());
});

test("messages.md shows every kind of message that can be sent as an example, and every picture there is", () => {
  const shown = [...textOf("docs/messages.md").matchAll(/\]\(images\/messages\/([\w-]+)\.png\)/g)];
  const names = shown.map(([, name = ""]) => name).sort();
  const pictures = readdirSync(join(root, "docs/images/messages")).map((name) => name.replace(/\.png$/, ""));
  expect(names).toEqual(pictures.sort());
  expect(names).toEqual(expect.arrayContaining(examples.map(({ kind }) => kind)));
});

test("using.md shows every picture of what can be chosen, and all of them exist", () => {
  const shown = [...textOf("docs/using.md").matchAll(/\]\(images\/using\/([\w-]+)\.png\)/g)];
  const pictures = readdirSync(join(root, "docs/images/using")).map((name) => name.replace(/\.png$/, ""));
  expect(shown.map(([, name = ""]) => name).sort()).toEqual(pictures.sort());
});
