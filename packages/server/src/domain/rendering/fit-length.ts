import type { BlockContent } from "mdast";
import { plain } from "./honest-link.ts";
import { quoted, toMarkdown } from "./markdown.ts";
import { textIn } from "./safe-tree.ts";

/** Mattermost's limit for a post, in runes: it refuses longer ones instead of cutting them (facts, section 4). */
export const maxPostRunes = 16_383;

/**
 * The blocks as one quote of at most `maxRunes` runes, cut between blocks, or within the first when that alone is too
 * long. `isCut` says whether something is missing.
 */
export function quoteWithin(
  blocks: readonly BlockContent[],
  maxRunes: number,
): { readonly quote: string; readonly isCut: boolean } {
  const kept: string[] = [];
  let left = maxRunes;
  for (const block of blocks) {
    const written = quoted(toMarkdown([block]));
    const cost = runes(written) + separatorRunes;
    if (cost > left) {
      if (kept.length === 0) kept.push(shortenedBlock(block, left - separatorRunes));
      return { quote: kept.join(separator), isCut: true };
    }
    kept.push(written);
    left -= cost;
  }
  return { quote: kept.join(separator), isCut: false };
}

const separator = "\n>\n";
const separatorRunes = runes(separator);

/** Its text without its form: cutting through a list or a fence would leave it open. */
function shortenedBlock(block: BlockContent, maxRunes: number): string {
  const characters = [...textIn(block)];
  for (let length = Math.min(characters.length, maxRunes); length > 0; length = Math.floor(length / 2)) {
    const text = `${characters.slice(0, length).join("").replace(/\s+/g, " ")}…`;
    const written = quoted(toMarkdown([{ type: "paragraph", children: [plain(text)] }]));
    if (runes(written) <= maxRunes) return written;
  }
  return "> …";
}

export function runes(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
