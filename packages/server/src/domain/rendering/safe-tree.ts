import type { BlockContent, Link, ListItem, Nodes, PhrasingContent, RootContent } from "mdast";
import { honestLink, linkTo, plain } from "./honest-link.ts";
import { inTeams, named } from "./html/teams-elements.ts";
import { seam } from "./seams.ts";
import { claimedHosts, splitAtAddresses } from "./text/address.ts";
import { cleanLines, cleanText } from "./text/clean-text.ts";

/** What stands for things that are no Markdown. */
export interface Surroundings {
  /** The message in Teams, for what only Teams shows. */
  readonly messageUrl: string;
  /** Safe nodes of the attachments, by id. */
  readonly attachments: ReadonlyMap<string, readonly RootContent[]>;
}

/**
 * Turns untrusted Markdown nodes into ones that may be written: text is cleaned, every link shows where it leads, and
 * whatever Markdown could load, define or embed is gone.
 */
export function safeTree(nodes: readonly RootContent[], surroundings: Surroundings): RootContent[] {
  return nodes.flatMap((node) => safe(node, surroundings));
}

function safe(node: RootContent, surroundings: Surroundings): RootContent[] {
  switch (node.type) {
    case "text":
      return linkedText(node.value);
    case "inlineCode": {
      const [, before = "", value = "", after = ""] = /^( ?)(.*?)( ?)$/.exec(cleanText(node.value)) ?? [];
      return value === "" ? [plain(before)] : [plain(before), { type: "inlineCode", value }, plain(after)];
    }
    case "code":
      return [{ type: "code", lang: language(node.lang), value: cleanLines(node.value) }];
    case "link": {
      const label = textIn(node);
      if (node.url === inTeams)
        return [seam, ...teamsLink(cleanText(label).trim(), surroundings.messageUrl), seam];
      const link = honestLink(label, node.url);
      return node.children.some(isInTeams) ? [seam, ...link, seam] : link;
    }
    case "image":
      return [seam, ...honestLink(named("Image", node.alt ?? ""), node.url), seam];
    case "attachmentPlace":
      return [...(surroundings.attachments.get(node.value) ?? [])];
    case "break":
    case "thematicBreak":
      return [{ type: node.type }];
    case "paragraph":
    case "heading":
    case "emphasis":
    case "strong":
    case "delete":
    case "blockquote":
    case "listItem":
    case "table":
    case "tableRow":
    case "tableCell":
      // A node of the same kind with the same kinds of children: only leaves were replaced.
      return [{ ...node, children: safeTree(node.children, surroundings) } as RootContent];
    case "list":
      return [{ ...node, children: node.children.map((item) => safeItem(item, surroundings)) }];
    // Comments; whoever writes a page rather than a message.
    case "html":
      return [];
    default:
      return linkedText(textIn(node));
  }
}

/** A picture, which another link can be drawn around. */
function isInTeams(node: PhrasingContent): boolean {
  return node.type === "link" && node.url === inTeams;
}

/** A link around a list stands where its items should be. */
function safeItem(item: ListItem | Link, surroundings: Surroundings): ListItem {
  const children =
    item.type === "listItem" ? safeTree(item.children, surroundings) : safe(item, surroundings);
  return { ...(item.type === "listItem" && item), type: "listItem", children: children as BlockContent[] };
}

/** A description can name a host as well as a link's label can. */
function teamsLink(label: string, messageUrl: string): PhrasingContent[] {
  if (claimedHosts(label).length === 0) return [linkTo(label, messageUrl)];
  return [plain(`${label} (`), linkTo("in Teams", messageUrl), plain(")")];
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
  if (node.type === "attachmentPlace") return "";
  if ("value" in node) return node.value;
  if ("alt" in node) return node.alt ?? "";
  if (!("children" in node)) return "";
  // A link can hold blocks, whose words are not one word.
  const between = node.children.some(({ type }) => blocks.has(type)) ? " " : "";
  return node.children.map(textIn).join(between);
}

const blocks: ReadonlySet<string> = new Set([
  "paragraph",
  "heading",
  "list",
  "listItem",
  "blockquote",
  "table",
  "tableRow",
  "tableCell",
]);

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
