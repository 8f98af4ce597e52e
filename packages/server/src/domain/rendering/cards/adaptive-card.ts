import type { PhrasingContent, RootContent, TableRow } from "mdast";
import { type JsonObject, listOf, objectOf, textOf } from "../../graph-json.ts";
import { linkInTeams, named } from "../html/teams-elements.ts";
import { actionRow, addressOf, meaningOf, pressLink } from "./card-actions.ts";
import { type CardReader, withMentions } from "./card-mentions.ts";
import { bold, boldLine, ifText, lines, linkTo, paragraph, row, text } from "./card-nodes.ts";
import { cardLine, cardText, withDates } from "./card-text.ts";
import { drawingLabel } from "./drawing-label.ts";
import { factLine } from "./fact.ts";
import { objectsIn, toggledParts } from "./toggled-parts.ts";

/** Elements within elements; people's designs end at about five. */
const maxDepth = 20;

/** Where in a card one reads, and what must be known of all of it. */
interface Reading {
  readonly depth: number;
  /** Hidden parts that an action shows. */
  readonly toggled: ReadonlySet<string>;
  /** What the buttons say, which presses on parts need not repeat. */
  readonly said: ReadonlySet<string>;
}

/** An adaptive card as its published schema describes it (adaptivecards.io, version 1.6). */
export function readAdaptiveCard(card: JsonObject, reader: CardReader): RootContent[] {
  return withMentions(partsOf(card), card, reader);
}

function partsOf(card: JsonObject): RootContent[] {
  const objects = objectsIn(card);
  const buttons = objects.flatMap(({ actions }) => listOf(actions));
  const said = new Set(buttons.flatMap((button) => meaningOf(objectOf(button) ?? {}) ?? []));
  const reading: Reading = { depth: 0, toggled: toggledParts(objects), said };
  const body = elements(card.body, reading);
  const nodes = [...pressed(body, card, reading), ...actionRow(card.actions)];
  if (nodes.some((node) => node !== unknownPart)) return nodes;
  return ifText(textOf(card.fallbackText) ?? textOf(card.speak), (value) => [...cardText(value)]);
}

function elements(list: unknown, reading: Reading): RootContent[] {
  if (reading.depth > maxDepth) return [];
  return listOf(list).flatMap((json) => {
    const element = objectOf(json);
    return element === undefined || isHidden(element, reading) ? [] : elementNodes(element, reading);
  });
}

function isHidden({ isVisible, id }: JsonObject, { toggled }: Reading): boolean {
  return isVisible === false && !toggled.has(textOf(id) ?? "");
}

function within(list: unknown, reading: Reading): RootContent[] {
  return elements(list, { ...reading, depth: reading.depth + 1 });
}

/** What an element holds, and where a press on it leads: behind a single line, or below. */
function pressed(nodes: RootContent[], { selectAction }: JsonObject, { said }: Reading): RootContent[] {
  const link = pressLink(selectAction, said);
  const [first] = nodes;
  if (link.length === 0 || nodes.length !== 1 || first?.type !== "paragraph") return [...nodes, ...row(link)];
  return [paragraph([...first.children, text(" · "), ...link])];
}

function elementNodes(element: JsonObject, reading: Reading): RootContent[] {
  switch (textOf(element.type)) {
    case "TextBlock":
      return textBlock(element);
    case "RichTextBlock":
      return [paragraph(listOf(element.inlines).flatMap(textRun))];
    case "FactSet":
      return lines(listOf(element.facts).map((fact) => factLine(fact, cardLine)));
    case "Container":
    case "Column":
    case "TableCell":
    case "CarouselPage":
      return pressed(within(element.items, reading), element, reading);
    case "ColumnSet":
      return pressed(columnSet(element, reading), element, reading);
    case "Carousel":
      return within(element.pages, reading);
    case "Table":
      return table(element, reading);
    case "Image":
      return row(imageLink(element));
    case "ImageSet":
      return row(listOf(element.images).flatMap((image) => imageLink(objectOf(image) ?? {})));
    case "Media":
      return row(
        listOf(element.sources).flatMap((source) =>
          ifText(textOf(objectOf(source)?.url), (url) => [
            linkTo(named("Media", textOf(element.altText) ?? ""), url),
          ]),
        ),
      );
    case "ActionSet":
      return actionRow(element.actions);
    case "CodeBlock":
      return ifText(textOf(element.codeSnippet), (value) => [
        { type: "code", lang: textOf(element.language) ?? null, value },
      ]);
    default:
      return otherElement(element, reading);
  }
}

