import type { PhrasingContent, RootContent } from "mdast";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { readHtml } from "../html/read-html.ts";
import { readText } from "../text/read-text.ts";
import { isTooDeep } from "../tree-depth.ts";

const reader = unified().use(remarkParse).freeze();

/** Reads marks and links only: in a line, `1. May` is a date and no list. */
const lineReader = unified()
  .use(remarkParse)
  .data("micromarkExtensions", [
    {
      disable: {
        null: [
          "blockQuote",
          "codeFenced",
          "codeIndented",
          "definition",
          "headingAtx",
          "htmlFlow",
          "list",
          "setextUnderline",
          "thematicBreak",
        ],
      },
    },
  ])
  .freeze();

/** The texts of cards are short; longer ones are read as they stand, for Markdown takes time to read. */
const maxMarkdownChars = 8_000;

/** A text of a card, Markdown by its schema, as nodes that are still untrusted. Lines stay lines. */
export function cardText(markdown: string): readonly RootContent[] {
  return readWith(reader, markdown);
}

/** A text of a card whose schema leaves open whether it is Markdown or HTML. */
export function cardTextOrHtml(markup: string): readonly RootContent[] {
  const markdown = withoutLineElements(markup);
  return tag.test(markdown) ? readHtml(markup) : cardText(markdown);
}

/** A card's text where there is room for one line only. */
export function cardLine(markdown: string): PhrasingContent[] {
  return lineOf(readWith(lineReader, markdown));
}

export function cardLineOrHtml(markup: string): PhrasingContent[] {
  const markdown = withoutLineElements(markup);
  return tag.test(markdown) ? lineOf(readHtml(markup)) : cardLine(markdown);
}

const tag = /<\/?[a-z][a-z0-9]*\b[^<>]*>/i;

/** Whoever writes Markdown for connectors often ends lines as in HTML, and means nothing else by it. */
function withoutLineElements(markup: string): string {
  return markup.replace(/<br\s*\/?>[ \t]*\n?/gi, "\n");
}

function readWith(parser: Pick<typeof reader, "parse">, markdown: string): readonly RootContent[] {
  const value = withDates(markdown);
  if (value.length > maxMarkdownChars) return readText(value);
  const tree = parser.parse(value);
  return isTooDeep(tree) ? readText(value) : tree.children.map(withLines);
}

/** Blocks that are no paragraphs stay what they are; they get a place of their own when the message is laid out. */
function lineOf(nodes: readonly RootContent[]): PhrasingContent[] {
  return nodes.flatMap((node, index): PhrasingContent[] =>
    node.type === "paragraph"
      ? [...(index === 0 ? [] : [{ type: "break" } as const]), ...node.children]
      : [node as PhrasingContent],
  );
}

/** Single line ends of a card's text are seen as such; tags are not, as cards have no HTML. */
function withLines<Node extends RootContent>(node: Node): Node {
  if (!("children" in node)) return node;
  const children = node.children.flatMap((child): RootContent[] => {
    if (child.type !== "text" && child.type !== "html") return [withLines(child)];
    return child.value
      .split("\n")
      .flatMap((value, index): RootContent[] => [
        ...(index === 0 ? [] : [{ type: "break" } as const]),
        { type: "text", value },
      ]);
  });
  return { ...node, children };
}

/** `{{DATE(2024-05-01T10:00:00Z, SHORT)}}` is for Teams to write in the reader's way; here it is said in UTC. */
export function withDates(value: string): string {
  return value.replace(
    /\{\{(DATE|TIME)\(\s*(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))\s*(?:,[^(){}]*)?\)\}\}/g,
    (found, kind: string, time: string) => {
      const ms = Date.parse(time);
      if (Number.isNaN(ms)) return found;
      const iso = new Date(ms).toISOString();
      return kind === "DATE" ? `${iso.slice(0, 10)} UTC` : `${iso.slice(11, 16)} UTC`;
    },
  );
}
