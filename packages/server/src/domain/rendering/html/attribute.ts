import type { Element } from "hast";

/** An attribute as text, empty when it is missing; lists such as `class` joined by spaces. */
export function attribute(element: Element, name: string): string {
  const value = element.properties[name];
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
