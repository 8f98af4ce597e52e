import { type JsonObject, textOf } from "../../graph-json.ts";
import { named } from "../html/teams-elements.ts";
import { scalar } from "./fact.ts";

/** What Teams draws from numbers, by its name and what it says: `Chart: Tides`, `Progress: 30 of 100`. */
export function drawingLabel(element: JsonObject): string | undefined {
  const type = textOf(element.type) ?? "";
  if (/^Chart\./.test(type)) return named("Chart", textOf(element.title) ?? "");
  if (type === "ProgressBar") return named("Progress", share(element, 100));
  return type === "Rating" ? named("Rating", share(element, 5)) : undefined;
}

/** `most` is what the schema says when the card does not. */
function share({ value, max }: JsonObject, most: number): string {
  const said = scalar(value);
  return said === undefined ? "" : `${said} of ${scalar(max) ?? most}`;
}
