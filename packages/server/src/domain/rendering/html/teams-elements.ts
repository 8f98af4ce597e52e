import type { Element } from "hast";
import type { Code, Link, Nodes, Text } from "mdast";
import type { Options } from "rehype-remark";
import { attribute } from "./attribute.ts";
import { codeText } from "./code-text.ts";

type Handlers = NonNullable<NonNullable<Options>["handlers"]>;
type Handle = Handlers[string];

/** Where an image that only Teams shows is to be looked at; {@link safeTree} puts the message's own address in its place. */
export const inTeams = "https://in-teams.invalid/";

/** What Teams writes in message bodies beyond ordinary HTML (facts, section 5). */
export const teamsElements: Handlers = {
  at: (state, node: Element) => state.all(node) as Nodes[],
  attachment: () => undefined,
  systemeventmessage: () => undefined,
  img: (_state, node: Element): Text | Link => imageOf(node),
  codeblock: (_state, node: Element): Code => codeOf(node),
  pre: (_state, node: Element): Code => codeOf(node),
  // Markdown has no underline, and a heading of the sender's must not look like one of the bot's.
  u: inlineChildren(),
  ins: inlineChildren(),
  video: media("Video"),
  audio: media("Audio"),
  iframe: media("Embedded page"),
  input: () => undefined,
};

function inlineChildren(): Handle {
  return (state, node: Element) => state.all(node) as Nodes[];
}

function media(what: string): Handle {
  return (_state, node: Element): Link => linkInTeams(named(what, attribute(node, "title")));
}

function imageOf(node: Element): Text | Link {
  const alt = attribute(node, "alt");
  const isEmoji = /emoji/i.test(attribute(node, "itemType") || attribute(node, "itemtype"));
  if (isEmoji && alt !== "") return { type: "text", value: alt };
  return linkInTeams(named("Image", alt === "image" ? "" : alt));
}

function named(what: string, name: string): string {
  return name.trim() === "" ? what : `${what}: ${name.trim()}`;
}

function linkInTeams(label: string): Link {
  return { type: "link", url: inTeams, children: [{ type: "text", value: label }] };
}

function codeOf(node: Element): Code {
  const [language] = classes(node);
  return { type: "code", lang: language ?? null, value: codeText(node) };
}

function classes(node: Element): readonly string[] {
  const { className } = node.properties;
  return Array.isArray(className) ? className.map(String) : [];
}
