import type { Paragraph, PhrasingContent } from "mdast";
import { cleanLines } from "./clean-text.ts";

/** Plain text as paragraphs: empty lines separate them, single line ends stay. */
export function readText(text: string): Paragraph[] {
  return cleanLines(text)
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => ({ type: "paragraph", children: linesOf(paragraph) }));
}

function linesOf(paragraph: string): PhrasingContent[] {
  return paragraph
    .trim()
    .split("\n")
    .flatMap((line, index): PhrasingContent[] => {
      const text: PhrasingContent = { type: "text", value: line };
      return index === 0 ? [text] : [{ type: "break" }, text];
    });
}
