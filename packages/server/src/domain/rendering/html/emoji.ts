import type { Element, ElementContent, Parents } from "hast";
import { attribute } from "./attribute.ts";
import { labelOrNameOf } from "./label.ts";
import { isEmoji, linkElement, named } from "./teams-elements.ts";

const elements: ReadonlySet<string> = new Set(["emoji", "customemoji"]);

/**
 * Puts the character in the place of each `<emoji alt>`, and the name of each `<customemoji alt>`. First of all, because the
 * white space around an element without text would be taken for layout and dropped.
 */
export function replaceEmoji(parent: Parents): void {
  for (let index = 0; index < parent.children.length; index += 1) {
    const child = parent.children[index];
    if (child?.type !== "element") continue;
    if (elements.has(child.tagName)) {
      // The parser takes what follows an unclosed <emoji> for its content; the loop meets it next.
      parent.children.splice(index, 1, emojiOf(child), ...child.children);
    } else replaceEmoji(child);
  }
}

function emojiOf(emoji: Element): ElementContent {
  const text = emoji.tagName === "emoji" ? emojiText(emoji) : attribute(emoji, "alt").trim();
  const isText = emoji.tagName === "emoji" ? text !== "" : isEmoji(text);
  return isText ? { type: "text", value: text } : linkElement(named("Emoji", labelOrNameOf(emoji)));
}

/** Some have a name only, in `title` and within the id: `1f61b_facewithtongue`. */
function emojiText(emoji: Element): string {
  const name = attribute(emoji, "title") || attribute(emoji, "id").replace(/^[^_]*_/, "");
  return attribute(emoji, "alt") || (name === "" ? "" : `(${name})`);
}
