import type { BlockContent, DefinitionContent, Nodes, Root } from "mdast";
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
  if ("value" in tree) return tree.value.replace(/[\u200b\u2067\u2069]/g, "");
  return "children" in tree ? tree.children.map(visibleText).join("") : "";
}

/** What a post is made of: the bot's own line, the quote, and the line behind it when something is missing. */
export interface ReadPost {
  readonly header: string;
  readonly quote: readonly (BlockContent | DefinitionContent)[];
  readonly rest: string | undefined;
}

/** Throws when the post is anything but that. */
export function readPost(markdown: string): ReadPost {
  const [header, quote, rest, ...more] = readMarkdown(markdown).children;
  if (header?.type !== "paragraph" || more.length > 0) throw new Error(`Not a post: ${markdown}`);
  if (quote !== undefined && quote.type !== "blockquote") throw new Error(`No quote: ${markdown}`);
  if (rest !== undefined && rest.type !== "paragraph") throw new Error(`Behind the quote: ${markdown}`);
  return {
    header: visibleText(header),
    quote: quote?.children ?? [],
    rest: rest === undefined ? undefined : visibleText(rest),
  };
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
    // In a whole address, only what stands before its path can be taken for a host.
    const claimed = claimedHosts(label.replace(/^(https?:\/\/[\w.:-]+)[/?#][!-~]*$/i, "$1"));
    return [{ url: node.url, label, dishonest: claimed.filter((each) => each !== host) }];
  });
}
