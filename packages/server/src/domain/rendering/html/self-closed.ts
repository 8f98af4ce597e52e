import type { Element, Parents } from "hast";
import { isSilent } from "../../silent-elements.ts";

/**
 * Takes out of elements that HTML does not know what stands behind them: written as `<element/>`, they are left open by the
 * parser, which takes all that follows for their content. `html` is what the tree was read from.
 */
export function freeSelfClosed(parent: Parents, html: string): void {
  for (let index = 0; index < parent.children.length; index += 1) {
    const child = parent.children[index];
    if (child?.type !== "element" || child.tagName === "svg" || child.tagName === "math") continue;
    if (isSilent(child.tagName) || !isSelfClosed(child, html)) freeSelfClosed(child, html);
    // The loop meets it next.
    else parent.children.splice(index + 1, 0, ...child.children.splice(0));
  }
}

function isSelfClosed({ data }: Element, html: string): boolean {
  const end = data?.position?.opening?.end.offset;
  return end !== undefined && html.slice(end - 2, end) === "/>";
}
