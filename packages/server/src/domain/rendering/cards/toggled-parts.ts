import { type JsonObject, listOf, objectOf, textOf } from "../../graph-json.ts";

/**
 * Every object of a card but those of the cards that its buttons open. Not by recursion: cards may be nested deeper than
 * calls can be.
 */
export function objectsIn(card: JsonObject): JsonObject[] {
  const found: JsonObject[] = [];
  const waiting: unknown[] = [card];
  while (waiting.length > 0) {
    const value = waiting.pop();
    const object = objectOf(value);
    if (object !== undefined) found.push(object);
    const { card: _, ...parts } = object ?? {};
    for (const part of object === undefined ? listOf(value) : Object.values(parts)) waiting.push(part);
  }
  return found;
}

/** The ids of the parts that some action of the card shows, however it begins. */
export function toggledParts(objects: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(
    objects
      .filter(({ type }) => /^Action\.ToggleVisibility$/i.test(textOf(type) ?? ""))
      .flatMap(({ targetElements }) => listOf(targetElements))
      .flatMap((target) => {
        const { elementId, isVisible } = objectOf(target) ?? { elementId: target };
        return isVisible === false ? [] : (textOf(elementId) ?? []);
      }),
  );
}
