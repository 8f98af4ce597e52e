import type { Element, ElementContent, Parents } from "hast";
import { joined } from "./empty-elements.ts";
import { isRaised, raisedContent } from "./raised-text.ts";

/**
 * Elements that are more than their content: those that Markdown has something for, and blocks.
 * Underlines are not among them: a link is what they would be taken for.
 */
const meaningful: ReadonlySet<string> = new Set(
  [
    "a attachment audio b blockquote br code dd del dir dl dt em h1 h2 h3 h4 h5 h6 hr i iframe image img input kbd li listing",
    "mark ol p plaintext pre s samp select strike strong summary table tbody td textarea tfoot th thead",
    "tr tt ul var video wbr xmp",
    "address article aside body center details div fieldset figcaption figure footer form header hgroup html legend main nav",
    "picture section",
  ].flatMap((line) => line.split(" ")),
);

const quotationMark: ElementContent = { type: "text", value: '"' };

/**
 * Puts the content of all other elements in their place, and of raised and lowered text what shows it. Laying out white
 * space around thousands of them takes seconds otherwise: each looks past all the others.
 */
export function unwrapPlain(parent: Parents): void {
  const kept: ElementContent[] = [];
  for (const child of parent.children) {
    if (child.type === "element") {
      unwrapPlain(child);
      for (const content of contentOf(child)) kept.push(content);
    } else if (child.type !== "doctype") kept.push(child);
  }
  parent.children = joined(kept);
}

function contentOf(element: Element): readonly ElementContent[] {
  if (isRaised(element)) return raisedContent(element);
  if (element.tagName === "q") return [quotationMark, ...element.children, quotationMark];
  return meaningful.has(element.tagName) ? [element] : element.children;
}