function textBlock(element: JsonObject): RootContent[] {
  const value = textOf(element.text);
  if (value === undefined) return [];
  const isHeading = textOf(element.style)?.toLowerCase() === "heading";
  const isBold = isHeading || isWeighty(element);
  return isBold ? [paragraph([{ type: "strong", children: cardLine(value) }])] : [...cardText(value)];
}

function isWeighty({ weight, size }: JsonObject): boolean {
  return textOf(weight)?.toLowerCase() === "bolder" || /^(?:extra)?large$/i.test(textOf(size) ?? "");
}

/** A run is plain text: only its own properties give it a form. */
function textRun(json: unknown): PhrasingContent[] {
  const run = objectOf(json) ?? { text: json };
  const value = withDates(textOf(run.text) ?? "");
  if (value === "") return [];
  const url = addressOf(objectOf(run.selectAction) ?? {});
  if (url !== undefined) return [linkTo(value, url)];
  if (textOf(run.fontType)?.toLowerCase() === "monospace") return [{ type: "inlineCode", value }];
  let node: PhrasingContent = isWeighty(run) ? bold(value) : text(value);
  if (run.italic === true) node = { type: "emphasis", children: [node] };
  return run.strikethrough === true ? [{ type: "delete", children: [node] }] : [node];
}

/** Columns stand side by side; where each is one line, they become one. */
function columnSet(element: JsonObject, reading: Reading): RootContent[] {
  const columns = listOf(element.columns)
    .map((column) => within([{ type: "Column", ...objectOf(column) }], reading))
    .filter((column) => column.length > 0);
  const first = columns.map(([node]) => node);
  const isOneLine = columns.every((column) => column.length === 1 && column[0]?.type === "paragraph");
  if (!isOneLine) return columns.flat();
  return [
    paragraph(
      first.flatMap((node, index) =>
        node?.type === "paragraph" ? [...(index === 0 ? [] : [text(" · ")]), ...node.children] : [],
      ),
    ),
  ].filter(({ children }) => children.length > 0);
}

function table(element: JsonObject, reading: Reading): RootContent[] {
  const rows = listOf(element.rows).map((json): TableRow => {
    const cells = listOf(objectOf(json)?.cells).map((cell) =>
      within([{ type: "TableCell", ...objectOf(cell) }], reading),
    );
    return {
      type: "tableRow",
      // Blocks for now; they become lines when the table is laid out.
      children: cells.map((children) => ({ type: "tableCell", children: children as PhrasingContent[] })),
    };
  });
  return rows.length === 0 ? [] : [{ type: "table", children: rows }];
}

function imageLink(image: JsonObject): PhrasingContent[] {
  const label = named("Image", textOf(image.altText) ?? "");
  const url = addressOf(objectOf(image.selectAction) ?? {}) ?? textOf(image.url);
  // Small images come within the card; they are to be looked at in Teams.
  return ifText(url, (each) => [/^https?:/i.test(each) ? linkTo(label, each) : linkInTeams(label)]);
}

/** Fields to fill in are named; kinds of later date show what they hold, or what their author gave in their place. */
function otherElement(element: JsonObject, reading: Reading): RootContent[] {
  const type = textOf(element.type);
  if (type === undefined || hasNothingToSay.test(type)) return [];
  if (/^Input\./.test(type)) {
    const label = textOf(element.label) ?? textOf(element.title) ?? textOf(element.placeholder);
    return [paragraph([linkInTeams(`${label ?? "Field"} (answer in Teams)`)])];
  }
  if (element.fallback !== undefined && element.fallback !== "drop")
    return within([element.fallback], reading);
  const drawing = drawingLabel(element);
  if (drawing !== undefined) return [paragraph([linkInTeams(drawing)])];
  const title = textOf(element.title);
  const said = textOf(element.text) ?? textOf(element.altText);
  const nodes = [
    ...ifText(title, (each) => [boldLine(each)]),
    ...ifText(said, (each) => [...cardText(each)]),
    ...within(element.items, reading),
  ];
  const shown = nodes.length > 0 ? nodes : [unknownPart];
  return pressed(shown, element, reading);
}

const unknownPart = paragraph([linkInTeams("Part of the card")]);

/** Ornaments of Teams' own. */
const hasNothingToSay = /^(?:Icon|ProgressRing)$/;
