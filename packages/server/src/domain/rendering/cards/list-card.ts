import type { ListItem, RootContent } from "mdast";
import { type JsonObject, listOf, objectOf, textOf } from "../../graph-json.ts";
import { actionRow, addressOf } from "./card-actions.ts";
import { bold, boldLine, ifText, linkTo, paragraph, text } from "./card-nodes.ts";

/** The list card of Teams: a title, sections and items, of which some lead somewhere. */
export function readListCard(card: JsonObject): RootContent[] {
  const items = listOf(card.items).flatMap((item) => itemOf(objectOf(item) ?? {}));
  return [
    ...ifText(textOf(card.title), (title) => [boldLine(title)]),
    ...(items.length === 0
      ? []
      : [{ type: "list", ordered: false, spread: false, children: items } satisfies RootContent]),
    ...actionRow(card.buttons),
  ];
}

function itemOf(item: JsonObject): ListItem[] {
  const title = textOf(item.title);
  const subtitle = textOf(item.subtitle);
  if (title === undefined && subtitle === undefined) return [];
  const url = addressOf(objectOf(item.tap) ?? {});
  const isSection = textOf(item.type)?.toLowerCase() === "section";
  const head = ifText(title, (each) => [
    url !== undefined ? linkTo(each, url) : isSection ? bold(each) : text(each),
  ]);
  const tail = ifText(subtitle, (each) => [text(head.length === 0 ? each : ` · ${each}`)]);
  return [{ type: "listItem", children: [paragraph([...head, ...tail])] }];
}
