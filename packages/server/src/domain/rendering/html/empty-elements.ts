import type { Element, ElementContent, Parents } from "hast";
import { unseenElements } from "../../silent-elements.ts";

/** Elements that say something without content; all others have nothing to say. */
const speaking: ReadonlySet<string> = new Set([
  "img",
  "br",
  "hr",
  "video",
  "audio",
  "iframe",
  "attachment",
  // Without them what stands behind would move to another column.
  "td",
  "th",
]);

/**
 * Takes out comments, what nobody sees and elements without content, the inner ones first; of those that hold nothing but
 * white space, that stays. Laying out white space around thousands of them, as editors leave behind and attackers write, takes minutes: each
 * looks past all the others.
 */
export function dropEmptyElements(parent: Parents): void {
  const kept: ElementContent[] = [];
  for (const child of parent.children) {
    if (child.type === "text" && child.value !== "") kept.push(child);
    if (child.type !== "element" || unseenElements.has(child.tagName)) continue;
    dropEmptyElements(child);
    const [first, ...others] = child.children;
    const isBlank =
      first === undefined ||
      (others.length === 0 && first.type === "text" && /^[ \t\n\f\r]+$/.test(first.value));
    if (!isBlank || speaking.has(child.tagName) || hasNumber(child, parent)) kept.push(child);
    else if (first !== undefined) kept.push(first);
  }
  parent.children = joined(kept);
}

/** An empty item still counts. */
function hasNumber({ tagName }: Element, parent: Parents): boolean {
  return tagName === "li" && parent.type === "element" && parent.tagName === "ol";
}

/** Neighbouring texts as one. */
export function joined(children: readonly ElementContent[]): ElementContent[] {
  const nodes: ElementContent[] = [];
  for (const child of children) {
    const last = nodes.at(-1);
    if (child.type === "text" && last?.type === "text") last.value += child.value;
    else nodes.push(child.type === "text" ? { ...child } : child);
  }
  return nodes;
}
