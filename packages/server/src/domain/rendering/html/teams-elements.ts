import type { Element, Nodes as HastNodes, Parents } from "hast";
import type { Code, Link, Literal, Text } from "mdast";
import type { Options } from "rehype-remark";
import { attribute } from "./attribute.ts";
import { codeText } from "./code-text.ts";
import { labelOrNameOf } from "./label.ts";

type Handlers = NonNullable<NonNullable<Options>["handlers"]>;
type Handle = Handlers[string];

/** The place of an attachment within a body; `value` is its id. */
export interface AttachmentPlace extends Literal {
  readonly type: "attachmentPlace";
}

declare module "mdast" {
  interface RootContentMap {
    attachmentPlace: AttachmentPlace;
  }
}

/** Where an image that only Teams shows is to be looked at; {@link safeTree} puts the message's own address in its place. */
export const inTeams = "https://in-teams.invalid/";

/** What Teams writes in message bodies beyond ordinary HTML (facts, section 5). */
export const teamsElements: Handlers = {
  attachment: (_state, node: Element): AttachmentPlace => ({
    type: "attachmentPlace",
    value: attribute(node, "id"),
  }),
  img: (_state, node: Element): Text | Link => imageOf(node),
  pre: (_state, node: Element): Code => codeOf(node),
  video: media("Video"),
  audio: media("Audio"),
  iframe: media("Embedded page"),
  input: () => undefined,
};

/**
 * Leaves the places of attachments empty, each once: the parser takes what follows an unclosed `<attachment id="…"/>` for
 * its content, and a thousand places would make a thousand copies.
 */
export function freeAttachments(parent: Parents, seen = new Set<string>()): void {
  for (let index = 0; index < parent.children.length; index += 1) {
    const child = parent.children[index];
    if (child?.type !== "element") continue;
    if (child.tagName !== "attachment") {
      freeAttachments(child, seen);
      continue;
    }
    const id = attribute(child, "id");
    const content = child.children;
    child.children = [];
    if (!seen.has(id)) parent.children.splice(index + 1, 0, ...content);
    else {
      parent.children.splice(index, 1, ...content);
      index -= 1;
    }
    seen.add(id);
  }
}

/** A link to the message in Teams, for what cannot be shown here. */
export function linkInTeams(label: string): Link {
  return { type: "link", url: inTeams, children: [{ type: "text", value: label }] };
}

/** The same in a tree of HTML. */
export function linkElement(label: string): Element {
  return {
    type: "element",
    tagName: "a",
    properties: { href: inTeams },
    children: [{ type: "text", value: label }],
  };
}

/** `Image: cat`, or the kind alone when there is no name. */
export function named(kind: string, name: string): string {
  return name.trim() === "" ? kind : `${kind}: ${name.trim()}`;
}

function media(kind: string): Handle {
  return (_state, node: Element): Link => linkInTeams(named(kind, labelOrNameOf(node)));
}

/** What an image is, by the schema name Teams gives it, or by where it comes from. */
const imageKinds: readonly (readonly [RegExp, string])[] = [
  [/emoji/i, "Emoji"],
  [/sticker/i, "Sticker"],
  [/giphy|tenor|\.gif\b/i, "GIF"],
];

function imageOf(node: Element): Text | Link {
  const alt = attribute(node, "alt").trim();
  const origin = `${attribute(node, "itemType")} ${attribute(node, "src")}`;
  const kind = imageKinds.find(([pattern]) => pattern.test(origin))?.[1] ?? "Image";
  if (kind === "Emoji" && isEmoji(alt)) return { type: "text", value: alt };
  return linkInTeams(named(kind, labelOrNameOf(node)));
}

/** Characters, as for the emoji everybody has, and not the name of one that somebody drew. */
export function isEmoji(text: string): boolean {
  return text !== "" && !/[\p{L}\p{N}]/u.test(text.replace(/[#*0-9]\ufe0f?\u20e3/g, ""));
}

function codeOf(node: Element): Code {
  const inner = node.children.find((child): child is Element => child.type === "element");
  const [language = ""] = [node, ...(inner?.tagName === "code" ? [inner] : [])].flatMap(classes);
  return { type: "code", lang: language.replace(/^lang(?:uage)?-/i, "") || null, value: codeText(node) };
}

function classes(node: HastNodes): readonly string[] {
  const className = node.type === "element" ? node.properties.className : undefined;
  return Array.isArray(className) ? className.map(String) : [];
}
