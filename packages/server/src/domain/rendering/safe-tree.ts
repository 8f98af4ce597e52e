import type { Nodes, PhrasingContent, RootContent } from "mdast";
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
      return [{ type: "code", lang: language(node.lang), value: cleanLines(node.value) }];
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
    case "tableCell":
      // A node of the same kind with the same kinds of children: only leaves were replaced.
      return [{ ...node, children: safeTree(node.children, messageUrl) } as RootContent];
    // Comments; whoever writes a page rather than a message.
    case "html":
      return [];
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

/**
 * Only names such as `c++` or `objective-c`; anything else could break out of the fence's line. TeX is shown as its
 * source: under its own name Mattermost would draw the formula.
 */
function language(name: string | null | undefined): string | null {
  const lower = (name ?? "").toLowerCase();
  if (lower === "tex" || lower === "latex") return `${lower}code`;
  return /^[a-z][a-z0-9+#.-]{0,20}$/.test(lower) && !unnamed.has(lower) ? lower : null;
}

const unnamed: ReadonlySet<string> = new Set(["plaintext", "plain", "text", "none"]);
