import type { BlockContent, PhrasingContent, Text } from "mdast";
import { textIn } from "./safe-tree.ts";

/** Right-to-left isolate and its end (Unicode Standard Annex 9): what stands between reads from right to left. */
const [isolate, isolateEnd] = ["\u2067", "\u2069"];

const rightToLeft =
  /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * The same blocks with each line that begins from right to left marked as such. Mattermost gives a post the direction of
 * its first letter, which is our header's; in such a paragraph words stand in the wrong order around numbers and names,
 * and the full stop at the wrong end. Foreign text has lost marks of this kind, so it cannot end ours.
 */
export function directLines(blocks: readonly BlockContent[]): BlockContent[] {
  return blocks.map(directBlock);
}

function directBlock(block: BlockContent): BlockContent {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return { ...block, children: directPhrasing(block.children) };
    case "table":
      return {
        ...block,
        children: block.children.map((row) => ({
          ...row,
          children: row.children.map((cell) => ({ ...cell, children: directPhrasing(cell.children) })),
        })),
      };
    case "blockquote":
      return { ...block, children: block.children.map(within) };
    case "list":
      return {
        ...block,
        children: block.children.map((item) => ({ ...item, children: item.children.map(within) })),
      };
    default:
      return block;
  }
}

function within<Child extends { type: string }>(child: Child): Child {
  // What is no block stays as it is, and a block stays one.
  return directBlock(child as unknown as BlockContent) as unknown as Child;
}

function directPhrasing(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const directed: PhrasingContent[] = [];
  let line: PhrasingContent[] = [];
  const closeLine = () => {
    directed.push(...(isRightToLeft(line) ? [text(isolate), ...line, text(isolateEnd)] : line));
    line = [];
  };
  for (const node of nodes) {
    if (node.type !== "break") line.push(node);
    else {
      closeLine();
      directed.push(node);
    }
  }
  closeLine();
  return directed;
}

/** By its first letter, as browsers and Teams tell. */
function isRightToLeft(line: readonly PhrasingContent[]): boolean {
  const [fromFirstLetter] = /\p{L}.*/su.exec(line.map(textIn).join("")) ?? [];
  return fromFirstLetter !== undefined && rightToLeft.test(fromFirstLetter);
}

function text(value: string | undefined): Text {
  return { type: "text", value: value ?? "" };
}
