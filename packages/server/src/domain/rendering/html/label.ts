import type { Element } from "hast";
import { attribute } from "./attribute.ts";

/** What Teams writes when the sender gave no description. */
const nameless = /^(?:image|gif|sticker|picture|)$/i;

/** What an element says of itself to whoever cannot see it; empty when it says nothing. */
export function labelOf(element: Element): string {
  return firstOf(element, ["alt", "title", "ariaLabel"]);
}

/** The same for elements that are something by themselves; elsewhere a name is the target of a link. */
export function labelOrNameOf(element: Element): string {
  return labelOf(element) || firstOf(element, ["name"]);
}

function firstOf(element: Element, names: readonly string[]): string {
  return names.map((name) => attribute(element, name).trim()).find((label) => !nameless.test(label)) ?? "";
}
