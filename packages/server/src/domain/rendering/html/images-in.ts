import type { Element, Nodes } from "hast";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { attribute } from "./attribute.ts";

const parser = unified().use(rehypeParse, { fragment: true }).freeze();

/** The addresses of the images in a message body, in order; none when the markup is nested beyond what can be parsed. */
export function imagesIn(html: string): readonly string[] {
  if (!/<img\b/i.test(html)) return [];
  const found: string[] = [];
  const waiting: Nodes[] = parsed(html);
  // Not by recursion: markup may be nested deeper than calls can be.
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "element" && node.tagName === "img" && !isEmoji(node))
      found.push(attribute(node, "src"));
    if ("children" in node) waiting.push(...node.children.toReversed());
  }
  return found;
}

/** Emoji that somebody drew are words of the text, where their name stands for them. */
function isEmoji(image: Element): boolean {
  return /emoji/i.test(attribute(image, "itemType"));
}

function parsed(html: string): Nodes[] {
  try {
    return [parser.parse(html)];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
