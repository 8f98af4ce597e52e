import type { PhrasingContent } from "mdast";
import { objectOf, textOf } from "../../graph-json.ts";
import { ifText, text } from "./card-nodes.ts";

/** `key` in receipts, `title` in adaptive cards, `name` in connector cards; what its texts are is for each kind to say. */
export function factLine(json: unknown, read: (value: string) => PhrasingContent[]): PhrasingContent[] {
  const fact = objectOf(json) ?? {};
  const name = textOf(fact.title) ?? textOf(fact.key) ?? textOf(fact.name);
  return [
    ...ifText<PhrasingContent>(name, (each) => [{ type: "strong", children: read(each) }, text(" ")]),
    ...ifText(scalar(fact.value), read),
  ];
}

/** Numbers and such, where schemas ask for a text. */
export function scalar(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : textOf(value);
}
