import type { Nodes, Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { claimedHosts } from "../text/address.ts";

const reader = unified().use(remarkParse).use(remarkGfm).freeze();

/** Markdown read by a parser that is not ours. */
export function readMarkdown(markdown: string): Root {
  return reader.parse(markdown);
}

/** Every node, parents before their children. */
export function nodesIn(tree: Nodes): Nodes[] {
  return "children" in tree ? [tree, ...tree.children.flatMap(nodesIn)] : [tree];
}

/** What a reader sees, without what has no width. */
export function visibleText(tree: Nodes): string {
  if (tree.type === "break") return "\n";
  if ("value" in tree) return tree.value.replaceAll("\u200b", "");
  return "children" in tree ? tree.children.map(visibleText).join("") : "";
}

export interface ReadLink {
  readonly url: string;
  readonly label: string;
  /** Hosts that the label names and the link does not lead to. */
  readonly dishonest: readonly string[];
}

export function linksIn(markdown: string): ReadLink[] {
  return nodesIn(readMarkdown(markdown)).flatMap((node) => {
    if (node.type !== "link" || node.url.startsWith("mailto:")) return [];
    const label = visibleText(node);
    const host = URL.parse(node.url)?.hostname.replace(/^www\./, "");
    return [{ url: node.url, label, dishonest: claimedHosts(label).filter((claimed) => claimed !== host) }];
  });
}
