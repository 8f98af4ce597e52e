import type { Parents, Root, RootContent } from "mdast";
import remarkGfm from "remark-gfm";
import remarkStringify, { type Options } from "remark-stringify";
import { unified } from "unified";
import { escapeText } from "./text/escape-text.ts";

type Handlers = NonNullable<Options["handlers"]>;
type Handle = NonNullable<Handlers["strong"]>;

/** Emphasis without remark's character references: Mattermost's older parser needs none, and they hide escapes. */
function between(marker: string): Handle {
  return (node: Parents, _, state, info) =>
    marker +
    state.containerPhrasing(node as Parameters<typeof state.containerPhrasing>[0], {
      ...info,
      before: marker,
      after: marker,
    }) +
    marker;
}

const handlers: Handlers = {
  text: (node: { readonly value: string }, _, state, info) =>
    escapeText(node.value, {
      atLineStart: info.before.endsWith("\n"),
      inLabel: state.stack.includes("link"),
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
