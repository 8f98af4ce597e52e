import type { Element, ElementContent, Parents } from "hast";
import { attribute } from "./attribute.ts";

/**
 * Puts the character in the place of each `<emoji alt>`. First of all, because the white space around an element without
 * text would be taken for layout and dropped.
 */
export function replaceEmoji(parent: Parents): void {
  for (let index = 0; index < parent.children.length; index += 1) {
    const child = parent.children[index];
    if (child?.type !== "element") continue;
    if (child.tagName === "emoji") {
      const text: ElementContent = { type: "text", value: emojiText(child) };
      // The parser takes what follows an unclosed <emoji> for its content; the loop meets it next.
      parent.children.splice(index, 1, text, ...child.children);
    } else replaceEmoji(child);
  }
}

/** People's own emoji have a name only, in `title` and within the id: `1f61b_facewithtongue`. */
function emojiText(emoji: Element): string {
  const name = attribute(emoji, "title") || attribute(emoji, "id").replace(/^[^_]*_/, "");
  return attribute(emoji, "alt") || (name === "" ? "" : `(${name})`);
}
