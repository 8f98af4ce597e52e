import type { BlockContent, Code, Heading, List, ListItem, PhrasingContent, RootContent } from "mdast";
import { emptyLine, listsApart } from "./lists-in-a-row.ts";
import { tidyPhrasing } from "./phrasing.ts";
import { tableBlocks } from "./table.ts";

/** Quotes within quotes beyond this are chains of answers that nobody can tell apart any more. */
const maxQuoteDepth = 4;

/**
 * Safe nodes as the blocks that every Mattermost client reads alike: what is empty is gone, what Mattermost's web app
 * cannot show within a list (code, tables, quotes) stands between two parts of it, lists that follow each other stay apart.
 */
export function tidyBlocks(nodes: readonly RootContent[], quoteDepth = 0): BlockContent[] {
  const blocks: BlockContent[] = [];
  let line: PhrasingContent[] = [];
  const closeLine = () => {
    const children = tidyPhrasing(line);
    if (children.length > 0) blocks.push({ type: "paragraph", children });
    line = [];
  };
  for (const node of nodes) {
    if (isPhrasing(node)) line.push(node);
    else {
      closeLine();
      blocks.push(...tidyBlock(node, quoteDepth));
    }
  }
  closeLine();
  return listsApart(blocks);
}

function tidyBlock(node: RootContent, quoteDepth: number): BlockContent[] {
  switch (node.type) {
    case "paragraph":
      return tidyBlocks(node.children, quoteDepth);
    case "heading":
      return node.children.every(isPhrasing) ? headingBlocks(node) : tidyBlocks(node.children, quoteDepth);
    case "blockquote": {
      const children = tidyBlocks(node.children, quoteDepth + 1);
      return children.length === 0 || quoteDepth >= maxQuoteDepth ? children : [{ ...node, children }];
    }
    case "list":
      return listBlocks(node, quoteDepth);
    case "listItem":
    case "tableRow":
    case "tableCell":
      return tidyBlocks(node.children, quoteDepth);
    case "table":
      return tableBlocks(node, (cell) => tidyBlocks([cell]));
    case "code":
      return codeBlocks(node);
    case "thematicBreak":
      return [{ type: "thematicBreak" }];
    // Around blocks, as HTML allows; the others are part of a line.
    case "strong":
    case "emphasis":
    case "delete":
      return tidyBlocks(
        node.children.map((child) => marked(node.type, child)),
        quoteDepth,
      );
    default:
      return [];
  }
}

/** Smaller than the sender's: the largest letters of a channel are not for guests of it. */
function headingBlocks(node: Heading): BlockContent[] {
  const children = tidyPhrasing(
    node.children.map((child) => (child.type === "break" ? { type: "text", value: " " } : child)),
  );
  if (children.length === 0) return [];
  const depths = [3, 4, 5, 6] as const;
  return [{ type: "heading", depth: depths[node.depth - 1] ?? 6, children }];
}

function codeBlocks(node: Code): BlockContent[] {
  const value = node.value.replace(/^(?:[^\S\n]*\n)+|\s+$/g, "");
  return value === "" ? [] : [{ ...node, value }];
}

/** Keeps the number of an item without content for the next. */
const emptyItem: ListItem = { type: "listItem", spread: false, children: [emptyLine] };

function listBlocks(list: List, quoteDepth: number): BlockContent[] {
  const blocks: BlockContent[] = [];
  const first = firstNumber(list);
  let items: ListItem[] = [];
  let start = first;
  const closeList = () => {
    items.splice(items.findLastIndex((item) => item !== emptyItem) + 1);
    if (items.length > 0) {
      const spread = items.some(({ spread }) => spread === true);
      blocks.push({ type: "list", ordered: list.ordered ?? false, start, spread, children: items });
    }
    items = [];
  };
  list.children.forEach((item, index) => {
    if (items.length === 0) start = first + index;
    const content = tidyBlocks(item.children, quoteDepth);
    const fitting = content.findIndex((block) => block.type !== "paragraph" && block.type !== "list");
    const children = fitting === -1 ? content : content.slice(0, fitting);
    if (children.length > 0) {
      const paragraphs = children.filter(({ type }) => type === "paragraph").length;
      items.push({ type: "listItem", spread: paragraphs > 1, children });
    } else if (items.length > 0 && fitting === -1 && list.ordered === true) items.push(emptyItem);
    if (fitting === -1) return;
    closeList();
    blocks.push(...content.slice(fitting));
  });
  closeList();
  return blocks;
}

/** CommonMark's limit is nine digits; what does not count from there counts from one. */
function firstNumber({ start }: List): number {
  return Number.isSafeInteger(start) && Number(start) >= 0 && Number(start) < 1_000_000 ? Number(start) : 1;
}

type Mark = "strong" | "emphasis" | "delete";

/** The same node with the mark around each line in it. */
function marked(type: Mark, node: RootContent): RootContent {
  if (isPhrasing(node)) return { type, children: [node] };
  if (!("children" in node)) return node;
  const children = node.children.map((child) => marked(type, child));
  // Still a node with the same kinds of children.
  return { ...node, children } as RootContent;
}

const leaves: ReadonlySet<string> = new Set(["text", "inlineCode", "link", "break"]);

function isPhrasing(node: RootContent): node is PhrasingContent {
  if (node.type === "strong" || node.type === "emphasis" || node.type === "delete")
    return node.children.every(isPhrasing);
  return leaves.has(node.type);
}
