import { badRequest, notImplemented } from "../graph-error.ts";

/** The OData options of one request: reading one that the route does not list is refused, so that none is ignored by accident. */
export class Query {
  readonly #parameters: URLSearchParams;

  constructor(parameters: URLSearchParams, allowed: readonly string[]) {
    this.#parameters = parameters;
    for (const name of parameters.keys()) {
      if (name.startsWith("$") && !allowed.includes(name))
        throw notImplemented(`the query option ${name} on this route`);
    }
  }

  get(name: string): string | undefined {
    return this.#parameters.get(name) ?? undefined;
  }

  /** `$top`, between 1 and `maximum`. */
  top(fallback: number, maximum: number): number {
    const given = this.get("$top");
    if (given === undefined) return fallback;
    const top = Number(given);
    if (!Number.isInteger(top) || top < 1 || top > maximum) {
      throw badRequest(`The $top query option must be between 1 and ${maximum}.`);
    }
    return top;
  }

  /** `$select` as a list of names, undefined when everything is asked for. */
  select(): readonly string[] | undefined {
    return this.get("$select")
      ?.split(",")
      .map((name) => name.trim())
      .filter((name) => name.length > 0);
  }

  get parameters(): URLSearchParams {
    return this.#parameters;
  }
}

/** The chosen properties of a resource; annotations and the id stay, as Graph keeps them. */
export function selected(
  resource: Readonly<Record<string, unknown>>,
  names: readonly string[] | undefined,
): unknown {
  if (names === undefined) return resource;
  const wanted = new Set([...names.map((name) => name.toLowerCase()), "id"]);
  return Object.fromEntries(
    Object.entries(resource).filter(([key]) => key.startsWith("@") || wanted.has(key.toLowerCase())),
  );
}
