import type { List, Parents, Root, RootContent, Text } from "mdast";
import { defaultHandlers } from "mdast-util-to-markdown";
import remarkGfm from "remark-gfm";
import remarkStringify, { type Options } from "remark-stringify";
import { unified } from "unified";
import { escapeText, gap } from "./text/escape-text.ts";

type Handlers = NonNullable<Options["handlers"]>;
type Handle = NonNullable<Handlers["strong"]>;

/**
 * Emphasis without remark's character references, which Mattermost's web app does not take for letters. Where a mark
 * would touch punctuation or another mark, a zero-width space inside lets both parsers see where it opens and closes.
 */
function between(marker: string): Handle {
  return (node: Parents, _, state, info) => {
    const exit = state.enter(node.type === "emphasis" ? "emphasis" : "strong");
    const inside = state.containerPhrasing(node as Parameters<typeof state.containerPhrasing>[0], {
      ...info,
      before: marker,
      after: marker,
    });
    exit();
    const opening = unambiguous.test(firstChar(inside)) ? "" : gap;
    const closing = unambiguous.test(inside.at(-1) ?? "") ? "" : gap;
    // Two marks side by side would read as one of another kind.
    const apart = /[*~]$/.test(info.before) ? gap : "";
    return apart + marker + opening + inside + closing + marker;
  };
}

const unambiguous = /^[\p{L}\p{N}\u200b]$/u;

function firstChar(text: string): string {
  return [...text.slice(0, 2)][0] ?? "";
}

const handlers: Handlers = {
  list(node: List, parent, state, info) {
    const written = defaultHandlers.list(node, parent, state, info);
    return node.data?.isIndented === true ? written.replace(/^(?=.)/gm, " ") : written;
  },
  text: (node: Text, _, state, info) =>
    escapeText(node.value, {
      atLineStart: info.before.endsWith("\n"),
      inLabel: state.stack.includes("link"),
      inEmphasis: state.stack.includes("emphasis"),
      nearLink: node.data?.nearLink === true,
      nearDollars: node.data?.nearDollars === true,
    }),
  // Mattermost shows every line end; the backslash of CommonMark would be shown too.
  break: () => "\n",
  strong: between("**"),
  emphasis: between("*"),
  delete: between("~~"),
  link(node: Parents & { readonly url: string }, _, state, info) {
    const exit = state.enter("link");
    const label = state.containerPhrasing(node as Parameters<typeof state.containerPhrasing>[0], {
      ...info,
      before: "[",
      after: "]",
    });
    exit();
    return `[${label}](${node.url})`;
  },
};

const writer = unified()
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, {
    bullet: "-",
    listItemIndent: "one",
    rule: "-",
    fences: true,
    emphasis: "*",
    handlers,
  })
  .freeze();

/** Markdown as Mattermost reads it. Foreign text must be in `text`, `code` or `inlineCode` nodes, links already checked. */
export function toMarkdown(blocks: readonly RootContent[]): string {
  const root: Root = { type: "root", children: [...blocks] };
  return writer.stringify(root).trimEnd();
}

/** Every line inside one quote. */
export function quoted(markdown: string): string {
  return markdown
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
}
