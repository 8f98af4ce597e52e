import type { Element, ElementContent, Parents } from "hast";
import type { Mention } from "../../chat-message.ts";
import { attribute } from "./attribute.ts";

/** Whom the elements of a body stand for, and who reads them. */
export interface MentionedPeople {
  readonly mentions: readonly Mention[];
  /** Entra object id, lower case. */
  readonly readerId: string;
}

/**
 * Turns mentions, `<at id>` or the composer's `<span itemtype="…/Mention" itemid>`, into names: bold where the reader is
 * meant, alone or with everyone. Graph sends the parts of one name as neighbours, mostly with a no-break space between.
 */
export function replaceMentions(parent: Parents, people: MentionedPeople): void {
  let before: Mention | undefined;
  for (let index = 0; index < parent.children.length; index += 1) {
    const child = parent.children[index];
    if (child?.type !== "element") {
      before = undefined;
      continue;
    }
    replaceMentions(child, people);
    const id = mentionId(child);
    const mention = people.mentions.find((each) => each.id === id);
    if (id !== undefined) parent.children[index] = nameOf(child, mention, people.readerId);
    if (mention !== undefined && before !== undefined && isSamePerson(mention, before)) {
      parent.children.splice(index, 0, { type: "text", value: " " });
      index += 1;
    }
    before = mention;
  }
}

/** Whether the reader is called by it. */
export function callsReader({ target }: Mention, readerId: string): boolean {
  return target.kind === "everyone" || (target.kind === "user" && target.teamsUserId === readerId);
}

function mentionId(element: Element): string | undefined {
  if (element.tagName === "at") return attribute(element, "id");
  return /\/mention$/i.test(attribute(element, "itemType")) ? attribute(element, "itemId") : undefined;
}

function nameOf(element: Element, mention: Mention | undefined, readerId: string): Element {
  const isCalled = mention !== undefined && callsReader(mention, readerId);
  const name = mention?.text ?? "";
  const children = name === "" || hasText(element) ? element.children : [textOf(name)];
  return { type: "element", tagName: isCalled ? "strong" : "span", properties: {}, children };
}

function textOf(value: string): ElementContent {
  return { type: "text", value };
}

function hasText(node: ElementContent): boolean {
  if (node.type === "text") return node.value.trim() !== "";
  return "children" in node && node.children.some(hasText);
}

function isSamePerson({ target }: Mention, other: Mention): boolean {
  return (
    target.kind === "user" && other.target.kind === "user" && target.teamsUserId === other.target.teamsUserId
  );
}
