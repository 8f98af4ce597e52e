import type { Link, Paragraph, PhrasingContent, RootContent, Text } from "mdast";

/** Untrusted nodes that cards are made of; the tree they become is made safe as a whole. */
export function text(value: string): Text {
  return { type: "text", value };
}

export function paragraph(children: readonly PhrasingContent[]): Paragraph {
  return { type: "paragraph", children: [...children] };
}

export function bold(value: string): PhrasingContent {
  return { type: "strong", children: [text(value)] };
}

export function boldLine(value: string): Paragraph {
  return paragraph([bold(value)]);
}

export function linkTo(label: string, url: string): Link {
  return { type: "link", url, children: [text(label)] };
}

/** An optional text as nodes. */
export function ifText<Node>(value: string | undefined, nodes: (value: string) => Node[]): Node[] {
  return value === undefined ? [] : nodes(value);
}

/** Lines of one paragraph. */
export function lines(each: readonly (readonly PhrasingContent[])[]): RootContent[] {
  if (each.length === 0) return [];
  return [paragraph(each.flatMap((line, index) => (index === 0 ? line : [{ type: "break" }, ...line])))];
}

/** Things of one line. */
export function row(each: readonly PhrasingContent[]): RootContent[] {
  if (each.length === 0) return [];
  return [paragraph(each.flatMap((node, index) => (index === 0 ? [node] : [text(" · "), node])))];
}
