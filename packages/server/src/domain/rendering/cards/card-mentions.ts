import type { RootContent, Text } from "mdast";
import { type JsonObject, listOf, objectOf, textOf } from "../../graph-json.ts";
import { bold, text } from "./card-nodes.ts";

/** Who reads a card; its author names people by either. */
export interface CardReader {
  /** Entra object id. */
  readonly teamsUserId: string;
  /** User principal name. */
  readonly teamsAccount: string;
}

interface CardMention {
  /** What stands for it in the texts: `<at>Ann Lee</at>`. */
  readonly text: string;
  readonly name: string;
  readonly isReader: boolean;
}

/** Whether a card mentions its reader by name. */
export function cardMentionsReader(content: unknown, reader: CardReader): boolean {
  return mentionsOf(objectOf(content) ?? {}, reader).some(({ isReader }) => isReader);
}

/** The nodes of an adaptive card with names in the places of its mentions, the reader's own in bold, as in a message. */
export function withMentions(nodes: RootContent[], card: JsonObject, reader: CardReader): RootContent[] {
  const mentions = new Map(mentionsOf(card, reader).map((mention) => [mention.text, mention]));
  return mentions.size === 0 ? nodes : named(nodes, mentions);
}

function mentionsOf(card: JsonObject, reader: CardReader): CardMention[] {
  return listOf(objectOf(card.msteams)?.entities).flatMap((json): CardMention[] => {
    const entity = objectOf(json) ?? {};
    const said = textOf(entity.text);
    if (textOf(entity.type)?.toLowerCase() !== "mention" || said === undefined) return [];
    const mentioned = objectOf(entity.mentioned) ?? {};
    const inner = said.replace(/<\/?at>/gi, "").trim();
    const isReader = isIdOf(textOf(mentioned.id) ?? "", reader);
    return [{ text: said, name: inner || (textOf(mentioned.name) ?? ""), isReader }];
  });
}

/** Bots may also write the id of a person's Teams account, which ends with their Entra object id. */
function isIdOf(id: string, { teamsUserId, teamsAccount }: CardReader): boolean {
  const known = [teamsUserId, `8:orgid:${teamsUserId}`, teamsAccount].map((each) => each.toLowerCase());
  return known.includes(id.toLowerCase());
}

type Mentions = ReadonlyMap<string, CardMention>;

function named(nodes: readonly RootContent[], mentions: Mentions): RootContent[] {
  return joinedTexts(nodes).flatMap((node): RootContent[] => {
    if (node.type === "text") return namedText(node.value, mentions);
    // A node of the same kind with the same kinds of children: texts became texts and bold ones.
    return "children" in node
      ? [{ ...node, children: named(node.children, mentions) } as RootContent]
      : [node];
  });
}

function namedText(value: string, mentions: Mentions): RootContent[] {
  return value.split(/(<at>[^<>]*<\/at>)/i).map((part) => {
    const mention = mentions.get(part);
    if (mention === undefined) return text(part);
    return mention.isReader ? bold(mention.name) : text(mention.name);
  });
}

/** Markdown takes a tag apart from what it encloses. */
function joinedTexts(nodes: readonly RootContent[]): RootContent[] {
  const joined: RootContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === "text" && last?.type === "text")
      joined[joined.length - 1] = { type: "text", value: last.value + node.value } satisfies Text;
    else joined.push(node);
  }
  return joined;
}
