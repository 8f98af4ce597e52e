import type { RootContent } from "mdast";
import type { Attachment } from "../../attachment.ts";
import { type JsonObject, objectOf, textOf } from "../../graph-json.ts";
import { linkInTeams } from "../html/teams-elements.ts";
import { readAdaptiveCard } from "./adaptive-card.ts";
import { readBotCard } from "./bot-card.ts";
import type { CardReader } from "./card-mentions.ts";
import { boldLine, linkTo, paragraph, text } from "./card-nodes.ts";
import { readConnectorCard } from "./connector-card.ts";
import { readListCard } from "./list-card.ts";

export type Card = Extract<Attachment, { kind: "card" }>;

const readers: Readonly<Record<string, (content: JsonObject, reader: CardReader) => RootContent[]>> = {
  adaptive: readAdaptiveCard,
  hero: readBotCard,
  thumbnail: readBotCard,
  receipt: readBotCard,
  signin: readBotCard,
  oauth: readBotCard,
  animation: readBotCard,
  audio: readBotCard,
  video: readBotCard,
  announcement: readBotCard,
  list: readListCard,
  o365connector: readConnectorCard,
  fluid: readLoopComponent,
  fluidembedcard: readLoopComponent,
};

/**
 * A card as Markdown nodes, still untrusted: what can be read, read, and what can be opened as links. Empty when the kind
 * is not known or its content is not what its schema says; such a card is to be looked at in Teams.
 */
export function readCard(card: Card, reader: CardReader): RootContent[] {
  const content = objectOf(card.content);
  if (content === undefined) return [];
  const nodes = readers[card.card]?.(content, reader) ?? [];
  return nodes.length === 0 || card.name === undefined ? nodes : [boldLine(card.name), ...nodes];
}

/** Facts, section 5: only the address matters; the component lives in Loop. */
function readLoopComponent(content: JsonObject): RootContent[] {
  const url = textOf(content.componentUrl) ?? textOf(content.url) ?? textOf(content.contentUrl);
  const name = textOf(content.title) ?? textOf(content.name);
  const link = url === undefined ? linkInTeams(name ?? "Open") : linkTo(name ?? "Open", url);
  return [paragraph([text("Loop component: "), link])];
}
