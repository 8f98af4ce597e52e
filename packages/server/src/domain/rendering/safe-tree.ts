import type { BlockContent, Nodes, PhrasingContent, RootContent } from "mdast";
import { honestLink, linkTo, plain } from "./honest-link.ts";
import { inTeams } from "./html/teams-elements.ts";
import { splitAtAddresses } from "./text/address.ts";
import { cleanLines, cleanText } from "./text/clean-text.ts";

/**
 * Turns untrusted Markdown nodes into ones that may be written: text is cleaned, every link shows where it leads, and
 * whatever Markdown could load, define or embed is gone. `messageUrl` stands in for what only Teams shows.
 */
export function safeTree(nodes: readonly RootContent[], messageUrl: string): RootContent[] {
  return nodes.flatMap((node) => safe(node, messageUrl));
}

function safe(node: RootContent, messageUrl: string): RootContent[] {
  switch (node.type) {
    case "text":
      return linkedText(node.value);
    case "inlineCode": {
      const value = cleanText(node.value).trim();
      return value === "" ? [] : [{ type: "inlineCode", value }];
    }
    case "code":
      return [{ type: "code", lang: language(node.lang), value: unfenced(cleanLines(node.value)) }];
    case "link": {
      const label = textIn(node);
      return node.url === inTeams ? [linkTo(cleanText(label), messageUrl)] : honestLink(label, node.url);
    }
    case "break":
    case "thematicBreak":
      return [node];
    case "paragraph":
    case "heading":
    case "emphasis":
    case "strong":
    case "delete":
    case "blockquote":
    case "list":
    case "listItem":
    case "table":
    case "tableRow":
    case "tableCell": {
      const children = safeTree(node.children, messageUrl);
      if (children.length === 0 && node.type !== "tableCell") return [];
      // A node of the same kind with the same kinds of children: only leaves were replaced.
      return [{ ...node, children } as RootContent];
    }
    default:
      return linkedText(textIn(node));
  }
}

/** Foreign text with the addresses in it as honest links. */
export function linkedText(text: string): PhrasingContent[] {
  return splitAtAddresses(cleanText(text)).flatMap((part) =>
    part.kind === "address" ? honestLink(part.text, part.url) : [plain(part.text)],
  );
}

/** What a reader sees of a node. */
export function textIn(node: Nodes): string {
  if (node.type === "break") return " ";
  if ("value" in node) return node.value;
  if ("alt" in node) return node.alt ?? "";
  return "children" in node ? node.children.map(textIn).join("") : "";
}

/** A fence inside would end the block for parsers that do not count its length. */
function unfenced(code: string): string {
  return code.replace(/^([ \t]*)(?=```|~~~)/gm, "$1\u200b");
}

/** Only names such as `c++` or `objective-c`; anything else could break out of the fence's line. */
function language(name: string | null | undefined): string | null {
  const lower = (name ?? "").toLowerCase();
  return /^[a-z][a-z0-9+#.-]{0,20}$/.test(lower) && lower !== "plaintext" ? lower : null;
}

/** Phrasing cannot stand alone in a message; neighbours share a paragraph. */
export function asBlocks(nodes: readonly RootContent[]): BlockContent[] {
  const blocks: BlockContent[] = [];
  let open: PhrasingContent[] = [];
  const close = () => {
    if (open.length > 0) blocks.push({ type: "paragraph", children: open });
    open = [];
  };
  for (const node of nodes) {
    if (isPhrasing(node)) open.push(node);
    else {
      close();
      if (isBlock(node)) blocks.push(node);
    }
  }
  close();
  return blocks;
}

const phrasing: ReadonlySet<string> = new Set([
  "text",
  "inlineCode",
  "link",
  "break",
  "emphasis",
  "strong",
  "delete",
]);
const block: ReadonlySet<string> = new Set([
  "paragraph",
  "heading",
  "blockquote",
  "list",
  "table",
  "code",
  "thematicBreak",
]);

function isPhrasing(node: RootContent): node is PhrasingContent {
  return phrasing.has(node.type);
}

function isBlock(node: RootContent): node is BlockContent {
  return block.has(node.type);
}
