import type { Element, ElementContent } from "hast";

const plain = "0123456789+-\u2212";

/** By element, the characters that Unicode has in every font, and the mark that stands for the others. */
const scripts: Readonly<Record<string, { readonly characters: string; readonly mark: string }>> = {
  sup: { characters: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻", mark: "^" },
  sub: { characters: "₀₁₂₃₄₅₆₇₈₉₊₋₋", mark: "_" },
};

export function isRaised({ tagName }: Element): boolean {
  return Object.hasOwn(scripts, tagName);
}

/**
 * Superscripts and subscripts, which Markdown lacks: `10` and a raised `6` are not 106. In characters of their own where
 * there are some, else within brackets, as in formulas of one line.
 */
export function raisedContent({ tagName, children }: Element): readonly ElementContent[] {
  const { characters = "", mark = "" } = scripts[tagName] ?? {};
  const [content, ...others] = children;
  const value = others.length === 0 && content?.type === "text" ? content.value.trim() : "";
  const shown = [...value].map((char) => characters[plain.indexOf(char)]);
  if (value !== "" && !shown.includes(undefined)) return [text(shown.join(""))];
  return [text(`${mark}(`), ...children, text(")")];
}

function text(value: string): ElementContent {
  return { type: "text", value };
}
