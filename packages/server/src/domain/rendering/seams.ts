import type { PhrasingContent, Text } from "mdast";

declare module "mdast" {
  interface TextData {
    /** See {@link seam}. */
    isSeam?: boolean;
  }
}

/**
 * Where a picture meets words: white space unless there is some, or punctuation that clings to what stands there. In Teams
 * nobody writes it, for the picture is seen to begin and end.
 */
export const seam: Text = { type: "text", value: "", data: { isSeam: true } };

export function isSeam(node: PhrasingContent): boolean {
  return node.type === "text" && node.data?.isSeam === true;
}

/** The pieces of a line with `space` where a seam needs it, and without all other seams. */
export function closeSeams<Piece extends { readonly leaf: PhrasingContent }>(
  pieces: readonly Piece[],
  space: Piece,
): Piece[] {
  const closed: Piece[] = [];
  let isSeamBefore = false;
  for (const piece of pieces) {
    if (isSeam(piece.leaf)) isSeamBefore = true;
    else {
      const last = closed.at(-1);
      if (isSeamBefore && last !== undefined && isOpen(last.leaf, piece.leaf)) closed.push(space);
      isSeamBefore = false;
      closed.push(piece);
    }
  }
  return closed;
}

function isOpen(before: PhrasingContent, after: PhrasingContent): boolean {
  return !clingsToNext.test(textOf(before)) && !clingsToLast.test(textOf(after));
}

const clingsToNext = /[\s\p{Ps}\p{Pi}"']$/u;
const clingsToLast = /^[\s\p{Pe}\p{Pf}.,;:!?…"'、。，！？；：]/u;

/** Whatever a link or code holds, it begins and ends like a word. */
function textOf(leaf: PhrasingContent): string {
  if (leaf.type === "break") return "\n";
  return leaf.type === "text" ? leaf.value : "x";
}
