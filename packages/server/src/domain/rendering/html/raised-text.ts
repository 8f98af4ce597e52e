import type { Element } from "hast";
import type { Nodes } from "mdast";
import type { Options } from "rehype-remark";

type Handle = NonNullable<NonNullable<Options>["handlers"]>[string];

const plain = "0123456789+-\u2212";

/** Superscripts and subscripts, which Markdown lacks: `10` and a raised `6` are not 106. */
export const raised = written("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻", "^");
export const lowered = written("₀₁₂₃₄₅₆₇₈₉₊₋₋", "_");

/** In characters of their own where Unicode has them in every font, else within brackets, as in formulas of one line. */
function written(characters: string, mark: string): Handle {
  return (state, node: Element): Nodes[] => {
    const [content, ...others] = node.children;
    const value = others.length === 0 && content?.type === "text" ? content.value.trim() : "";
    const shown = [...value].map((char) => characters[plain.indexOf(char)]);
    if (value !== "" && !shown.includes(undefined)) return [{ type: "text", value: shown.join("") }];
    const children = state.all(node) as Nodes[];
    return [{ type: "text", value: `${mark}(` }, ...children, { type: "text", value: ")" }];
  };
}
