import type { BlockContent, List, ListItem, PhrasingContent } from "mdast";
import { gap } from "./text/escape-text.ts";

declare module "mdast" {
  interface ListData {
    /** Begins one space from the left, see {@link listsApart}. */
    isIndented?: boolean;
  }
}

/** An empty line that both parsers take for a paragraph. */
export const emptyLine: BlockContent = { type: "paragraph", children: [{ type: "text", value: gap }] };

/**
 * Blocks of which no two lists that follow each other are read as one. Lists of one kind become one where that looks alike.
 * Of two kinds, CommonMark tells them apart and the web app does when the first begins farther to the right; but it takes
 * whatever begins there for a part of the list before, so the next is written as lines, or has an empty line before it.
 */
export function listsApart(blocks: readonly BlockContent[]): BlockContent[] {
  const apart: BlockContent[] = [];
  for (const block of blocks) {
    const last = apart.at(-1);
    if (block.type !== "list" || last?.type !== "list") apart.push(block);
    else if (continues(last, block)) apart.splice(-1, 1, joined(last, block));
    else if (isKindOf(last, block) || isIndented(apart.at(-2)))
      apart.push(...(asLines(block) ?? [emptyLine, block]));
    else apart.splice(-1, 1, { ...last, data: { isIndented: true } }, block);
  }
  return apart;
}

function isIndented(block: BlockContent | undefined): boolean {
  return block?.type === "list" && block.data?.isIndented === true;
}

function isKindOf({ ordered }: List, other: List): boolean {
  return (ordered === true) === (other.ordered === true);
}

/** Bullets behind bullets, and numbers that go on. */
function continues(list: List, next: List): boolean {
  if (!isKindOf(list, next)) return false;
  return list.ordered !== true || (list.start ?? 1) + list.children.length === (next.start ?? 1);
}

function joined(list: List, next: List): List {
  const spread = list.spread === true || next.spread === true;
  return { ...list, spread, children: [...list.children, ...next.children] };
}

/** The items of a list as lines of one paragraph; undefined where one is more than a line. */
function asLines({ children, ordered, start }: List): BlockContent[] | undefined {
  const lines = children.map(lineOf);
  if (lines.includes(undefined)) return undefined;
  return [
    {
      type: "paragraph",
      children: lines.flatMap((line = [], index): PhrasingContent[] => [
        ...(index === 0 ? [] : [{ type: "break" } as const]),
        { type: "text", value: ordered === true ? `${(start ?? 1) + index}. ` : "• " },
        ...line,
      ]),
    },
  ];
}

function lineOf({ children: [content, ...more] }: ListItem): readonly PhrasingContent[] | undefined {
  return content?.type === "paragraph" && more.length === 0 ? content.children : undefined;
}
