import type { Nodes } from "hast";

const blocks: ReadonlySet<string> = new Set(["p", "div", "li"]);

/**
 * The lines of a code element: Teams separates them by `<br>` or puts each into a block of its own, and indents with
 * no-break spaces, which no compiler knows.
 */
export function codeText(node: Nodes): string {
  return textOf(node).replace(/\n$/, "").replaceAll("\u00a0", " ");
}

function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (node.type === "element" && node.tagName === "br") return "\n";
  if (!("children" in node)) return "";
  const inside = node.children.map(textOf).join("");
  return node.type === "element" && blocks.has(node.tagName) ? `${inside}\n` : inside;
}
