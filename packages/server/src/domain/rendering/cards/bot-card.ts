import type { RootContent } from "mdast";
import { type JsonObject, listOf, objectOf, textOf } from "../../graph-json.ts";
import { named } from "../html/teams-elements.ts";
import { actionRow, addressOf } from "./card-actions.ts";
import { bold, boldLine, ifText, lines, linkTo, paragraph, row, text } from "./card-nodes.ts";
import { cardTextOrHtml } from "./card-text.ts";
import { factLine, scalar } from "./fact.ts";

/** Title, texts, pictures and buttons: the cards of the Bot Framework (hero, thumbnail, receipt, media), announcements. */
export function readBotCard(card: JsonObject): RootContent[] {
  const tap = addressOf(objectOf(card.tap) ?? {});
  const images = [...listOf(card.images), card.image].flatMap((image) => imageLink(objectOf(image) ?? {}));
  const media = listOf(card.media).flatMap((each) =>
    ifText(textOf(objectOf(each)?.url), (url) => [linkTo("Media", url)]),
  );
  return [
    ...ifText(textOf(card.title), (title) =>
      tap === undefined ? [boldLine(title)] : [paragraph([linkTo(title, tap)])],
    ),
    ...ifText(textOf(card.subtitle), (subtitle) => [...cardTextOrHtml(subtitle)]),
    ...ifText(textOf(card.text), (value) => [...cardTextOrHtml(value)]),
    ...lines([
      ...listOf(card.facts).map((fact) => factLine(fact, (value) => [text(value)])),
      ...listOf(card.items).map(itemLine),
      ...totals(card),
    ]),
    ...row([...images, ...media]),
    ...actionRow(card.buttons),
  ];
}

function imageLink(image: JsonObject) {
  return ifText(textOf(image.url), (url) => [linkTo(named("Image", textOf(image.alt) ?? ""), url)]);
}

function itemLine(json: unknown) {
  const item = objectOf(json) ?? {};
  const parts = [item.quantity, item.title, item.subtitle, item.text, item.price].map(scalar);
  return [text(parts.filter((part) => part !== undefined).join(" "))];
}

function totals(card: JsonObject) {
  return (["tax", "vat", "total"] as const).flatMap((key) =>
    ifText(scalar(card[key]), (value) => [[bold(key[0]?.toUpperCase() + key.slice(1)), text(` ${value}`)]]),
  );
}
