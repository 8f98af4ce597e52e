import type { Element, Nodes, Parents } from "hast";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { attribute } from "./attribute.ts";

const parser = unified().use(rehypeParse, { fragment: true }).freeze();

export interface BodyImage {
  readonly url: string;
  /** What its sender says is on it; undefined when they said nothing. */
  readonly description: string | undefined;
}

/** The images in a message body, in order; none when the markup is nested beyond what can be parsed. */
export function imagesIn(html: string): readonly BodyImage[] {
  if (!/<img\b/i.test(html)) return [];
  const found: BodyImage[] = [];
  const waiting: Nodes[] = parsed(html);
  // Not by recursion: markup may be nested deeper than calls can be.
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "element" && node.tagName === "img" && !isEmoji(node))
      found.push({ url: attribute(node, "src"), description: descriptionOf(node) });
    if ("children" in node) waiting.push(...node.children.toReversed());
  }
  return found;
}

/**
 * Takes those images out of a body, each for a space: the words around it stay apart. Emoji are words and stay. Not for
 * trees deeper than calls can be.
 */
export function leaveOutImages(parent: Parents, urls: ReadonlySet<string>): void {
  if (urls.size === 0) return;
  for (const [index, child] of parent.children.entries()) {
    if (child.type !== "element") continue;
    const isLeftOut = child.tagName === "img" && !isEmoji(child) && urls.has(attribute(child, "src"));
    if (isLeftOut) parent.children[index] = { type: "text", value: " " };
    else leaveOutImages(child, urls);
  }
}

/** What Teams writes as a description when the sender gave none. */
const nameless = /^(?:image|gif|sticker|picture|)$/i;

function descriptionOf(image: Element): string | undefined {
  const alt = attribute(image, "alt").trim();
  return (nameless.test(alt) ? attribute(image, "title").trim() : alt) || undefined;
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
