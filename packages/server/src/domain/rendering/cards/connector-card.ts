import type { RootContent } from "mdast";
import { type JsonObject, listOf, objectOf, textOf } from "../../graph-json.ts";
import { named } from "../html/teams-elements.ts";
import { actionRow } from "./card-actions.ts";
import { ifText, lines, linkTo, paragraph, row } from "./card-nodes.ts";
import { cardLineOrHtml, cardTextOrHtml, cardTitle } from "./card-text.ts";
import { factLine } from "./fact.ts";

/** The message card of Office 365 connectors and incoming webhooks: a title, a text, then sections. */
export function readConnectorCard(card: JsonObject): RootContent[] {
  const title = textOf(card.title);
  const said = textOf(card.text);
  // The summary stands for the card where there is no room for it.
  const summary = title === undefined && said === undefined ? textOf(card.summary) : undefined;
  const nodes = [
    ...ifText(title, (each) => [paragraph([cardTitle(each)])]),
    ...ifText(said, (each) => [...cardTextOrHtml(each)]),
    ...listOf(card.sections).flatMap((section) => sectionOf(objectOf(section) ?? {})),
    ...actionRow(card.potentialAction),
  ];
  return [...ifText(summary, (each) => [paragraph([cardTitle(each)])]), ...nodes];
}

function sectionOf(section: JsonObject): RootContent[] {
  const texts = [section.activitySubtitle, section.activityText, section.text];
  return [
    ...[section.title, section.activityTitle].flatMap((title) =>
      ifText(textOf(title), (each) => [...cardTextOrHtml(each)]),
    ),
    ...texts.flatMap((each) => ifText(textOf(each), (value) => [...cardTextOrHtml(value)])),
    ...lines(listOf(section.facts).map((fact) => factLine(fact, cardLineOrHtml))),
    ...row(
      [section.heroImage, ...listOf(section.images)].flatMap((image) => imageLink(objectOf(image) ?? {})),
    ),
    ...actionRow(section.potentialAction),
  ];
}

/** The picture of an activity is a portrait or a logo and says nothing; these belong to what is told. */
function imageLink(image: JsonObject) {
  return ifText(textOf(image.image), (url) => [linkTo(named("Image", textOf(image.title) ?? ""), url)]);
}
