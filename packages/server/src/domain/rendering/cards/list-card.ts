import type { List, ListItem, Paragraph, PhrasingContent, RootContent } from "mdast";
import { type JsonObject, listOf, objectOf, textOf } from "../../graph-json.ts";
import { actionRow, addressOf } from "./card-actions.ts";
import { bold, boldLine, ifText, linkTo, paragraph, text } from "./card-nodes.ts";

/** The list card of Teams: a title, sections and items, of which some lead somewhere. */
export function readListCard(card: JsonObject): RootContent[] {
  return [
    ...ifText(textOf(card.title), (title) => [boldLine(title)]),
    ...blocksOf(listOf(card.items).map((item) => objectOf(item) ?? {})),
    ...actionRow(card.buttons),
  ];
}

/** A section is a line above the items that follow it. */
function blocksOf(items: readonly JsonObject[]): RootContent[] {
  const blocks: (Paragraph | List)[] = [];
  for (const item of items) {
    const said = paragraph(phrasingOf(item));
    const last = blocks.at(-1);
    if (said.children.length === 0) continue;
    if (isSection(item)) blocks.push(said);
    else if (last?.type === "list") last.children.push(listItem(said));
    else blocks.push({ type: "list", ordered: false, spread: false, children: [listItem(said)] });
  }
  return blocks;
}

function listItem(line: Paragraph): ListItem {
  return { type: "listItem", children: [line] };
}

function phrasingOf(item: JsonObject): PhrasingContent[] {
  const title = textOf(item.title);
  const url = addressOf(objectOf(item.tap) ?? {});
  const head = ifText(title, (each) => [
    url !== undefined ? linkTo(each, url) : isSection(item) ? bold(each) : text(each),
  ]);
  const tail = ifText(textOf(item.subtitle), (each) => [text(head.length === 0 ? each : ` · ${each}`)]);
  return [...head, ...tail];
}

function isSection(item: JsonObject): boolean {
  return textOf(item.type)?.toLowerCase() === "section";
}
