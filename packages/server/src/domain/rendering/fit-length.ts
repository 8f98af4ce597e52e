import type { BlockContent } from "mdast";
import { plain } from "./honest-link.ts";
import { quoted, toMarkdown } from "./markdown.ts";
import { textIn } from "./safe-tree.ts";

/** Mattermost's limit for a post, in runes: it refuses longer ones instead of cutting them (facts, section 4). */
export const maxPostRunes = 16_383;

/**
 * The blocks as one quote of at most `maxRunes` runes. Cut between paragraphs, items, rows or lines of code; within a
 * paragraph only when it is the first and alone too long. `isCut` says whether something is missing.
 */
export function quoteWithin(
  blocks: readonly BlockContent[],
  maxRunes: number,
): { readonly quote: string; readonly isCut: boolean } {
  const kept: string[] = [];
  let left = maxRunes;
  for (const block of blocks) {
    const written = quoteOf(block);
    const cost = runes(written) + separatorRunes;
    if (cost > left) {
      const room = left - separatorRunes;
      const part = partOf(block, room) ?? (kept.length === 0 ? shortenedText(block, room) : undefined);
      if (part !== undefined) kept.push(part);
      return { quote: kept.join(separator), isCut: true };
    }
    kept.push(written);
    left -= cost;
  }
  return { quote: kept.join(separator), isCut: false };
}

const separator = "\n>\n";
const separatorRunes = runes(separator);

function quoteOf(block: BlockContent): string {
  return quoted(toMarkdown([block]));
}

/** As many items, rows, lines or inner paragraphs as fit, in their form; undefined when that is not even one. */
function partOf(block: BlockContent, maxRunes: number): string | undefined {
  const parts = partsOf(block);
  if (parts === undefined) return undefined;
  const fits = (count: number) => runes(quoteOf(parts.first(count))) <= maxRunes;
  let count = 0;
  for (let step = parts.length; step >= 1; step = Math.floor(step / 2)) {
    while (count + step <= parts.length && fits(count + step)) count += step;
  }
  return count === 0 ? undefined : quoteOf(parts.first(count));
}

interface Parts {
  readonly length: number;
  first(count: number): BlockContent;
}

function partsOf(block: BlockContent): Parts | undefined {
  switch (block.type) {
    case "code": {
      const lines = block.value.split("\n");
      return {
        length: lines.length,
        first: (count) => ({ ...block, value: lines.slice(0, count).join("\n") }),
      };
    }
    case "list":
      return partsOfChildren(block.children, (children) => ({ ...block, children }));
    case "table":
      return partsOfChildren(block.children, (children) => ({ ...block, children }));
    case "blockquote":
      return partsOfChildren(block.children, (children) => ({ ...block, children }));
    default:
      return undefined;
  }
}

function partsOfChildren<Child>(
  children: readonly Child[],
  withChildren: (children: Child[]) => BlockContent,
): Parts {
  return { length: children.length, first: (count) => withChildren(children.slice(0, count)) };
}

/** Its text without its form: cutting through emphasis or a link would leave it open. */
function shortenedText(block: BlockContent, maxRunes: number): string {
  const characters = [...textIn(block)];
  for (let length = Math.min(characters.length, maxRunes); length > 0; length = Math.floor(length * 0.8)) {
    const text = `${wholeWords(characters.slice(0, length).join(""))}…`;
    const written = quoteOf({ type: "paragraph", children: [plain(text)] });
    if (runes(written) <= maxRunes) return written;
  }
  return "> …";
}

function wholeWords(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/(\S) \S{0,30}$/, "$1")
    .trim();
}

export function runes(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
