import type { Element, Parents, RootContent, Text } from "hast";
import { isSilent, unseenElements } from "../../silent-elements.ts";
import { attribute } from "./attribute.ts";
import { labelOf, labelOrNameOf } from "./label.ts";
import { linkElement, named } from "./teams-elements.ts";

/** Elements that have a form of their own here, also without text. */
const formed: ReadonlySet<string> = new Set(["img", "video", "audio", "iframe", "attachment", "hr"]);

/** Nothing could be seen that stood within these. */
const closed: ReadonlySet<string> = new Set(["br", "wbr", "thead", "tbody", "tfoot", "tr"]);

interface Reading {
  /** That there is something without a name is said once: a new kind of space would be between all words. */
  isNamelessSaid: boolean;
}

/**
 * Puts into every element that has no text but shows something in Teams what it calls itself, as a link to the message
 * there; of those without a name, the first says that there is something. So no kind of a later day is lost.
 */
export function nameSilentElements(parent: Parents, reading: Reading = { isNamelessSaid: false }): void {
  for (const child of parent.children) if (child.type === "element") visit(child, reading);
}

function visit(element: Element, reading: Reading): void {
  const { tagName } = element;
  if (isUnseen(element) || formed.has(tagName)) return;
  // Parts of a drawing are nothing by themselves.
  if (tagName !== "svg" && tagName !== "math") nameSilentElements(element, reading);
  if (tagName !== "svg" && element.children.some(isShown)) return;
  if (isSilent(tagName)) nameWithin(element);
  else replaceByName(element, reading);
}

/** A form without content: a cell stays a cell, and a link leads where it leads. */
function nameWithin(element: Element): void {
  const label = labelOf(element);
  if (label === "" || closed.has(element.tagName)) return;
  const isLink = element.tagName === "a" && element.properties.href !== undefined;
  element.children = [isLink ? { type: "text", value: label } : linkElement(label)];
  if (element.tagName === "table") element.tagName = "span";
}

function replaceByName(element: Element, reading: Reading): void {
  const kind = kinds[element.tagName] ?? "";
  const label = labelOrNameOf(element) || titleIn(element);
  element.children = [];
  if (label === "" && kind === "") {
    if (reading.isNamelessSaid || element.tagName === "input") return;
    reading.isNamelessSaid = true;
  }
  const said = kind === "" ? label || "Part of the message" : named(kind, label);
  Object.assign(element, { tagName: "span", properties: {}, children: [linkElement(said)] });
}

/** What an element is, where its own name would not say so. */
const kinds: Readonly<Record<string, string>> = { svg: "Image", canvas: "Image", math: "Formula" };

/** Drawings carry their name within. */
function titleIn({ tagName, children }: Element): string {
  if (tagName !== "svg") return "";
  const title = children.find(
    (child): child is Element => child.type === "element" && child.tagName === "title",
  );
  const [text] = title?.children ?? [];
  return text?.type === "text" ? text.value.trim() : "";
}

function isUnseen(element: Element): boolean {
  const isHidden = element.tagName === "input" && attribute(element, "type").toLowerCase() === "hidden";
  return isHidden || unseenElements.has(element.tagName);
}

function isShown(node: RootContent): boolean {
  if (node.type === "text") return hasLetters(node);
  if (node.type !== "element" || isUnseen(node)) return false;
  return formed.has(node.tagName) || node.children.some(isShown);
}

function hasLetters({ value }: Text): boolean {
  return /[^\s\u200b-\u200f\u2060\ufeff]/.test(value);
}
