import { badRequest } from "../graph-error.ts";
import type { Query } from "./query.ts";

/** One page of a collection as Graph answers it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextLink: string | null;
}

interface PageOptions<Item> {
  readonly top: number;
  readonly keyOf: (item: Item) => string;
  readonly url: string;
}

/**
 * Cuts the page that `$skiptoken` asks for. The token names the last item seen (by `keyOf`), not an offset, so
 * that items arriving between two requests neither repeat nor hide others. `all` must be in a stable order.
 */
export function pageOf<Item>(all: readonly Item[], query: Query, options: PageOptions<Item>): Page<Item> {
  const lastSeen = lastSeenOf(query);
  const start = lastSeen === undefined ? 0 : all.findIndex((item) => options.keyOf(item) === lastSeen) + 1;
  if (start === 0 && lastSeen !== undefined) throw badRequest("The $skiptoken is not valid any more.");
  return cut(all, start, query, options);
}

/** As {@link pageOf}, by order of the keys: what was the last item may be gone when the next page is asked for. */
export function pageInOrder<Item>(
  all: readonly Item[],
  query: Query,
  options: PageOptions<Item>,
): Page<Item> {
  const { keyOf } = options;
  const ordered = all.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const lastSeen = lastSeenOf(query);
  const next = lastSeen === undefined ? 0 : ordered.findIndex((item) => keyOf(item) > lastSeen);
  return cut(ordered, next < 0 ? ordered.length : next, query, options);
}

function lastSeenOf(query: Query): string | undefined {
  const skipToken = query.get("$skiptoken");
  return skipToken === undefined ? undefined : Buffer.from(skipToken, "base64url").toString("utf8");
}

function cut<Item>(
  all: readonly Item[],
  start: number,
  query: Query,
  options: PageOptions<Item>,
): Page<Item> {
  const items = all.slice(start, start + options.top);
  const last = items.at(-1);
  if (last === undefined || start + items.length >= all.length) return { items, nextLink: null };
  const next = new URLSearchParams(query.parameters);
  next.set("$skiptoken", Buffer.from(options.keyOf(last), "utf8").toString("base64url"));
  return { items, nextLink: `${options.url}?${next.toString()}` };
}

/** The collection body with its context and, when there is more, its next link. */
export function collection(
  context: string,
  items: readonly unknown[],
  nextLink: string | null = null,
): unknown {
  return {
    "@odata.context": context,
    "@odata.count": items.length,
    ...(nextLink === null ? {} : { "@odata.nextLink": nextLink }),
    value: items,
  };
}
