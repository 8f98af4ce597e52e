import type { Parents } from "hast";

/** Makes Teams' own code element the one of HTML, whose white space is not taken for layout. */
export function replaceCodeblocks(parent: Parents): void {
  for (const child of parent.children) {
    if (child.type !== "element") continue;
    if (child.tagName === "codeblock") child.tagName = "pre";
    replaceCodeblocks(child);
  }
}
