import type { Element, Parents } from "hast";

/**
 * Moves a list that stands directly in another, as Office writes them, into the item before it, where HTML wants it; the
 * converter would make an item of its own of it, which takes a number. A list without such an item gives up its own
 * items, for it means nothing but indentation.
 */
export function nestLists(parent: Parents): void {
  if (isList(parent)) parent.children = placed(parent);
  for (const child of parent.children) if (child.type === "element") nestLists(child);
}

function placed(list: Element): Element["children"] {
  const kept: Element["children"] = [];
  let item: Element | undefined;
  for (const child of list.children) {
    if (isList(child) && item !== undefined) item.children.push(child);
    else if (isList(child) && child.tagName === list.tagName) {
      const items = placed(child);
      kept.push(...items);
      item = items.findLast(isItem);
    } else {
      kept.push(child);
      if (isItem(child)) item = child;
    }
  }
  return kept;
}

function isList(node: Parents | Element["children"][number]): node is Element {
  return node.type === "element" && (node.tagName === "ul" || node.tagName === "ol");
}

function isItem(node: Element["children"][number]): node is Element {
  return node.type === "element" && node.tagName === "li";
}
