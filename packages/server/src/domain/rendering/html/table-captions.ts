import type { Element, Parents } from "hast";

/** Puts the caption of a table above it, as Markdown has none. */
export function liftCaptions(parent: Parents): void {
  for (let index = 0; index < parent.children.length; index += 1) {
    const child = parent.children[index];
    if (child?.type !== "element") continue;
    liftCaptions(child);
    if (child.tagName !== "table") continue;
    const captions = child.children.filter(isCaption);
    child.children = child.children.filter((each) => !isCaption(each));
    for (const caption of captions) caption.tagName = "p";
    parent.children.splice(index, 0, ...captions);
    index += captions.length;
  }
}

function isCaption(node: Element["children"][number]): node is Element {
  return node.type === "element" && node.tagName === "caption";
}
