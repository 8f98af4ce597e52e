import type { PhrasingContent, RootContent } from "mdast";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { readHtml } from "../html/read-html.ts";
import { readText } from "../text/read-text.ts";
import { isTooDeep } from "../tree-depth.ts";
import { type Constructs, htmlOfMixed, isMarkedUp, withoutLineElements } from "./mixed-markup.ts";

const reader = unified().use(remarkParse).freeze();

/** In a line, `1. May` is a date and no list. */
const blocks: Constructs = [
  "blockQuote",
  "codeFenced",
  "codeIndented",
  "definition",
  "headingAtx",
  "htmlFlow",
  "list",
  "setextUnderline",
  "thematicBreak",
];

/** Reads marks and links only. */
const lineReader = unified()
  .use(remarkParse)
  .data("micromarkExtensions", [{ disable: { null: [...blocks] } }])
  .freeze();

/** The texts of cards are short; longer ones are read as they stand, for Markdown takes time to read. */
const maxMarkdownChars = 8_000;

/** A text of a card, Markdown by its schema, as nodes that are still untrusted. Lines stay lines. */
export function cardText(markdown: string): readonly RootContent[] {
  return readWith(reader, markdown);
}

/** A text of a card whose schema leaves open whether it is Markdown or HTML, or both. */
export function cardTextOrHtml(markup: string): readonly RootContent[] {
  return isMarkedUp(markup) ? readMixed(markup) : cardText(withoutLineElements(markup));
}

/** A card's text where there is room for one line only. */
export function cardLine(markdown: string): PhrasingContent[] {
  return lineOf(readWith(lineReader, markdown));
}

/** The same where it may be Markdown, HTML or both. */
export function cardLineOrHtml(markup: string): PhrasingContent[] {
  return isMarkedUp(markup) ? lineOf(readMixed(markup, blocks)) : cardLine(withoutLineElements(markup));
}

/** A title, which is no Markdown by its schema, but HTML for some apps. */
export function cardTitle(markup: string): PhrasingContent {
  const isPlain = !isMarkedUp(markup);
  return {
    type: "strong",
    children: isPlain ? [{ type: "text", value: withoutLineElements(markup) }] : cardLineOrHtml(markup),
  };
}

function readMixed(markup: string, disabled?: Constructs): readonly RootContent[] {
  const value = withDates(markup);
  return readHtml(value.length > maxMarkdownChars ? value : htmlOfMixed(value, disabled));
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
